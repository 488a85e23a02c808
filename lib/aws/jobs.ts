import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { byName } from '../platform/by-name';
import type { Job as Spec } from '../platform/nouns/job';
import { acknowledge } from './acknowledge';
import { alarmPeriod } from './alarms';
import { deadLetterQueue } from './dead-letters';
import { grantKeyUse } from './grants';
import { Job, type JobProps } from './job';
import { encryptedLogGroup } from './log-group';
import type { Received } from './service-uses';

export interface JobsProps extends Omit<
  JobProps,
  'deadLetters' | 'machineLogs' | 'name' | 'received' | 'spec' | 'starter'
> {
  readonly jobs: Readonly<Record<string, Spec>>;
  /** What a job receives, by its name. */
  readonly receives: (job: string) => Received;
  readonly keys: { readonly logs: kms.IKey; readonly messaging: kms.IKey };
}

/** The jobs of a service, who begins them, and where beginnings go that failed. */
export class Jobs extends Construct {
  public readonly deadLetters: sqs.Queue;
  /** By name. */
  public readonly jobs: Readonly<Record<string, Job>>;

  public constructor(scope: Construct, id: string, props: JobsProps) {
    super(scope, id);
    const { jobs, keys, platform, receives } = props;
    const machineLogs = encryptedLogGroup(this, 'MachineLogs', { key: keys.logs, days: platform.stage.logDays });
    this.deadLetters = this.keepFailedStarts(props);
    const starter = new iam.Role(this, 'Starter', {
      assumedBy: new iam.ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    });
    this.jobs = byName(
      Object.entries(jobs),
      'Job',
      (part, name, spec) =>
        new Job(this, part, {
          ...props,
          name,
          spec,
          received: receives(name),
          machineLogs,
          starter,
          deadLetters: this.deadLetters,
        }),
    );
    this.allowStarts(starter, keys.messaging);
  }

  private keepFailedStarts({ alarms, keys, service }: JobsProps): sqs.Queue {
    const queue = deadLetterQueue(this, 'DeadLetters', { key: keys.messaging, fifo: false });
    acknowledge(queue, {
      'AwsSolutions-SQS3': 'This queue is itself where the scheduler puts what it could not do.',
    });
    alarms.raise(this, 'NotStarted', {
      metric: queue.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum', period: alarmPeriod }),
      description: `A job of ${service} could not be started.`,
      runbook: 'jobs',
      threshold: 1,
      periods: 1,
    });
    return queue;
  }

  private allowStarts(starter: iam.Role, messagingKey: kms.IKey): void {
    const policy = new iam.ManagedPolicy(this, 'Starts', {
      roles: [starter],
      statements: [
        new iam.PolicyStatement({
          actions: ['states:StartExecution'],
          resources: Object.values(this.jobs).map(({ machine }) => machine.attrArn),
        }),
        new iam.PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.deadLetters.queueArn] }),
      ],
    });
    grantKeyUse(policy, messagingKey, { through: 'sqs', actions: ['kms:Decrypt', 'kms:GenerateDataKey'] });
  }
}
