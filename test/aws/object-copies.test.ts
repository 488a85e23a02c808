import { Match } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Bucket } from '../../lib/aws/bucket';
import { ObjectCopies } from '../../lib/aws/object-copies';
import { bucket } from '../../lib/platform/nouns/storage';
import type { ObjectCopies as Plan } from '../../lib/platform/object-copies';
import { findings, staleAcknowledgements, surroundings, templateOf, testStack } from '../support/aws';

const plan: Plan = {
  buckets: [
    { name: 'archive', container: 'https://starchive.blob.core.windows.net/archive', removes: false },
    { name: 'uploads', container: 'https://sthot.blob.core.windows.net/uploads', removes: true },
  ],
  hosts: ['starchive.blob.core.windows.net', 'sthot.blob.core.windows.net'],
  latch: 'https://stassets.blob.core.windows.net/mainstay-leader/leader.json',
  issuer: 'https://5e1f7a3c-9b2d-4c68-8f0e-7d4a6b1c2e95.tokens.sts.global.api.aws',
  subject: 'arn:aws:iam::111122223333:role/shop-production-object-copier',
  tenant: '1c9e6a4d-8b27-4f53-a0e1-6d3c5b7f9a28',
  pointMinutes: 15,
};

function made(copies: Plan = plan) {
  const stack = testStack();
  const { alarms, key, vpc } = surroundings(stack);
  const accessLogs = new s3.Bucket(stack, 'AccessLogs');
  const of = (name: string, holds: 'archive' | 'uploads') =>
    new Bucket(stack, name, { name, spec: bucket.parse({ holds }), key, accessLogs, alarms, protected: true });
  const buckets = {
    archive: of('archive', 'archive'),
    uploads: of('uploads', 'uploads'),
    other: of('other', 'uploads'),
  };
  const endpoints = [{ id: 'Endpoints', securityGroup: new ec2.SecurityGroup(stack, 'Endpoints', { vpc }), port: 443 }];
  const subject = new ObjectCopies(stack, 'ObjectCopies', {
    copies,
    siteName: 'primary',
    buckets,
    clientId: '3d0f5b1e-6c42-4d7a-9b8f-2e5a7c9d1b64',
    vpc,
    endpoints,
    messagingKey: key,
    logsKey: key,
    logDays: 90,
    alarms,
  });
  return { stack, subject, buckets, key, template: templateOf(stack) };
}

describe('copies of objects on AWS', () => {
  const { buckets, key, stack, subject, template } = made();
  const arn = (of: string): unknown => stack.resolve(of) as unknown;
  const queueArn = arn(subject.queue.queueArn);
  const deadLettersArn = arn(subject.deadLetters.queueArn);

  test('are told by events of the buckets that are copied, and of no other', () => {
    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        source: ['aws.s3'],
        'detail-type': ['Object Created', 'Object Deleted'],
        detail: {
          bucket: { name: [arn(buckets.archive.bucket.bucketName), arn(buckets.uploads.bucket.bucketName)] },
        },
      },
      Targets: [Match.objectLike({ Arn: queueArn, DeadLetterConfig: { Arn: deadLettersArn } })],
    });
  });

  test('are compared every hour', () => {
    template.hasResourceProperties('AWS::Events::Rule', {
      ScheduleExpression: 'rate(1 hour)',
      Targets: [
        Match.objectLike({ Arn: queueArn, Input: '{"reconcile":{}}', DeadLetterConfig: { Arn: deadLettersArn } }),
      ],
    });
  });

  test('wait in an encrypted queue that takes messages of these rules alone, and give up after an hour of attempts', () => {
    template.hasResourceProperties('AWS::SQS::Queue', {
      KmsMasterKeyId: arn(key.keyArn),
      VisibilityTimeout: 960,
      RedrivePolicy: { deadLetterTargetArn: deadLettersArn, maxReceiveCount: 16 },
    });
    const sender = (rule: string) =>
      Match.objectLike({
        Effect: 'Allow',
        Action: 'sqs:SendMessage',
        Principal: { Service: 'events.amazonaws.com' },
        Condition: { ArnEquals: { 'aws:SourceArn': arn(rule) } },
      });
    for (const queue of [subject.queue, subject.deadLetters]) {
      template.hasResourceProperties('AWS::SQS::QueuePolicy', {
        Queues: [arn(queue.queueUrl)],
        PolicyDocument: {
          Statement: [
            Match.objectLike({ Effect: 'Deny' }),
            sender(subject.changes.ruleArn),
            sender(subject.comparison.ruleArn),
          ],
        },
      });
    }
  });

  test('are made by ten functions at most, which give back only what failed', () => {
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      EventSourceArn: queueArn,
      BatchSize: 10,
      ScalingConfig: { MaximumConcurrency: 10 },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
  });

  test('are made by a function in the network that is told where everything goes, and no secret', () => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      Architectures: ['arm64'],
      Timeout: 900,
      VpcConfig: { SubnetIds: Match.anyValue(), SecurityGroupIds: [arn(subject.copier.securityGroup.securityGroupId)] },
      Environment: {
        Variables: {
          SITE: 'primary',
          LATCH: plan.latch,
          QUEUE_URL: arn(subject.queue.queueUrl),
          TENANT_ID: plan.tenant,
          CLIENT_ID: '3d0f5b1e-6c42-4d7a-9b8f-2e5a7c9d1b64',
          COPIES: Match.anyValue(),
        },
      },
    });
    const copies = JSON.stringify(template.findResources('AWS::Lambda::Function'));
    expect(copies).toContain('https://starchive.blob.core.windows.net/archive');
    expect(copies).toMatch(/removes\\+":false/);
  });

  test('are made under the very role that Azure knows', () => {
    template.hasResourceProperties('AWS::IAM::Role', {
      RoleName: 'shop-production-object-copier',
      AssumeRolePolicyDocument: {
        Statement: [Match.objectLike({ Principal: { Service: 'lambda.amazonaws.com' } })],
      },
    });
  });

  test('prove who they are to Entra ID alone, for five minutes, and read no other bucket', () => {
    const [policy] = Object.values(template.findResources('AWS::IAM::ManagedPolicy'));
    const { Statement: statements } = (policy as { Properties: { PolicyDocument: { Statement: readonly object[] } } })
      .Properties.PolicyDocument;
    expect(statements).toContainEqual({
      Sid: 'ProvesItselfToEntra',
      Effect: 'Allow',
      Action: 'sts:GetWebIdentityToken',
      Resource: '*',
      Condition: {
        'ForAllValues:StringEquals': { 'sts:IdentityTokenAudience': 'api://AzureADTokenExchange' },
        Null: { 'sts:IdentityTokenAudience': 'false' },
        NumericLessThanEquals: { 'sts:DurationSeconds': '300' },
      },
    });
    const text = JSON.stringify(statements);
    const [other] = Object.keys(template.findResources('AWS::S3::Bucket')).filter((id) => id.startsWith('other'));
    expect(text).not.toContain(other);
    for (const action of ['s3:Put', 's3:Delete', '"kms:Encrypt"']) expect(text).not.toContain(action);
  });

  test('call somebody before half of what may be lost has passed, for dead letters, for failures and for silence', () => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'ApproximateAgeOfOldestMessage',
      Threshold: 450,
      EvaluationPeriods: 2,
    });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Threshold: 1,
      EvaluationPeriods: 1,
    });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: 'Errors', Namespace: 'AWS/Lambda' });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'Invocations',
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'breaching',
      EvaluationPeriods: 2,
    });
  });

  test('have no finding that nobody answered, and no answer without a finding', () => {
    expect(findings(subject)).toEqual([]);
    expect(staleAcknowledgements(subject)).toEqual([]);
  });

  test('fails when a bucket that is copied is not there', () => {
    const buckets = [{ name: 'nowhere', container: 'https://sthot.blob.core.windows.net/nowhere', removes: true }];
    expect(() => made({ ...plan, buckets })).toThrow(/nowhere/);
  });
});
