import { Match } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { CacheLoginRotation } from '../../lib/aws/cache-login-rotation';
import { account, findings, region, staleAcknowledgements, surroundings, templateOf, testStack } from '../support/aws';

const secretArn = `arn:aws:secretsmanager:${region}:${account}:secret:gateway-AbCdEf`;
const stack = testStack();
const { alarms, key, vpc } = surroundings(stack);
const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task');
taskDefinition.addContainer('kong', { image: ecs.ContainerImage.fromRegistry('kong') });
const service = new ecs.FargateService(stack, 'Service', {
  cluster: new ecs.Cluster(stack, 'Cluster', { vpc }),
  taskDefinition,
  minHealthyPercent: 100,
  circuitBreaker: { enable: true },
  securityGroups: [new ec2.SecurityGroup(stack, 'Group', { vpc })],
});
const rotation = new CacheLoginRotation(stack, 'GatewayLogin', {
  prefix: 'shop-production',
  userId: 'gateway-shop-production',
  secret: secretsmanager.Secret.fromSecretCompleteArn(stack, 'Login', secretArn),
  service,
  keys: { logs: key, secrets: key, messaging: key },
  logDays: 30,
  alarms,
});
const template = templateOf(rotation);
const resolved = (value: unknown): unknown => stack.resolve(value) as unknown;

test('rotates every month, and first when there are tasks to start anew', () => {
  const [schedule] = Object.values(template.findResources('AWS::SecretsManager::RotationSchedule'));
  expect(schedule?.['Properties']).toEqual({
    SecretId: secretArn,
    RotationLambdaARN: resolved(rotation.function.functionArn),
    RotationRules: { ScheduleExpression: 'rate(30 days)' },
    RotateImmediatelyOnUpdate: true,
  });
  expect(schedule?.['DependsOn']).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^GatewayLoginStart/),
      stack.getLogicalId(service.node.findChild('Service') as ecs.CfnService),
    ]),
  );
});

test('Secrets Manager alone starts it, for this secret', () => {
  template.resourcePropertiesCountIs(
    'AWS::Lambda::Permission',
    {
      Action: 'lambda:InvokeFunction',
      FunctionName: resolved(rotation.function.functionArn),
      Principal: 'secretsmanager.amazonaws.com',
      SourceAccount: account,
      SourceArn: secretArn,
    },
    1,
  );
});

test('may rotate one secret, change one user and start one service anew', () => {
  const { Statement } = resolved(
    (rotation.node.findChild('Policy').node.defaultChild as { readonly policyDocument?: unknown }).policyDocument,
  ) as { readonly Statement: readonly { readonly Action: unknown; readonly Resource: unknown }[] };
  const keyUse = ['kms:Decrypt', 'kms:GenerateDataKey'];
  const through = (via: string, more = {}) => ({
    StringEquals: { 'kms:ViaService': `${via}.${region}.amazonaws.com`, ...more },
  });
  expect(Statement).toEqual([
    {
      Effect: 'Allow',
      Action: [
        'secretsmanager:GetSecretValue',
        'secretsmanager:PutSecretValue',
        'secretsmanager:UpdateSecretVersionStage',
      ],
      Resource: secretArn,
    },
    {
      Effect: 'Allow',
      Action: ['elasticache:DescribeUsers', 'elasticache:ModifyUser'],
      Resource: `arn:aws:elasticache:${region}:${account}:user:gateway-shop-production`,
    },
    { Effect: 'Allow', Action: 'ecs:UpdateService', Resource: resolved(service.serviceArn) },
    { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: resolved(rotation.deadLetters.queueArn) },
    {
      Effect: 'Allow',
      Action: keyUse,
      Resource: resolved(key.keyArn),
      Condition: through('secretsmanager', { 'kms:EncryptionContext:SecretARN': secretArn }),
    },
    { Effect: 'Allow', Action: keyUse, Resource: resolved(key.keyArn), Condition: through('sqs') },
    expect.objectContaining({ Action: ['logs:CreateLogStream', 'logs:PutLogEvents'] }),
  ]);
});

test('is told which user and whose tasks, and leaves behind what it gave up', () => {
  template.hasResourceProperties('AWS::Lambda::Function', {
    Environment: {
      Variables: {
        USER_ID: 'gateway-shop-production',
        CLUSTER: resolved(service.cluster.clusterName),
        SERVICE: resolved(service.serviceName),
      },
    },
    DeadLetterConfig: { TargetArn: resolved(rotation.deadLetters.queueArn) },
    VpcConfig: Match.absent(),
  });
});

test.each([
  ['a step fails', 'AWS/Lambda', 'Errors', 1, 'cache'],
  ['a step is given up', 'AWS/SQS', 'ApproximateNumberOfMessagesVisible', 1, 'cache'],
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
