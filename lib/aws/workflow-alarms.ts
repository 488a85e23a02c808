import { aws_cloudwatch as cloudwatch, aws_logs as logs, Duration, Names } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { alarmPeriod, type Alarms } from './alarms';
import { undoneState } from './saga-definition';

export interface WorkflowAlarmsProps {
  /** Name of the workflow, for people. */
  readonly name: string;
  readonly machineArn: string;
  /** Where the machine logs every event. */
  readonly logGroup: logs.ILogGroup;
  readonly alarms: Alarms;
  /** How fast a step is to be undone, and where it is noted how long that took. @default - nothing is promised */
  readonly undoing?:
    | { readonly namespace: string; readonly metricName: string; readonly withinMilliseconds: number }
    | undefined;
}

/** Namespace of what workflows say of themselves. */
export const workflowFigures = 'Mainstay/Workflows';

/** Ends of a run that leave the business half done, by metric, and what to tell the person who is called. */
const bad = {
  ExecutionsFailed: 'stopped half undone: a compensation failed at every try',
  ExecutionsTimedOut: 'ran longer than every try together takes, and was ended where it stood',
  ExecutionsAborted: 'was aborted by hand and left half done',
  ExecutionThrottled: "was held up: Step Functions throttles the account's state transitions",
} as const;

/** Undone runs are business as usual in small numbers (a card is declined) and an outage in large ones. */
const undone = { percent: 50, minimumRuns: 10, window: Duration.minutes(15) };

/** Calls somebody when a run is left half done, or when most runs are undone. */
export function raiseWorkflowAlarms(
  scope: Construct,
  { name, machineArn, logGroup, alarms, undoing }: WorkflowAlarmsProps,
): void {
  const metric = (metricName: string, period: Duration) =>
    new cloudwatch.Metric({
      namespace: 'AWS/States',
      metricName,
      dimensionsMap: { StateMachineArn: machineArn },
      statistic: cloudwatch.Stats.SUM,
      period,
    });
  for (const [metricName, what] of Object.entries(bad)) {
    alarms.raise(scope, `${metricName}Alarm`, {
      metric: metric(metricName, alarmPeriod),
      description: `A run of workflow ${name} ${what}.`,
      runbook: 'workflow',
      threshold: 1,
      periods: 1,
    });
  }
  const ends = new logs.MetricFilter(scope, 'UndoneRuns', {
    logGroup,
    filterPattern: logs.FilterPattern.all(
      logs.FilterPattern.stringValue('$.type', '=', 'SucceedStateEntered'),
      logs.FilterPattern.stringValue('$.details.name', '=', undoneState),
    ),
    metricNamespace: workflowFigures,
    metricName: `${Names.uniqueResourceName(scope, { maxLength: 80 })}Undone`,
    metricValue: '1',
  });
  alarms.raise(scope, 'UndoneAlarm', {
    metric: new cloudwatch.MathExpression({
      expression: `IF(started >= ${undone.minimumRuns}, 100 * FILL(undone, 0) / started, 0)`,
      usingMetrics: {
        started: metric('ExecutionsStarted', undone.window),
        undone: ends.metric({ statistic: cloudwatch.Stats.SUM, period: undone.window }),
      },
      period: undone.window,
      label: 'undone runs, percent',
    }),
    description: `${undone.percent}% or more of the runs of workflow ${name} are undone.`,
    runbook: 'workflow',
    threshold: undone.percent,
    periods: 1,
  });
  if (undoing !== undefined) {
    const { metricName, namespace, withinMilliseconds } = undoing;
    alarms.raise(scope, 'SlowUndoing', {
      metric: new cloudwatch.Metric({
        namespace,
        metricName,
        statistic: cloudwatch.Stats.percentile(95),
        period: Duration.minutes(5),
      }),
      description: `Workflow ${name} undoes later than the ${withinMilliseconds} ms that it promises: others wait for what failed runs hold.`,
      runbook: 'workflow',
      threshold: withinMilliseconds,
      comparison: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      periods: 3,
      periodsToAlarm: 2,
    });
  }
}
