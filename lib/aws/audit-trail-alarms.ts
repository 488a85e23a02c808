import { aws_logs as logs, Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Alarms } from './alarms';

/** Calls that somebody is called for. */
export interface WatchedCalls {
  /** Id of the alarm, and name of its metric. */
  readonly id: string;
  readonly description: string;
  /** Filter of CloudWatch Logs that finds them among the records of CloudTrail. */
  readonly pattern: string;
}

const named = (source: string, ...names: readonly string[]): string =>
  `{ $.eventSource = "${source}.amazonaws.com" && (${names.map((name) => `$.eventName = "${name}"`).join(' || ')}) }`;

/** The calls that nobody should make, or nobody unnoticed. CIS AWS Foundations Benchmark 3.0, 4.3, 4.2, 4.7 and 4.5. */
export const watchedCalls: readonly WatchedCalls[] = [
  {
    id: 'RootUse',
    description: 'The root user of the account was used.',
    pattern:
      '{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent" }',
  },
  {
    id: 'LoginWithoutSecondFactor',
    description: 'A user signed in to the console without a second factor.',
    pattern:
      '{ $.eventName = "ConsoleLogin" && $.userIdentity.type = "IAMUser" && $.additionalEventData.MFAUsed != "Yes" && $.responseElements.ConsoleLogin = "Success" }',
  },
  {
    id: 'KeyDeletion',
    description: 'A customer key was disabled or is going to be deleted: what it encrypts would be lost.',
    pattern: named('kms', 'DisableKey', 'ScheduleKeyDeletion'),
  },
  {
    id: 'TrailChange',
    description: 'A trail was changed or stopped: somebody may be covering their tracks.',
    pattern: named(
      'cloudtrail',
      'CreateTrail',
      'UpdateTrail',
      'DeleteTrail',
      'StartLogging',
      'StopLogging',
      'PutEventSelectors',
    ),
  },
];

export interface TrailAlarmsProps {
  /** Where CloudTrail writes. */
  readonly logGroup: logs.ILogGroup;
  /** What names of the stage begin with. */
  readonly prefix: string;
  readonly alarms: Alarms;
}

/** An alarm for each of the {@link watchedCalls}. One call is enough. */
export function trailAlarms(scope: Construct, { alarms, logGroup, prefix }: TrailAlarmsProps): void {
  for (const { description, id, pattern } of watchedCalls) {
    const filter = new logs.MetricFilter(scope, `${id}Filter`, {
      logGroup,
      filterPattern: logs.FilterPattern.literal(pattern),
      metricNamespace: `${prefix}/audit`,
      metricName: id,
      metricValue: '1',
      defaultValue: 0,
    });
    alarms.raise(scope, id, {
      runbook: 'security-finding',
      description,
      metric: filter.metric({ statistic: 'Sum', period: Duration.minutes(5) }),
      threshold: 1,
      periods: 1,
    });
  }
}
