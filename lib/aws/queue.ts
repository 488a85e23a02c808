import { aws_cloudwatch as cloudwatch, aws_iam as iam, aws_sqs as sqs, Duration, Tags } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { Queue as Model } from '../platform/nouns/messaging';
import { alarmPeriod, type Alarms } from './alarms';
import type { Capability, Reach, Use } from './capability';
import { answerTo, grantKeyUse } from './grants';
import { queuePair } from './queue-pair';

export interface QueueProps {
  /** Name of the part, for people. */
  readonly name: string;
  readonly spec: Model;
  /** Encrypts the messages. Its policy must admit SNS where a topic delivers here. */
  readonly key: kms.IKey;
  readonly alarms: Alarms;
}

/**
 * What the model says about a queue, as SQS has it.
 *
 * An ordered queue takes its duplicates out by an id that the sender gives: the same order sent twice differs in its
 * body, by a time or a trace, so the body is no judge. Ids and order hold per message group, which lifts the limit of
 * 300 requests a second that a whole ordered queue has.
 */
export function queueSettings(
  spec: Model,
): Pick<
  sqs.QueueProps,
  | 'visibilityTimeout'
  | 'retentionPeriod'
  | 'fifo'
  | 'contentBasedDeduplication'
  | 'deduplicationScope'
  | 'fifoThroughputLimit'
> {
  return {
    visibilityTimeout: Duration.seconds(spec.visibilitySeconds),
    retentionPeriod: Duration.hours(spec.retentionHours),
    ...(spec.fifo
      ? {
          fifo: true,
          contentBasedDeduplication: false,
          deduplicationScope: sqs.DeduplicationScope.MESSAGE_GROUP,
          fifoThroughputLimit: sqs.FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
        }
      : {}),
  };
}

/**
 * What each use does with the queue and with its key, which SQS uses on the caller's behalf. Attributes are for scaling
 * and for health checks that reach the queue.
 */
const permissions = {
  sends: {
    queue: ['sqs:SendMessage', 'sqs:GetQueueAttributes'],
    key: ['kms:GenerateDataKey', 'kms:Decrypt'],
  },
  receives: {
    queue: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility', 'sqs:GetQueueAttributes'],
    key: ['kms:Decrypt'],
  },
} as const;

/** A queue of messages with its dead letters: encrypted, TLS only, kept when its stack goes, watched for age. */
export class Queue extends Construct implements Capability {
  public readonly queue: sqs.Queue;
  public readonly deadLetters: sqs.Queue;
  public readonly secrets = {};
  public readonly reach: readonly Reach[] = [];
  private readonly key: kms.IKey;

  public constructor(scope: Construct, id: string, props: QueueProps) {
    super(scope, id);
    const { spec, key } = props;
    this.key = key;
    const { deadLetters, queue } = queuePair(this, {
      ...queueSettings(spec),
      key,
      maxReceives: spec.maxReceives,
    });
    this.deadLetters = deadLetters;
    this.queue = queue;
    Tags.of(this).add('data-class', spec.dataClass);
    this.raiseAlarms(props);
  }

  public values(): Readonly<Record<string, string>> {
    return { url: this.queue.queueUrl };
  }

  public grant(grantee: iam.IGrantable, use: Use): void {
    const { queue, key } = answerTo<(typeof permissions)[keyof typeof permissions]>(this.node.path, permissions, use);
    iam.Grant.addToPrincipal({ grantee, actions: [...queue], resourceArns: [this.queue.queueArn] });
    grantKeyUse(grantee, this.key, { through: 'sqs', actions: key });
  }

  private raiseAlarms({ name, spec, alarms }: QueueProps): void {
    const metric = { period: alarmPeriod, statistic: cloudwatch.Stats.MAXIMUM };
    alarms.raise(this, 'AgeAlarm', {
      metric: this.queue.metricApproximateAgeOfOldestMessage(metric),
      description: `The oldest message of queue ${name} has waited for ${spec.maxAgeSeconds} s or more.`,
      runbook: 'queue',
      threshold: spec.maxAgeSeconds,
    });
    alarms.raise(this, 'DeadLettersAlarm', {
      metric: this.deadLetters.metricApproximateNumberOfMessagesVisible(metric),
      description: `Queue ${name} has dead letters: messages that its consumer failed on ${spec.maxReceives} times.`,
      runbook: 'queue',
      threshold: 1,
      periods: 1,
    });
  }
}
