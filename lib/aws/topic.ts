import { aws_cloudwatch as cloudwatch, aws_iam as iam, aws_sns as sns, Tags } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Topic as Model } from '../platform/nouns/messaging';
import { acknowledge } from './acknowledge';
import { alarmPeriod, type Alarms } from './alarms';
import type { Capability, Reach, Use } from './capability';
import { deadLetterQueue } from './dead-letters';
import { answerTo, grantKeyUse } from './grants';
import { pascalCase } from '../platform/ids';
import { named } from '../platform/named';
import type { Queue } from './queue';

export interface TopicProps {
  /** Name of the part, for people. */
  readonly name: string;
  readonly spec: Model;
  /** Queues by name, among them every subscriber, in the same stack as the topic. */
  readonly queues: Readonly<Record<string, Queue>>;
  /** Encrypts messages on their way and undelivered ones. Its policy must admit SNS. */
  readonly key: kms.IKey;
  readonly alarms: Alarms;
}

/**
 * What the model says about a topic, as SNS has it. An ordered topic takes duplicates out by the sender's id and per
 * message group, as its queues do.
 */
export function topicSettings(
  spec: Model,
): Pick<sns.TopicProps, 'fifo' | 'contentBasedDeduplication' | 'fifoThroughputScope'> {
  return spec.fifo
    ? { fifo: true, contentBasedDeduplication: false, fifoThroughputScope: sns.FifoThroughputScope.MESSAGE_GROUP }
    : {};
}

const permissions = { publishes: { topic: ['sns:Publish'], key: ['kms:GenerateDataKey', 'kms:Decrypt'] } } as const;

/**
 * A topic whose every message goes to every subscribed queue, as it was published and without SNS's envelope. What
 * cannot be delivered is kept in dead letters of that subscription. SNS's own delivery logs are left off: it would
 * write them to log groups that it makes itself, without our key and without an end, and the dead letters hold more.
 */
export class Topic extends Construct implements Capability {
  public readonly topic: sns.Topic;
  /** Undelivered messages, by subscriber. */
  public readonly undelivered: Readonly<Record<string, sqs.Queue>>;
  public readonly secrets = {};
  public readonly reach: readonly Reach[] = [];
  private readonly key: kms.IKey;

  public constructor(scope: Construct, id: string, props: TopicProps) {
    super(scope, id);
    const { spec, key } = props;
    this.key = key;
    this.topic = new sns.Topic(this, 'Topic', { ...topicSettings(spec), masterKey: key, enforceSSL: true });
    this.undelivered = Object.fromEntries(spec.subscribers.map((name) => [name, this.subscribe(name, props)]));
    Tags.of(this).add('data-class', spec.dataClass);
    this.raiseAlarms(props);
  }

  public values(): Readonly<Record<string, string>> {
    return { address: this.topic.topicArn };
  }

  public grant(grantee: iam.IGrantable, use: Use): void {
    const { topic, key } = answerTo(this.node.path, permissions, use);
    iam.Grant.addToPrincipal({ grantee, actions: [...topic], resourceArns: [this.topic.topicArn] });
    grantKeyUse(grantee, this.key, { through: 'sns', actions: key });
  }

  /** Not CDK's `SqsSubscription`: that one writes this topic into the key's policy, which lives in another stack. */
  private subscribe(name: string, { spec, key, queues }: TopicProps): sqs.Queue {
    const subscriber = named(`${this.node.path}: subscribers`, queues, name);
    const undelivered = deadLetterQueue(this, `${pascalCase(name)}Undelivered`, { key, fifo: spec.fifo });
    acknowledge(undelivered, {
      'AwsSolutions-SQS3': 'This queue is itself where SNS puts the messages that it could not deliver.',
    });
    const delivery = subscriber.queue.addToResourcePolicy(
      new iam.PolicyStatement({
        principals: [new iam.ServicePrincipal('sns.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [subscriber.queue.queueArn],
        conditions: { ArnEquals: { 'aws:SourceArn': this.topic.topicArn } },
      }),
    );
    const subscription = new sns.Subscription(this, `${pascalCase(name)}Subscription`, {
      topic: this.topic,
      protocol: sns.SubscriptionProtocol.SQS,
      endpoint: subscriber.queue.queueArn,
      rawMessageDelivery: true,
      deadLetterQueue: undelivered,
    });
    if (delivery.policyDependable !== undefined) subscription.node.addDependency(delivery.policyDependable);
    return undelivered;
  }

  private raiseAlarms({ name, alarms }: TopicProps): void {
    alarms.raise(this, 'FailedAlarm', {
      metric: this.topic.metricNumberOfNotificationsFailed({ period: alarmPeriod, statistic: cloudwatch.Stats.SUM }),
      description: `Topic ${name} could not deliver messages to a subscribed queue.`,
      runbook: 'topic',
      threshold: 1,
      periods: 1,
    });
    for (const [subscriber, queue] of Object.entries(this.undelivered)) {
      alarms.raise(this, `${pascalCase(subscriber)}UndeliveredAlarm`, {
        metric: queue.metricApproximateNumberOfMessagesVisible({
          period: alarmPeriod,
          statistic: cloudwatch.Stats.MAXIMUM,
        }),
        description: `Messages of topic ${name} for queue ${subscriber} lie undelivered.`,
        runbook: 'topic',
        threshold: 1,
        periods: 1,
      });
    }
  }
}
