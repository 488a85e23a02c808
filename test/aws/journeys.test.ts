import { Match } from 'aws-cdk-lib/assertions';
import { Journeys } from '../../lib/aws/journeys';
import { journey } from '../../lib/platform/nouns/journeys';
import { secret } from '../../lib/platform/nouns/storage';
import { findings, staleAcknowledgements, surroundings, templateOf, testStack } from '../support/aws';

const stack = testStack();
const { alarms, key } = surroundings(stack);
const step = { name: 'start', path: '/', milliseconds: 2000 };
const journeys = new Journeys(stack, 'Journeys', {
  platform: {
    name: 'shop',
    stageName: 'production',
    stage: { domain: 'shop.example.com', sites: { primary: { region: 'eu-central-1' } } },
    secrets: { person: secret.parse({ description: 'Who is there for walks', fields: ['email', 'password'] }) },
  },
  journeys: {
    browse: journey.parse({ description: 'Looks around the shop', steps: [step] }),
    buy: journey.parse({
      description: 'Signs in and buys something',
      signIn: { secret: 'person', path: '/api/sessions' },
      steps: [step],
    }),
    slow: journey.parse({
      description: 'Waits for a report to be made',
      steps: Array.from({ length: 10 }, (_each, index) => ({
        ...step,
        name: `step-${index}`,
        milliseconds: 30_000,
      })),
    }),
  },
  walks: { everyMinutes: 5, keepDays: 14 },
  key,
  alarms,
});
const template = templateOf(journeys);

test('walks each journey every five minutes, from now on', () => {
  template.resourceCountIs('AWS::Synthetics::Canary', 3);
  template.hasResourceProperties('AWS::Synthetics::Canary', {
    Name: 'shop-production-browse',
    RuntimeVersion: 'syn-nodejs-3.1',
    Schedule: { Expression: 'rate(5 minutes)' },
    StartCanaryAfterCreation: true,
    ProvisionedResourceCleanup: 'AUTOMATIC',
    Code: { Handler: 'index.handler', S3Key: Match.stringLikeRegexp('^[0-9a-f]{64}\\.zip$') },
    RunConfig: {
      TimeoutInSeconds: 32,
      EnvironmentVariables: {
        ORIGIN: 'https://shop.example.com',
        STEPS: '[{"name":"start","path":"/","method":"GET","status":200,"milliseconds":2000}]',
      },
    },
    VPCConfig: Match.absent(),
  });
});

test('gives a walk no longer than until the next begins', () => {
  template.hasResourceProperties('AWS::Synthetics::Canary', {
    Name: 'shop-production-slow',
    RunConfig: { TimeoutInSeconds: 300 },
  });
});

test('keeps what walks saw under the key, and for as long as it is said', () => {
  template.hasResourceProperties('AWS::Synthetics::Canary', {
    Name: 'shop-production-browse',
    ArtifactConfig: { S3Encryption: { EncryptionMode: 'SSE_KMS', KmsKeyArn: Match.anyValue() } },
    SuccessRetentionPeriod: 14,
    FailureRetentionPeriod: 14,
  });
  template.hasResourceProperties('AWS::S3::Bucket', {
    PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true },
    BucketEncryption: {
      ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }],
    },
    LifecycleConfiguration: { Rules: Match.arrayWith([Match.objectLike({ Id: 'Expire', ExpirationInDays: 14 })]) },
  });
});

test('lets a walk write below its own name alone, and nothing into a log group', () => {
  const policies = template.findResources('AWS::IAM::ManagedPolicy');
  expect(Object.keys(policies)).toHaveLength(3);
  template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
    PolicyDocument: {
      Statement: Match.arrayWith([
        {
          Action: ['s3:GetObject', 's3:PutObject'],
          Effect: 'Allow',
          Resource: { 'Fn::Join': ['', [Match.anyValue(), '/browse/*']] },
        },
        {
          Action: 'cloudwatch:PutMetricData',
          Condition: { StringEquals: { 'cloudwatch:namespace': 'CloudWatchSynthetics' } },
          Effect: 'Allow',
          Resource: '*',
        },
      ]),
    },
  });
  expect(JSON.stringify(policies)).not.toContain('"logs:');
  template.resourceCountIs('AWS::IAM::Policy', 0);
});

test('tells whoever signs in where and by which entries, and no value', () => {
  template.hasResourceProperties('AWS::Synthetics::Canary', {
    Name: 'shop-production-buy',
    RunConfig: {
      TimeoutInSeconds: 35,
      EnvironmentVariables: {
        SIGN_IN: JSON.stringify({
          path: '/api/sessions',
          status: 200,
          token: 'token',
          milliseconds: 3000,
          region: 'eu-central-1',
          entries: { email: 'shop-production/person/email', password: 'shop-production/person/password' },
        }),
      },
    },
  });
  template.hasResourceProperties('AWS::Synthetics::Canary', {
    Name: 'shop-production-browse',
    RunConfig: { EnvironmentVariables: { SIGN_IN: Match.absent() } },
  });
});

test('lets whoever signs in read these entries alone, by the key of secrets, and nobody else any', () => {
  const entry = (field: string) =>
    `arn:aws:secretsmanager:eu-central-1:111122223333:secret:shop-production/person/${field}-??????`;
  const entries = [entry('email'), entry('password')];
  const reading = Object.values(template.findResources('AWS::IAM::ManagedPolicy')).filter((policy) =>
    JSON.stringify(policy).includes('secretsmanager'),
  );
  expect(reading).toHaveLength(1);
  template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
    PolicyDocument: {
      Statement: Match.arrayWith([
        { Action: 'secretsmanager:GetSecretValue', Effect: 'Allow', Resource: entries },
        {
          Action: 'kms:Decrypt',
          Effect: 'Allow',
          Resource: 'arn:aws:kms:eu-central-1:111122223333:key/*',
          Condition: {
            'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/shop-production/secrets' },
            StringEquals: { 'kms:ViaService': 'secretsmanager.eu-central-1.amazonaws.com' },
            StringLike: { 'kms:EncryptionContext:SecretARN': entries },
          },
        },
      ]),
    },
  });
});

test('calls somebody when two of three walks failed, or nobody walks', () => {
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    Namespace: 'CloudWatchSynthetics',
    MetricName: 'SuccessPercent',
    Period: 300,
    Threshold: 100,
    ComparisonOperator: 'LessThanThreshold',
    EvaluationPeriods: 3,
    DatapointsToAlarm: 2,
    TreatMissingData: 'breaching',
    AlarmActions: [Match.anyValue()],
    AlarmDescription: Match.stringLikeRegexp('from ap-southeast-1: Looks around the shop .*runbooks/journeys.md'),
  });
});

test('has no finding that is not answered, and no answer without a finding', () => {
  expect({ open: findings(journeys), stale: staleAcknowledgements(journeys) }).toEqual({ open: [], stale: [] });
});
