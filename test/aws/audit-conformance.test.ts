import { ManagedRuleIdentifiers } from 'aws-cdk-lib/aws-config';
import { Audit } from '../../lib/aws/audit';
import { longestTemplate, packs, packTemplate } from '../../lib/aws/audit-conformance';
import { soc2 } from '../../lib/aws/conformance-soc-2';
import { testFaults, testVariations } from '../support/faults';
import { problemsOf, production } from '../support/platform';
import { techflowWith } from '../support/techflow';
import { auditWorld } from '../support/audit';
import { findings, templateOf } from '../support/aws';

const identifiers = Object.values(packs).flatMap((pack) =>
  Object.values(pack)
    .flat()
    .map(({ identifier }) => identifier),
);

interface Rule {
  readonly Type: string;
  readonly Properties: {
    readonly ConfigRuleName: string;
    readonly InputParameters?: object;
    readonly Source: object;
  };
}

const rules = Object.values(
  (JSON.parse(packTemplate('soc-2', soc2)) as { readonly Resources: Readonly<Record<string, Rule>> }).Resources,
);

test('asks for rules that Amazon has, each once', () => {
  const known = new Set<string>(Object.values(ManagedRuleIdentifiers) as string[]);
  expect(identifiers.filter((identifier) => !known.has(identifier))).toEqual([]);
  expect(new Set(identifiers).size).toBe(identifiers.length);
});

test('has a rule for each criterion in which infrastructure has part', () => {
  expect(rules).toHaveLength(identifiers.length);
  expect(Object.entries(soc2).filter(([, each]) => each.length === 0)).toEqual([]);
  expect(rules.every(({ Type }) => Type === 'AWS::Config::ConfigRule')).toBe(true);
});

test('names each rule after the pack and its criterion, within what AWS Config takes', () => {
  const names = rules.map(({ Properties }) => Properties.ConfigRuleName);
  expect(names).toContain('soc-2-cc7-2-multi-region-cloud-trail-enabled');
  // The pack adds 25 characters to a name, of which AWS Config takes 128.
  expect(names.filter((name) => name.length > 100)).toEqual([]);
  expect(packTemplate('soc-2', soc2).length).toBeLessThan(longestTemplate);
});

test('asks about keys that are older than 90 days', () => {
  expect(rules).toContainEqual({
    Type: 'AWS::Config::ConfigRule',
    Properties: {
      ConfigRuleName: 'soc-2-cc6-1-access-keys-rotated',
      InputParameters: { maxAccessKeyAge: '90' },
      Source: { Owner: 'AWS', SourceIdentifier: 'ACCESS_KEYS_ROTATED' },
    },
  });
});

describe('a stage that keeps SOC 2', () => {
  const made = (spec: object) => {
    const { props, stack } = auditWorld(spec);
    const audit = new Audit(stack, 'Audit', props);
    return { audit, template: templateOf(stack) };
  };
  const { audit, template } = made({ conformance: ['soc-2'] });

  test('is judged by the pack once there is a history', () => {
    template.hasResource('AWS::Config::ConformancePack', {
      DeletionPolicy: 'RetainExceptOnCreate',
      Properties: { ConformancePackName: 'shop-production-soc-2', TemplateBody: packTemplate('soc-2', soc2) },
    });
    const [pack] = Object.values(template.findResources('AWS::Config::ConformancePack'));
    expect((pack as { DependsOn: string[] }).DependsOn.some((each) => each.includes('ConfigRecorder'))).toBe(true);
  });

  test('tells somebody when something no longer conforms', () => {
    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        source: ['aws.config'],
        'detail-type': ['Config Rules Compliance Change'],
        detail: {
          configRuleName: [{ prefix: 'soc-2-' }],
          newEvaluationResult: { complianceType: ['NON_COMPLIANT'] },
        },
      },
    });
    expect(findings(audit)).toEqual([]);
  });

  test('does so by the history of the organisation, too', () => {
    made({ conformance: ['soc-2'], config: 'organization' }).template.resourceCountIs(
      'AWS::Config::ConformancePack',
      1,
    );
  });

  test('has no pack of what Security Hub judges by', () => {
    const { audit: cards, template: hub } = made({ conformance: ['pci-dss'] });
    hub.resourceCountIs('AWS::Config::ConformancePack', 0);
    expect(cards.conformance).toBeUndefined();
    hub.hasResourceProperties('AWS::SecurityHub::Standard', {
      StandardsArn: 'arn:aws:securityhub:ap-southeast-1::standards/pci-dss/v/4.0.1',
    });
  });

  test('is the one that says so', () => {
    const { audit: other, template: bare } = made({});
    bare.resourceCountIs('AWS::Config::ConformancePack', 0);
    expect(other.conformance).toBeUndefined();
  });
});

describe('conformance', () => {
  testFaults([
    {
      when: 'a pack is named twice',
      patch: production({ audit: { conformance: ['soc-2', 'soc-2'] } }),
      answers: [
        {
          path: 'stages.production.audit.conformance',
          got: 'soc-2',
          allowed: 'each pack stands once',
          remedy: 'remove the repetition',
        },
      ],
    },
    {
      when: 'a pack is unknown',
      patch: production({ audit: { conformance: ['soc-3'] } }),
      answers: [{ path: 'stages.production.audit.conformance.0', got: 'soc-3', allowed: 'soc-2', remedy: 'choose' }],
    },
  ]);
  testVariations([
    { accepts: 'SOC 2', patch: production({ audit: { conformance: ['soc-2'] } }) },
    { accepts: 'PCI DSS on both clouds', patch: production({ audit: { conformance: ['pci-dss', 'soc-2'] } }) },
  ]);

  test('by PCI DSS is taken on Azure alone', () => {
    expect(problemsOf(techflowWith(production({ audit: { conformance: ['pci-dss'] } })))).toEqual([]);
  });

  test('by PCI DSS fails when the organisation keeps the log by which Azure tells', () => {
    expect(
      problemsOf(techflowWith(production({ audit: { conformance: ['pci-dss'], trail: 'organization' } }))),
    ).toEqual([
      expect.objectContaining({
        path: 'stages.production.audit.trail',
        got: 'organization',
        allowed: expect.stringContaining("'own'"),
      }),
    ]);
  });

  test('by SOC 2 is refused without a site on AWS, by its name', () => {
    expect(problemsOf(techflowWith(production({ audit: { conformance: ['soc-2', 'pci-dss'] } })))).toContainEqual(
      expect.objectContaining({
        path: 'stages.production.audit.conformance',
        got: 'soc-2',
        allowed: expect.stringContaining('pci-dss'),
        remedy: expect.stringContaining('Azure Policy'),
      }),
    );
  });
});
