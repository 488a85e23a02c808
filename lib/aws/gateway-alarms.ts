import { aws_cloudwatch as cloudwatch } from 'aws-cdk-lib';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import type { Construct } from 'constructs';
import { errorThreshold, minimumRequests } from '../platform/gateway/errors';
import type { Goals } from '../platform/nouns/goals';
import { alarmPeriod, type Alarms } from './alarms';
import type { GroupDimensions } from './release-alarms';

const runbook = 'gateway';

const measured = (dimensions: GroupDimensions, metricName: string, statistic: string): cloudwatch.Metric =>
  new cloudwatch.Metric({
    namespace: 'AWS/ApplicationELB',
    metricName,
    statistic,
    dimensionsMap: { ...dimensions },
    period: alarmPeriod,
  });

/** Name of the alarm on what clients get from the gateway of a stage. Flags know it by name, because their stack is made before. */
export const gatewayErrorsName = (prefix: string): string => `${prefix}-gateway-errors`;

export interface TrafficAlarmsProps {
  /** Name of the alarm on errors. @default - CloudFormation names it */
  readonly errorsName?: string;
  readonly dimensions: GroupDimensions;
  readonly goals: Pick<Goals, 'errorPercent' | 'p95Milliseconds'>;
  readonly alarms: Alarms;
}

/** Alarms about what clients get. A release of the gateway that sets one off is taken back. */
export function trafficAlarms(scope: Construct, props: TrafficAlarmsProps): readonly cloudwatch.Alarm[] {
  const { alarms, dimensions, errorsName, goals } = props;
  const requests = measured(dimensions, 'RequestCount', 'Sum');
  const enough = `FILL(requests,0)>=${minimumRequests}`;
  // The newest minute has no data yet, so not all of them can be asked for.
  const shared = {
    runbook,
    periods: 5,
    periodsToAlarm: 3,
    comparison: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
  };
  return [
    alarms.raise(scope, 'Errors', {
      ...shared,
      ...(errorsName === undefined ? {} : { name: errorsName }),
      description: `More than ${errorThreshold(goals)}% of the requests through the gateway fail.`,
      metric: new cloudwatch.MathExpression({
        expression: `IF(${enough},100*(FILL(failures,0)+FILL(unreached,0))/FILL(requests,1),0)`,
        usingMetrics: {
          requests,
          failures: measured(dimensions, 'HTTPCode_Target_5XX_Count', 'Sum'),
          unreached: measured(dimensions, 'TargetConnectionErrorCount', 'Sum'),
        },
        label: 'failed requests, %',
        period: alarmPeriod,
      }),
      threshold: errorThreshold(goals),
    }),
    alarms.raise(scope, 'Latency', {
      ...shared,
      description: `One request in twenty through the gateway takes longer than ${goals.p95Milliseconds} ms.`,
      metric: new cloudwatch.MathExpression({
        expression: `IF(${enough},1000*FILL(seconds,0),0)`,
        usingMetrics: { requests, seconds: measured(dimensions, 'TargetResponseTime', 'p95') },
        label: '95th percentile, ms',
        period: alarmPeriod,
      }),
      threshold: goals.p95Milliseconds,
    }),
  ];
}

export interface TargetAlarmsProps {
  readonly dimensions: GroupDimensions;
  readonly alarms: Alarms;
}

export interface TaskAlarmsProps extends TargetAlarmsProps {
  readonly service: ecs.FargateService;
}

const busyPercent = 85;

/** Alarms about who takes requests: tasks, or pods. */
export function targetAlarms(scope: Construct, { alarms, dimensions }: TargetAlarmsProps): void {
  alarms.raise(scope, 'UnhealthyTasks', {
    runbook,
    description: 'Tasks of the gateway are out of traffic.',
    metric: measured(dimensions, 'UnHealthyHostCount', 'Maximum'),
    threshold: 1,
    periods: 5,
  });
  alarms.raise(scope, 'NoTasks', {
    runbook,
    description: 'No task of the gateway takes requests.',
    metric: measured(dimensions, 'HealthyHostCount', 'Minimum'),
    threshold: 1,
    comparison: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
    missingData: cloudwatch.TreatMissingData.BREACHING,
  });
}

/** Alarms about the tasks themselves. */
export function taskAlarms(scope: Construct, { service, ...props }: TaskAlarmsProps): void {
  targetAlarms(scope, props);
  props.alarms.raise(scope, 'HighCpu', {
    runbook,
    description: `The gateway uses more than ${busyPercent}% of its processors, and does not grow as fast as its load.`,
    metric: service.metricCpuUtilization({ period: alarmPeriod, statistic: 'Average' }),
    threshold: busyPercent,
    periods: 10,
  });
}
