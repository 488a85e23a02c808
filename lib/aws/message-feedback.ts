import { aws_cloudwatch as cloudwatch, aws_events as events, aws_iam as iam } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge';
import { alarmPeriod, type Alarms } from './alarms';
import { deadLetterQueue } from './dead-letters';
import type { Queue } from './queue';

export interface MessageFeedbackProps {
  /** Name of the part, for people. */
  readonly name: string;
  /** Which events of the default bus are told. */
  readonly pattern: events.EventPattern;
  /** What is told; in the same stack. */
  readonly queue: Queue;
  /** Encrypts what could not be delivered. Its policy must admit EventBridge. */
  readonly key: kms.IKey;
  readonly alarms: Alarms;
}

/** Tells a queue what did not arrive, as EventBridge has it. What cannot be told either is kept and calls somebody. */
export class MessageFeedback extends Construct {
  public readonly rule: events.Rule;
  public readonly undelivered: sqs.Queue;

  public constructor(scope: Construct, id: string, props: MessageFeedbackProps) {
    super(scope, id);
    const { alarms, key, name, pattern, queue } = props;
    this.undelivered = deadLetterQueue(this, 'Undelivered', { key, fifo: false });
    acknowledge(this.undelivered, {
      'AwsSolutions-SQS3': 'This queue is itself where EventBridge puts the events that it could not deliver.',
    });
    this.rule = new events.Rule(this, 'Rule', {
      description: `What did not arrive of messages ${name}`,
      eventPattern: pattern,
    });
    this.rule.addTarget({ bind: () => this.target(queue.queue) });
    alarms.raise(this, 'UndeliveredAlarm', {
      metric: this.undelivered.metricApproximateNumberOfMessagesVisible({
        period: alarmPeriod,
        statistic: cloudwatch.Stats.MAXIMUM,
      }),
      description: `What did not arrive of messages ${name} could not be told to its queue.`,
      runbook: 'messages',
      threshold: 1,
      periods: 1,
    });
  }

  /** Not CDK's `SqsQueue`: that one opens the queue to every rule of the account. */
  private target(queue: sqs.IQueue): events.RuleTargetConfig {
    for (const each of [queue, this.undelivered]) {
      each.addToResourcePolicy(
        new iam.PolicyStatement({
          principals: [new iam.ServicePrincipal('events.amazonaws.com')],
          actions: ['sqs:SendMessage'],
          resources: [each.queueArn],
          conditions: { ArnEquals: { 'aws:SourceArn': this.rule.ruleArn } },
        }),
      );
    }
    return { arn: queue.queueArn, deadLetterConfig: { arn: this.undelivered.queueArn } };
  }
}
