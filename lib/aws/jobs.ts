import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { byName } from '../platform/by-name';
import type { Job as Spec } from '../platform/nouns/job';
import { Job, type JobProps } from './job';
import { encryptedLogGroup } from './log-group';
import { allowStarts, failedStarts, starterRole } from './machine-starts';
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
    this.deadLetters = failedStarts(this, {
      key: keys.messaging,
      alarms: props.alarms,
      description: `A job of ${props.service} could not be started.`,
      runbook: 'jobs',
    });
    const starter = starterRole(this);
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
    allowStarts(this, {
      starter,
      machines: Object.values(this.jobs).map(({ machine }) => machine),
      deadLetters: this.deadLetters,
      key: keys.messaging,
    });
  }
}
