import { Match } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Use } from '../../lib/aws/capability';
import { Queue, queueSettings } from '../../lib/aws/queue';
import { queue } from '../../lib/platform/nouns/messaging';
import { account, findings, region, staleAcknowledgements, surroundings, templateOf, testStack } from '../support/aws';

function made(overrides: object = {}) {
  const stack = testStack();
  const { key, alarms } = surroundings(stack);
  const spec = queue.parse(overrides);
  const subject = new Queue(stack, 'Orders', { name: 'orders', spec, key, alarms });
  return { stack, key, subject };
}

describe('queueSettings', () => {
  test.each([
    [{}, 60, 96, undefined],
    [{ visibilitySeconds: 120, retentionHours: 336 }, 120, 336, undefined],
    [{ fifo: true }, 60, 96, true],
  ])('%j stays hidden for %d s and is kept for %d h', (spec, seconds, hours, fifo) => {
    const settings = queueSettings(queue.parse(spec));
    expect(settings.visibilityTimeout?.toSeconds()).toBe(seconds);
    expect(settings.retentionPeriod?.toHours()).toBe(hours);
    expect(settings.fifo).toBe(fifo);
  });

  test('an ordered queue trusts the ids of its senders, per message group', () => {
    expect(queueSettings(queue.parse({ fifo: true }))).toMatchObject({
      contentBasedDeduplication: false,
      deduplicationScope: 'messageGroup',
      fifoThroughputLimit: 'perMessageGroupId',
    });
  });
});

describe('Queue', () => {
  const { stack, subject, key } = made({ maxReceives: 7, dataClass: 'restricted' });
  const template = templateOf(stack);
  const name = 'TestOrdersC225794E';
  const keyArn = stack.resolve(key.keyArn);
  const deadLetters = stack.resolve(subject.deadLetters.queueArn);

  test('hands on what its consumer failed on, to dead letters that admit it alone and keep them for 14 days', () => {
    template.hasResourceProperties('AWS::SQS::Queue', {
      QueueName: name,
      RedrivePolicy: { deadLetterTargetArn: deadLetters, maxReceiveCount: 7 },
      ReceiveMessageWaitTimeSeconds: 20,
    });
    template.hasResourceProperties('AWS::SQS::Queue', {
      QueueName: Match.absent(),
      MessageRetentionPeriod: 14 * 24 * 3600,
      RedriveAllowPolicy: {
        redrivePermission: 'byQueue',
        sourceQueueArns: [`arn:aws:sqs:${region}:${account}:${name}`],
      },
    });
  });

  test('encrypts messages and dead letters with the given key', () => {
    template.allResourcesProperties('AWS::SQS::Queue', { KmsMasterKeyId: keyArn, KmsDataKeyReusePeriodSeconds: 900 });
    template.resourceCountIs('AWS::SQS::Queue', 2);
  });

  test('refuses what does not come by TLS, on both queues', () => {
    template.resourceCountIs('AWS::SQS::QueuePolicy', 2);
    for (const arn of [stack.resolve(subject.queue.queueArn), deadLetters]) {
      template.hasResourceProperties('AWS::SQS::QueuePolicy', {
        PolicyDocument: {
          Statement: [
            {
              Effect: 'Deny',
              Action: 'sqs:*',
              Principal: { AWS: '*' },
              Resource: arn,
              Condition: { Bool: { 'aws:SecureTransport': 'false' } },
            },
          ],
        },
      });
    }
  });

  test('stays when its stack goes or replaces it, but leaves nothing behind when its creation fails', () => {
    template.allResources('AWS::SQS::Queue', {
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
    });
  });

  test('bears its data class', () => {
    template.allResourcesProperties('AWS::SQS::Queue', { Tags: [{ Key: 'data-class', Value: 'restricted' }] });
  });

  test('calls somebody when a message waits too long, and at the first dead letter', () => {
    template.resourceCountIs('AWS::CloudWatch::Alarm', 2);
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'ApproximateAgeOfOldestMessage',
      Dimensions: [{ Name: 'QueueName', Value: stack.resolve(subject.queue.queueName) }],
      Statistic: 'Maximum',
      Threshold: 900,
      AlarmDescription: Match.stringLikeRegexp('docs/runbooks/queue\\.md'),
      AlarmActions: [Match.anyValue()],
    });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Dimensions: [{ Name: 'QueueName', Value: stack.resolve(subject.deadLetters.queueName) }],
      Statistic: 'Maximum',
      Threshold: 1,
      EvaluationPeriods: 1,
      AlarmDescription: Match.stringLikeRegexp('docs/runbooks/queue\\.md'),
      AlarmActions: [Match.anyValue()],
    });
  });

  test('is known to services by its URL, and by nothing else', () => {
    expect(subject.values()).toEqual({ url: subject.queue.queueUrl });
    expect(subject.secrets).toEqual({});
    expect(subject.reach).toEqual([]);
  });

  test('has no finding', () => {
    expect(findings(subject)).toEqual([]);
    expect(staleAcknowledgements(subject)).toEqual([]);
  });

  test('is ordered where the model says so, dead letters too', () => {
    const ordered = templateOf(made({ fifo: true }).stack);
    ordered.allResourcesProperties('AWS::SQS::Queue', { FifoQueue: true });
    ordered.hasResourceProperties('AWS::SQS::Queue', {
      QueueName: `${name}.fifo`,
      ContentBasedDeduplication: false,
      DeduplicationScope: 'messageGroup',
      FifoThroughputLimit: 'perMessageGroupId',
    });
    template.allResourcesProperties('AWS::SQS::Queue', { FifoQueue: Match.absent() });
  });
});

describe('Queue.grant', () => {
  const granted = (use: Use) => {
    const { stack, subject, key } = made();
    subject.grant(new iam.ManagedPolicy(stack, 'Policy'), use);
    const [policy] = Object.values(templateOf(stack).findResources('AWS::IAM::ManagedPolicy'));
    return {
      statements: policy?.Properties.PolicyDocument.Statement,
      queue: stack.resolve(subject.queue.queueArn),
      key: stack.resolve(key.keyArn),
    };
  };
  const viaSqs = { StringEquals: { 'kms:ViaService': `sqs.${region}.amazonaws.com` } };

  test('lets a sender send, and use the key through SQS only', () => {
    const { statements, queue, key } = granted({ service: 'order', kind: 'sends' });
    expect(statements).toEqual([
      { Effect: 'Allow', Action: ['sqs:GetQueueAttributes', 'sqs:SendMessage'], Resource: queue },
      { Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: key, Condition: viaSqs },
    ]);
  });

  test('lets a receiver receive and delete, and not send', () => {
    const { statements, queue, key } = granted({ service: 'order', kind: 'receives' });
    expect(statements).toEqual([
      {
        Effect: 'Allow',
        Action: ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
        Resource: queue,
      },
      { Effect: 'Allow', Action: 'kms:Decrypt', Resource: key, Condition: viaSqs },
    ]);
  });

  test('fails when a queue is used as something else', () => {
    expect(() => granted({ service: 'order', kind: 'publishes' })).toThrow(
      'Test/Orders can be used for sends, receives, got publishes by order: name another part',
    );
  });
});
