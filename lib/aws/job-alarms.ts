import { aws_cloudwatch as cloudwatch, Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { missedMinutes } from '../platform/jobs';
import type { Job } from '../platform/nouns/job';
import type { Alarms } from './alarms';

export interface JobAlarmsProps {
  /** Which job, for people: `reconcile of order`. */
  readonly job: string;
  readonly spec: Job;
  /** Whether anything begins yet. */
  readonly begins: boolean;
  readonly machineArn: string;
  readonly alarms: Alarms;
}

/** Ends of a run that are no good one. */
const bad = ['ExecutionsFailed', 'ExecutionsTimedOut', 'ExecutionsAborted'] as const;

const runbook = 'jobs';

/** Periods in which good runs are looked for, in minutes: CloudWatch looks back for a day by the minute, and for a week by the hour. */
const fine = { minutes: 5, upTo: 240 } as const;
const coarse = { minutes: 60 } as const;

/** How CloudWatch looks for a good run within so many minutes: in how many periods, and of which length. */
export function lookBack(minutes: number): { readonly periods: number; readonly minutes: number } {
  const length = minutes <= fine.upTo ? fine.minutes : coarse.minutes;
  return { periods: Math.ceil(minutes / length), minutes: length };
}

/** Calls somebody when a run fails or does not end, and when there was no good one for too long. */
export function raiseJobAlarms(scope: Construct, { alarms, begins, job, machineArn, spec }: JobAlarmsProps): void {
  const metric = (metricName: string, minutes: number) =>
    new cloudwatch.Metric({
      namespace: 'AWS/States',
      metricName,
      dimensionsMap: { StateMachineArn: machineArn },
      statistic: cloudwatch.Stats.SUM,
      period: Duration.minutes(minutes),
    });
  alarms.raise(scope, 'Failed', {
    metric: new cloudwatch.MathExpression({
      expression: bad.map((_, index) => `FILL(m${index},0)`).join('+'),
      usingMetrics: Object.fromEntries(bad.map((name, index) => [`m${index}`, metric(name, fine.minutes)])),
      label: 'failed runs',
      period: Duration.minutes(fine.minutes),
    }),
    description: `A run of the job ${job} failed, or did not end in ${spec.timeoutMinutes} min.`,
    runbook,
    threshold: 1,
    periods: 1,
  });
  const missed = missedMinutes(spec);
  if (missed === undefined || !begins) return;
  const { minutes, periods } = lookBack(missed);
  alarms.raise(scope, 'Missed', {
    metric: metric('ExecutionsSucceeded', minutes),
    description: `The job ${job} had no good run for ${missed} min.`,
    runbook,
    threshold: 1,
    comparison: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
    periods,
    missingData: cloudwatch.TreatMissingData.BREACHING,
  });
}
