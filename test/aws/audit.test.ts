import { Audit } from '../../lib/aws/audit';
import { findings, staleAcknowledgements, templateOf } from '../support/aws';
import { auditWorld } from '../support/audit';

interface Resource {
  readonly Type: string;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

function made(spec: object = {}) {
  const { props, stack } = auditWorld(spec);
  const audit = new Audit(stack, 'Audit', props);
  const template = templateOf(stack);
  const resources = Object.entries(template.toJSON().Resources as Record<string, Resource>);
  return { audit, template, own: resources.filter(([id]) => id.startsWith('Audit')).map(([, resource]) => resource) };
}

/** The types that each service brings, and that go when the organisation runs it. */
const typesOf = {
  trail: ['AWS::CloudTrail::Trail', 'AWS::Logs::MetricFilter', 'AWS::KMS::Key', 'AWS::CloudWatch::Alarm'],
  config: ['AWS::Config::ConfigurationRecorder', 'AWS::Config::DeliveryChannel', 'AWS::SecurityHub::SecurityControl'],
  threatDetection: ['AWS::GuardDuty::Detector'],
  findings: ['AWS::SecurityHub::Hub', 'AWS::SecurityHub::Standard', 'AWS::SecurityHub::SecurityControl'],
  accessAnalyzer: ['AWS::AccessAnalyzer::Analyzer'],
  vulnerabilityScanning: ['AWS::ECR::RegistryScanningConfiguration'],
} as const;
const everyType = [...new Set(Object.values(typesOf).flat())];
const services = Object.keys(typesOf) as (keyof typeof typesOf)[];

describe('Audit', () => {
  const { audit, own, template } = made();

  test('runs every service in the account', () => {
    const types = new Set(own.map(({ Type }) => Type));
    expect(everyType.filter((type) => !types.has(type))).toEqual([]);
  });

  test.each(services)('leaves %s to the organisation, and keeps the others', (service) => {
    const types = new Set(made({ [service]: 'organization' }).own.map(({ Type }) => Type));
    expect(everyType.filter((type) => !types.has(type)).sort()).toEqual([...typesOf[service]].sort());
  });

  test('makes nothing but the notices where the organisation runs everything', () => {
    const { audit: left, own: resources } = made(
      Object.fromEntries(services.map((service) => [service, 'organization'])),
    );
    expect(resources.map(({ Type }) => Type)).toEqual(['AWS::Events::Rule', 'AWS::Events::Rule']);
    expect(left.trail).toBeUndefined();
    expect(left.notices).toBeDefined();
  });

  test('outlives its stack: whatever records, detects or holds evidence stays, and goes on', () => {
    const lasting =
      /^AWS::(S3::|KMS::Key$|Logs::LogGroup|CloudTrail|Config|GuardDuty|SecurityHub::(Hub|Standard)|AccessAnalyzer)/;
    const watching = own.filter(({ Type }) => lasting.test(Type));
    expect(watching.length).toBeGreaterThanOrEqual(15);
    for (const resource of watching) {
      expect([resource.Type, resource.DeletionPolicy]).toEqual([
        resource.Type,
        expect.stringMatching(/^Retain(ExceptOnCreate)?$/),
      ]);
      expect(resource.UpdateReplacePolicy).toBe('Retain');
    }
  });

  test('scans every image again and again', () => {
    template.hasResourceProperties('AWS::ECR::RegistryScanningConfiguration', {
      ScanType: 'ENHANCED',
      Rules: [{ ScanFrequency: 'CONTINUOUS_SCAN', RepositoryFilters: [{ Filter: '*', FilterType: 'WILDCARD' }] }],
    });
  });

  test('archives logs of databases only where the stage wants it, and so that nobody can shorten it where that is protected', () => {
    expect(audit.databaseLogs).toBeUndefined();
    template.resourceCountIs('AWS::KinesisFirehose::DeliveryStream', 0);
    const { audit: keeping, template: kept } = made({ databaseLogs: { archiveDays: 400 } });
    expect(keeping.databaseLogs).toBeDefined();
    kept.hasResourceProperties('AWS::S3::Bucket', {
      ObjectLockEnabled: true,
      ObjectLockConfiguration: { Rule: { DefaultRetention: { Days: 400, Mode: 'COMPLIANCE' } } },
    });
    kept.resourceCountIs('AWS::KinesisFirehose::DeliveryStream', 1);
  });

  test('says how sensitive its records are', () => {
    template.hasResourceProperties('AWS::CloudTrail::Trail', { Tags: [{ Key: 'data-class', Value: 'restricted' }] });
  });

  test('needs no custom resource', () => {
    expect(own.filter(({ Type }) => Type.startsWith('Custom::') || Type === 'AWS::Lambda::Function')).toEqual([]);
  });

  test('has no finding that nobody answered, and no answer to none', () => {
    expect(findings(audit)).toEqual([]);
    expect(staleAcknowledgements(audit)).toEqual([]);
  });
});
