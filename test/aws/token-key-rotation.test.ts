import { Match } from 'aws-cdk-lib/assertions';
import type * as iam from 'aws-cdk-lib/aws-iam';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { TokenKeyRotation } from '../../lib/aws/token-key-rotation';
import { tokenKeyFields } from '../../lib/platform/gateway/token-keys';
import { account, findings, region, staleAcknowledgements, surroundings, templateOf, testStack } from '../support/aws';

const stack = testStack();
const { alarms, key } = surroundings(stack);
const arn = (field: string): string => `arn:aws:secretsmanager:${region}:${account}:secret:token-keys/${field}-AbCdEf`;
const serviceArn = (service: string): string => `arn:aws:ecs:${region}:${account}:service/shop/${service}`;
const fields = tokenKeyFields({ kind: 'kong' });
const rotation = new TokenKeyRotation(stack, 'Keys', {
  prefix: 'shop-production',
  tokens: { lifetimeMinutes: 60, rotateDays: 30 },
  secret: {
    entries: Object.fromEntries(
      fields.map((field) => [
        field,
        secretsmanager.Secret.fromSecretCompleteArn(stack, field, arn(field)) as secretsmanager.Secret,
      ]),
    ),
  },
  readers: ['gateway', 'user'].map((service) => ({
    serviceArn: serviceArn(service),
    serviceName: service,
    cluster: { clusterName: 'shop' },
  })),
  keys: { logs: key, secrets: key, messaging: key },
  logDays: 30,
  alarms,
});
const template = templateOf(rotation);
const { rotator } = rotation;
const resolved = (value: unknown): unknown => stack.resolve(value) as unknown;

test('rotates which pair signs, every month, and not when it is made: the pairs are new then', () => {
  const [schedule] = Object.values(template.findResources('AWS::SecretsManager::RotationSchedule'));
  expect(schedule?.['Properties']).toEqual({
    SecretId: arn('current'),
    RotationLambdaARN: resolved(rotator.function.functionArn),
    RotationRules: { ScheduleExpression: 'rate(30 days)' },
    RotateImmediatelyOnUpdate: false,
  });
});

test('Secrets Manager alone starts it, for this secret', () => {
  template.resourcePropertiesCountIs(
    'AWS::Lambda::Permission',
    { Principal: 'secretsmanager.amazonaws.com', SourceAccount: account, SourceArn: arn('current') },
    1,
  );
});

test('may write these secrets and start these services anew, and nothing else', () => {
  const policy = rotation.node.findChild('Policy').node.defaultChild as iam.CfnManagedPolicy;
  const { Statement } = resolved(policy.policyDocument) as { readonly Statement: readonly object[] };
  const others = ['privateKeyA', 'privateKeyB', 'privateKeyC', 'publicKeyA', 'publicKeyB', 'publicKeyC'].map(arn);
  const keyUse = ['kms:Decrypt', 'kms:GenerateDataKey'];
  expect(Statement).toEqual([
    {
      Effect: 'Allow',
      Action: [
        'secretsmanager:GetSecretValue',
        'secretsmanager:PutSecretValue',
        'secretsmanager:UpdateSecretVersionStage',
      ],
      Resource: arn('current'),
    },
    { Effect: 'Allow', Action: ['secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue'], Resource: others },
    {
      Effect: 'Allow',
      Action: ['ecs:DescribeServices', 'ecs:UpdateService'],
      Resource: ['gateway', 'user'].map(serviceArn),
    },
    { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: resolved(rotator.deadLetters.queueArn) },
    {
      Effect: 'Allow',
      Action: keyUse,
      Resource: resolved(key.keyArn),
      Condition: {
        StringEquals: {
          'kms:ViaService': `secretsmanager.${region}.amazonaws.com`,
          'kms:EncryptionContext:SecretARN': [arn('current'), ...others],
        },
      },
    },
    expect.objectContaining({ Action: keyUse }),
    expect.objectContaining({ Action: ['logs:CreateLogStream', 'logs:PutLogEvents'] }),
  ]);
});

test('is told which pairs there are, who reads them, and how long a token may be good', () => {
  template.hasResourceProperties('AWS::Lambda::Function', {
    Environment: {
      Variables: {
        PAIRS: JSON.stringify({
          a: { privateKey: arn('privateKeyA'), publicKey: arn('publicKeyA') },
          b: { privateKey: arn('privateKeyB'), publicKey: arn('publicKeyB') },
          c: { privateKey: arn('privateKeyC'), publicKey: arn('publicKeyC') },
        }),
        READERS: JSON.stringify([
          { cluster: 'shop', service: 'gateway' },
          { cluster: 'shop', service: 'user' },
        ]),
        LEAST_AGE_MINUTES: '1500',
      },
    },
    DeadLetterConfig: { TargetArn: resolved(rotator.deadLetters.queueArn) },
    VpcConfig: Match.absent(),
  });
});

test.each([
  ['a step fails', 'AWS/Lambda', 'Errors', 1, 'token-keys'],
  ['a step is given up', 'AWS/SQS', 'ApproximateNumberOfMessagesVisible', 1, 'token-keys'],
  ['nothing rotated for three days beyond the term', 'Mainstay/Secrets', 'AgeDays', 33, 'secrets'],
])('somebody is called when %s', (_when, Namespace, MetricName, Threshold, runbook) => {
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    Namespace,
    MetricName,
    Threshold,
    AlarmActions: [Match.anyValue()],
    AlarmDescription: Match.stringLikeRegexp(`runbooks/${runbook}.md`),
  });
});

test('has no finding that is not answered, and no answer without a finding', () => {
  expect({ open: findings(rotation), stale: staleAcknowledgements(rotation) }).toEqual({ open: [], stale: [] });
});
