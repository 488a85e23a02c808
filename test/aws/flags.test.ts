import * as iam from 'aws-cdk-lib/aws-iam';
import { Flags } from '../../lib/aws/flags';
import { flagDocument, rolloutSettings, segmentText } from '../../lib/aws/flag-settings';
import { flagSet } from '../../lib/platform/nouns/flags';
import { findings, surroundings, templateOf, testStack } from '../support/aws';
import { allOf, only } from '../support/template';

const spec = flagSet.parse({
  flags: {
    'new-cart': {
      description: 'Shows the new cart',
      percent: 5,
      segments: [
        { attribute: 'plan', values: ['enterprise', 'beta'] },
        { attribute: 'tenant', values: ['acme'] },
      ],
    },
    'old-cart': { description: 'Shows the old cart', enabled: false },
  },
});

describe('a set of flags as AppConfig keeps it', () => {
  const document = JSON.parse(flagDocument(spec));

  test('says of each flag what it is', () => {
    expect(document.values).toEqual({
      'new-cart': { enabled: true, percent: 5, segments: 'plan=enterprise plan=beta tenant=acme' },
      'old-cart': { enabled: false, percent: 0 },
    });
  });

  test('holds whoever turns a flag to a share of 0 to 100', () => {
    expect(document.flags['new-cart']).toEqual({
      name: 'new-cart',
      description: 'Shows the new cart',
      attributes: {
        percent: { constraints: { type: 'number', minimum: 0, maximum: 100, required: true } },
        segments: { constraints: { type: 'string', required: false } },
      },
    });
    expect(document.version).toBe('1');
  });

  test('has no segments where there are none', () => {
    expect(segmentText([])).toBe('');
  });

  test.each([
    [{ minutes: 10, stepPercent: 20, bakeMinutes: 5 }, [10, 20, 5]],
    [{ minutes: 0, stepPercent: 20, bakeMinutes: 0 }, [0, 100, 0]],
  ])('a rollout of %j takes %j', (rollout, expected) => {
    const settings = rolloutSettings(rollout);
    expect([settings.deploymentDurationInMinutes, settings.growthFactor, settings.finalBakeTimeInMinutes]).toEqual(
      expected,
    );
    expect(settings.growthType).toBe('LINEAR');
  });
});

describe('a set of flags', () => {
  const stack = testStack();
  const { key } = surroundings(stack);
  const flags = new Flags(stack, 'Flags', {
    name: 'features',
    prefix: 'retailflow-production',
    spec,
    key,
    watchedAlarms: ['retailflow-production-order-release-errors'],
  });
  const user = new iam.ManagedPolicy(stack, 'User');
  flags.grant(user, { service: 'order', kind: 'flags' });
  const template = templateOf(stack);
  const idOf = (type: string) => only(template, type).logicalId;

  test('is taken back by the alarms of who uses it, which AppConfig may read and nothing else', () => {
    const environment = only(template, 'AWS::AppConfig::Environment');
    const [monitor] = environment.properties['Monitors'];
    expect(JSON.stringify(monitor.AlarmArn)).toContain(':alarm:retailflow-production-order-release-errors');
    const watcher = only(template, 'AWS::IAM::ManagedPolicy', 'FlagsWatcherPolicy');
    expect(watcher.properties['PolicyDocument'].Statement).toEqual([
      {
        Action: 'cloudwatch:DescribeAlarms',
        Effect: 'Allow',
        Resource: '*',
        Condition: { StringEquals: { 'aws:RequestedRegion': 'ap-southeast-1' } },
      },
    ]);
    expect(
      only(template, 'AWS::IAM::Role', 'FlagsWatcher').properties['AssumeRolePolicyDocument'].Statement[0],
    ).toMatchObject({
      Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
      Principal: { Service: 'appconfig.amazonaws.com' },
    });
  });

  test('is encrypted with the key of the platform, at rest and while it moves', () => {
    for (const type of ['AWS::AppConfig::ConfigurationProfile', 'AWS::AppConfig::Deployment'])
      expect(only(template, type).properties['KmsKeyIdentifier']).toEqual({
        'Fn::GetAtt': [idOf('AWS::KMS::Key'), 'Arn'],
      });
  });

  test('moves as the definition says', () => {
    expect(only(template, 'AWS::AppConfig::Deployment').properties).toMatchObject({
      DeploymentStrategyId: { Ref: idOf('AWS::AppConfig::DeploymentStrategy') },
      ConfigurationVersion: { Ref: idOf('AWS::AppConfig::HostedConfigurationVersion') },
    });
    expect(only(template, 'AWS::AppConfig::DeploymentStrategy').properties).toMatchObject({
      DeploymentDurationInMinutes: 10,
      FinalBakeTimeInMinutes: 10,
      GrowthFactor: 20,
      ReplicateTo: 'NONE',
    });
  });

  test('may be asked for by a user, in this environment and no other', () => {
    const [ask, decrypt] = only(template, 'AWS::IAM::ManagedPolicy', 'User').properties['PolicyDocument'].Statement;
    expect(ask.Action).toEqual(['appconfig:GetLatestConfiguration', 'appconfig:StartConfigurationSession']);
    expect(JSON.stringify(ask.Resource)).toContain('/environment/');
    expect(JSON.stringify(ask.Resource)).not.toContain('*');
    expect(decrypt).toMatchObject({
      Action: 'kms:Decrypt',
      Condition: { StringEquals: { 'kms:ViaService': 'appconfig.ap-southeast-1.amazonaws.com' } },
    });
  });

  test('tells its users where it is', () => {
    expect(stack.resolve(flags.values()['address'])).toEqual({
      'Fn::Join': [
        '',
        [
          { Ref: idOf('AWS::AppConfig::Application') },
          '/',
          { Ref: idOf('AWS::AppConfig::Environment') },
          '/',
          { Ref: idOf('AWS::AppConfig::ConfigurationProfile') },
        ],
      ],
    });
  });

  test('has no findings', () => {
    expect(findings(flags)).toEqual([]);
  });
});

test('a set that no service with requests uses is watched by nobody, and needs no role', () => {
  const stack = testStack('Quiet');
  new Flags(stack, 'Flags', { name: 'quiet', prefix: 'x', spec, key: surroundings(stack).key, watchedAlarms: [] });
  expect(allOf(templateOf(stack), 'AWS::IAM::Role')).toEqual([]);
});
