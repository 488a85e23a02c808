import { aws_cloudwatch as cloudwatch, aws_events as events, aws_iam as iam, Duration } from 'aws-cdk-lib';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { named } from '../platform/named';
import { alarmPeriod, type Alarms } from './alarms';
import { copyTime, ObjectCopier, type ObjectCopierProps } from './object-copier';
import { queuePair } from './queue-pair';

export interface ObjectCopiesProps extends Omit<ObjectCopierProps, 'queue'> {
  readonly alarms: Alarms;
}

/**
 * A message is tried again after 15 seconds, then twice as late, up to five minutes: so often, it outlasts an hour without the link. What
 * is lost after that is found by comparing.
 */
const maxReceives = 16;

/** A function that was stopped gives its messages back soon after. */
const visibility = copyTime.plus(Duration.minutes(1));

/** How often buckets and containers are compared. */
const comparePeriod = Duration.hours(1);

const runbook = 'object-copies';

/**
 * Keeps copies of objects on the recovery site: what changes in a bucket is an event, and each event a message to the function that copies.
 * Every hour the function compares whole buckets, so that what no event told of is copied all the same.
 *
 * @throws Error if a bucket that is copied is not among those given
 */
export class ObjectCopies extends Construct {
  public readonly queue: sqs.Queue;
  public readonly deadLetters: sqs.Queue;
  public readonly copier: ObjectCopier;
  public readonly changes: events.Rule;
  public readonly comparison: events.Rule;

  public constructor(scope: Construct, id: string, props: ObjectCopiesProps) {
    super(scope, id);
    const { buckets, copies, messagingKey } = props;
    const { deadLetters, queue } = queuePair(this, {
      key: messagingKey,
      maxReceives,
      visibilityTimeout: visibility,
      retentionPeriod: Duration.days(4),
    });
    this.queue = queue;
    this.deadLetters = deadLetters;
    this.copier = new ObjectCopier(this, 'Copier', { ...props, queue });
    const copied = copies.buckets.map(({ name }) => named('buckets', buckets, name).bucket.bucketName);
    this.changes = this.tell('Changes', {
      description: 'Objects have changed that are copied to the recovery site',
      eventPattern: {
        source: ['aws.s3'],
        detailType: ['Object Created', 'Object Deleted'],
        detail: { bucket: { name: copied } },
      },
    });
    this.comparison = this.tell(
      'Comparison',
      {
        description: 'Compares what is copied to the recovery site with what is there',
        schedule: events.Schedule.rate(comparePeriod),
      },
      events.RuleTargetInput.fromObject({ reconcile: {} }),
    );
    this.raiseAlarms(props);
  }

  /** Not CDK's target of queues: that one writes into the key's policy, which lives in another stack. */
  private tell(id: string, props: events.RuleProps, input?: events.RuleTargetInput): events.Rule {
    const rule = new events.Rule(this, id, props);
    rule.addTarget({
      bind: () => ({
        arn: this.queue.queueArn,
        deadLetterConfig: { arn: this.deadLetters.queueArn },
        ...(input === undefined ? {} : { input }),
      }),
    });
    for (const queue of [this.queue, this.deadLetters]) {
      queue.addToResourcePolicy(
        new iam.PolicyStatement({
          sid: `${id}Arrive`,
          principals: [new iam.ServicePrincipal('events.amazonaws.com')],
          actions: ['sqs:SendMessage'],
          resources: [queue.queueArn],
          conditions: { ArnEquals: { 'aws:SourceArn': rule.ruleArn } },
        }),
      );
    }
    return rule;
  }

  private raiseAlarms({ alarms, copies }: ObjectCopiesProps): void {
    const greatest = { period: alarmPeriod, statistic: cloudwatch.Stats.MAXIMUM };
    const lateSeconds = (copies.pointMinutes * 60) / 2;
    alarms.raise(this, 'Late', {
      metric: this.queue.metricApproximateAgeOfOldestMessage(greatest),
      description: `An object has waited for ${lateSeconds} s or more to be copied, half of what may be lost.`,
      runbook,
      threshold: lateSeconds,
      periods: 2,
    });
    alarms.raise(this, 'DeadLettersAlarm', {
      metric: this.deadLetters.metricApproximateNumberOfMessagesVisible(greatest),
      description: 'Objects could not be copied to the recovery site.',
      runbook,
      threshold: 1,
      periods: 1,
    });
    alarms.raise(this, 'Failing', {
      metric: this.copier.function.metricErrors({ period: Duration.minutes(5), statistic: cloudwatch.Stats.SUM }),
      description: 'What copies objects to the recovery site is stopped before its end.',
      runbook,
      threshold: 1,
      periods: 3,
    });
    alarms.raise(this, 'NotCompared', {
      metric: this.copier.function.metricInvocations({ period: comparePeriod, statistic: cloudwatch.Stats.SUM }),
      description: 'For two hours nothing was copied to the recovery site, or compared with it.',
      runbook,
      threshold: 1,
      comparison: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
      missingData: cloudwatch.TreatMissingData.BREACHING,
      periods: 2,
    });
  }
}
