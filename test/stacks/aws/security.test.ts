import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import allocations from '../../../allocations/retailflow.json';
import { siteOn } from '../../../lib/platform/platform';
import { resolve } from '../../../lib/platform/resolve';
import retailflow from '../../../platforms/retailflow';
import { SecurityStack } from '../../../stacks/aws/security';
import { findings, staleAcknowledgements, testStack } from '../../support/aws';
import { remember } from '../../support/remember';

const made = remember((stage: 'production' | 'development') => {
  const platform = resolve(retailflow, { stage, allocations });
  const site = siteOn(platform, 'aws');
  if (site === undefined) throw new Error(`${stage} has no site on aws`);
  const env = { account: site.account, region: site.region };
  const stack = new SecurityStack(App.of(testStack('Unused', env)) as App, 'Security', { platform, site, env });
  return { platform, stack, template: Template.fromStack(stack) };
});

describe('the security stack', () => {
  test('has the keys of the stage', () => {
    for (const name of ['data', 'messaging', 'logs', 'secrets']) {
      made('production').template.hasResourceProperties('AWS::KMS::Alias', {
        AliasName: `alias/retailflow-production/${name}`,
      });
    }
  });

  test('has an entry for every field of every secret, and offers each secret', () => {
    const { platform, stack, template } = made('production');
    const names = Object.entries(platform.secrets).flatMap(([name, { fields }]) =>
      fields.map((field) => `retailflow-production/${name}/${field}`),
    );
    const entries = Object.values(template.findResources('AWS::SecretsManager::Secret'));
    expect(entries.map(({ Properties }) => Properties.Name).sort()).toEqual([...names].sort());
    expect(Object.keys(stack.capabilities.secrets)).toEqual(Object.keys(platform.secrets));
  });

  test('encrypts secrets with the key of secrets', () => {
    made('production').template.allResourcesProperties('AWS::SecretsManager::Secret', {
      KmsKeyId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^KeysSecrets'), 'Arn'] },
    });
  });

  test('tells the people of the stage, over a topic that CloudWatch can write to', () => {
    const { template } = made('production');
    template.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint: 'on-call@example.com' });
    template.hasResourceProperties('AWS::SNS::Topic', {
      KmsMasterKeyId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^KeysMessaging'), 'Arn'] },
    });
  });

  test.each([
    ['production', 365],
    ['development', 7],
  ] as const)('of %s keeps access logs for %s days', (stage, days) => {
    made(stage).template.hasResourceProperties('AWS::S3::Bucket', {
      LifecycleConfiguration: { Rules: Match.arrayWith([Match.objectLike({ ExpirationInDays: days })]) },
    });
  });

  test('knows no other stack', () => {
    expect(JSON.stringify(made('production').template.toJSON())).not.toContain('Fn::GetStackOutput');
  });

  test.each([
    ['production', true],
    ['development', false],
  ] as const)('of %s: protected from deletion %s', (stage, isProtected) => {
    expect(made(stage).stack.terminationProtection).toBe(isProtected);
  });

  test('leaves no finding open, and acknowledges none that is not there', () => {
    const { stack } = made('production');
    expect(findings(stack)).toEqual([]);
    expect(staleAcknowledgements(stack)).toEqual([]);
  });
});
