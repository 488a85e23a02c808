import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { context } from '../../cdk.json';
import { Alarms } from '../../lib/aws/alarms';
import { Queue } from '../../lib/aws/queue';
import { Topic, topicSettings } from '../../lib/aws/topic';
import { queue, topic } from '../../lib/platform/nouns/messaging';
import { account, findings, region, staleAcknowledgements, surroundings, templateOf, testStack } from '../support/aws';

const subscribers = ['analytics', 'order-updates'];

function within(stack: Stack, key: kms.IKey, alarms: Alarms, overrides: object = {}) {
  const spec = topic.parse({ subscribers, ...overrides });
  const queues = Object.fromEntries(
    subscribers.map((name) => [
      name,
      new Queue(stack, name, { name, spec: queue.parse({ fifo: spec.fifo }), key, alarms }),
    ]),
  );
  return { queues, subject: new Topic(stack, 'Events', { name: 'events', spec, queues, key, alarms }) };
}

function made(overrides: object = {}) {
  const stack = testStack();
  const { key, alarms } = surroundings(stack);
  return { stack, key, ...within(stack, key, alarms, overrides) };
}

test.each([
  [false, {}],
  [true, { fifo: true, contentBasedDeduplication: false, fifoThroughputScope: 'MessageGroup' }],
])('topicSettings, ordered: %s', (fifo, settings) => {
  expect(topicSettings(topic.parse({ subscribers, fifo }))).toEqual(settings);
});

describe('Topic', () => {
  const { stack, key, subject, queues } = made();
  const template = templateOf(stack);
  const topicArn = stack.resolve(subject.topic.topicArn);
  const keyArn = stack.resolve(key.keyArn);

  test('encrypts messages with the given key', () => {
    template.hasResourceProperties('AWS::SNS::Topic', { KmsMasterKeyId: keyArn, FifoTopic: Match.absent() });
  });

  test('refuses what does not come by TLS', () => {
    template.hasResourceProperties('AWS::SNS::TopicPolicy', {
      Topics: [topicArn],
      PolicyDocument: {
        Statement: [
          Match.objectLike({
            Effect: 'Deny',
            Action: 'sns:Publish',
            Principal: '*',
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          }),
        ],
      },
    });
  });

  test('delivers every message raw to every subscriber, with dead letters of its own', () => {
    template.resourcePropertiesCountIs('AWS::SNS::Subscription', { Protocol: 'sqs' }, subscribers.length);
    for (const name of subscribers) {
      template.hasResourceProperties('AWS::SNS::Subscription', {
        TopicArn: topicArn,
        Endpoint: stack.resolve(queues[name]?.queue.queueArn),
        RawMessageDelivery: true,
        RedrivePolicy: { deadLetterTargetArn: stack.resolve(subject.undelivered[name]?.queueArn) },
        FilterPolicy: Match.absent(),
      });
    }
  });

  test('is the only one that SNS may deliver for, to subscribers and dead letters', () => {
    const targets = subscribers.flatMap((name) => [queues[name]?.queue, subject.undelivered[name]]);
    expect(targets).toHaveLength(4);
    for (const target of targets) {
      template.hasResourceProperties('AWS::SQS::QueuePolicy', {
        PolicyDocument: {
          Statement: Match.arrayWith([
            {
              Effect: 'Allow',
              Action: 'sqs:SendMessage',
              Principal: { Service: 'sns.amazonaws.com' },
              Resource: stack.resolve(target?.queueArn),
              Condition: { ArnEquals: { 'aws:SourceArn': topicArn } },
            },
          ]),
        },
      });
    }
  });

  test('keeps what it could not deliver encrypted, for 14 days, out of reach of other queues', () => {
    for (const undelivered of Object.values(subject.undelivered)) {
      expect(stack.resolve(undelivered.encryptionMasterKey?.keyArn)).toEqual(keyArn);
    }
    template.resourcePropertiesCountIs(
      'AWS::SQS::Queue',
      {
        MessageRetentionPeriod: 14 * 24 * 3600,
        KmsMasterKeyId: keyArn,
        RedriveAllowPolicy: { redrivePermission: 'denyAll' },
      },
      subscribers.length,
    );
    template.allResources('AWS::SQS::Queue', { UpdateReplacePolicy: 'Retain', DeletionPolicy: 'RetainExceptOnCreate' });
  });

  test('calls somebody when it cannot deliver, and while undelivered messages lie about', () => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'NumberOfNotificationsFailed',
      Namespace: 'AWS/SNS',
      Statistic: 'Sum',
      Threshold: 1,
      AlarmDescription: Match.stringLikeRegexp('docs/runbooks/topic\\.md'),
      AlarmActions: [Match.anyValue()],
    });
    for (const undelivered of Object.values(subject.undelivered)) {
      template.hasResourceProperties('AWS::CloudWatch::Alarm', {
        MetricName: 'ApproximateNumberOfMessagesVisible',
        Dimensions: [{ Name: 'QueueName', Value: stack.resolve(undelivered.queueName) }],
        Threshold: 1,
        AlarmDescription: Match.stringLikeRegexp('docs/runbooks/topic\\.md'),
        AlarmActions: [Match.anyValue()],
      });
    }
  });

  test('is known to services by its ARN, and by nothing else', () => {
    expect(subject.values()).toEqual({ address: subject.topic.topicArn });
    expect(subject.secrets).toEqual({});
    expect(subject.reach).toEqual([]);
  });

  test('bears its data class', () => {
    template.hasResourceProperties('AWS::SNS::Topic', { Tags: [{ Key: 'data-class', Value: 'confidential' }] });
  });

  test('has no finding', () => {
    expect(findings(subject)).toEqual([]);
    expect(staleAcknowledgements(subject)).toEqual([]);
  });

  test('is ordered where the model says so, with ordered dead letters', () => {
    const ordered = templateOf(made({ fifo: true }).stack);
    ordered.hasResourceProperties('AWS::SNS::Topic', {
      FifoTopic: true,
      ContentBasedDeduplication: false,
      FifoThroughputScope: 'MessageGroup',
    });
    ordered.allResourcesProperties('AWS::SQS::Queue', { FifoQueue: true });
  });

  test('fails when a subscriber has no queue', () => {
    expect(() => made({ subscribers: ['nobody'] })).toThrow(
      'Test/Events: subscribers must be one of analytics, order-updates, got nobody',
    );
  });
});

test('a publisher may publish, and use the key through SNS only', () => {
  const { stack, key, subject } = made();
  subject.grant(new iam.ManagedPolicy(stack, 'Policy'), { service: 'order', kind: 'publishes' });
  templateOf(stack).hasResourceProperties('AWS::IAM::ManagedPolicy', {
    PolicyDocument: {
      Statement: [
        { Effect: 'Allow', Action: 'sns:Publish', Resource: stack.resolve(subject.topic.topicArn) },
        {
          Effect: 'Allow',
          Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
          Resource: stack.resolve(key.keyArn),
          Condition: { StringEquals: { 'kms:ViaService': `sns.${region}.amazonaws.com` } },
        },
      ],
    },
  });
});

test('fails when a topic is used as something else', () => {
  const { stack, subject } = made();
  const policy = new iam.ManagedPolicy(stack, 'Policy');
  expect(() => subject.grant(policy, { service: 'order', kind: 'sends' })).toThrow(
    'Test/Events can be used for publishes, got sends by order: name another part',
  );
});

test('a key of another stack learns nothing of the topic', () => {
  const app = new App({ context, analyticsReporting: false, stackTraces: false });
  const security = new Stack(app, 'Security', { env: { account, region } });
  const key = new kms.Key(security, 'Key', { enableKeyRotation: true });
  const messaging = new Stack(app, 'Messaging', { env: { account, region } });
  within(messaging, key, new Alarms(messaging, 'Alarms', { key, email: 'on-call@example.com' }));

  const [inSecurity] = Object.values(Template.fromStack(security).findResources('AWS::KMS::Key'));
  expect(security.dependencies).toHaveLength(0);
  expect(messaging.dependencies.map(({ node }) => node.id)).toEqual(['Security']);
  expect(inSecurity?.Properties.KeyPolicy.Statement).toHaveLength(1);
});
