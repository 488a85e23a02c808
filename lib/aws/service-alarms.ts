import { aws_cloudwatch as cloudwatch, Duration } from 'aws-cdk-lib';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import type { Construct } from 'constructs';
import type { Service } from '../platform/nouns/service';
import { busyDay, busyPromise } from '../platform/objectives';
import { alarmPeriod, type Alarms } from './alarms';
import type { GroupDimensions } from './release-alarms';

/** What the alarms of a service are made from. */
export interface ServiceAlarmsProps {
  readonly name: string;
  readonly scale: Pick<Service['scale'], 'min' | 'max'>;
  readonly service: ecs.FargateService;
  /** Metric dimensions of the service's target groups. Empty for a service without traffic. */
  readonly groups: readonly GroupDimensions[];
  readonly alarms: Alarms;
  /** In which time one task and all of them are to serve. @default - nothing is promised */
  readonly promise?:
    | { readonly servesWithinSeconds: number; readonly growsWithinSeconds: number | undefined }
    | undefined;
  /** How busy processors are on a usual day, in percent. @default - nothing is promised */
  readonly steadyCpuPercent?: number | undefined;
  /** @default service */
  readonly runbook?: string;
}

const busyPercent = 90;

/** How long a service may grow that promises nothing of it. */
const growthSeconds = 600;

/** The alarms of a service that somebody is called for, besides those that take a release back. */
export function serviceAlarms(scope: Construct, props: ServiceAlarmsProps): void {
  const { alarms, groups, name, promise, runbook = 'service', scale, service, steadyCpuPercent } = props;
  const insights = (metricName: string) =>
    new cloudwatch.Metric({
      namespace: 'ECS/ContainerInsights',
      metricName,
      dimensionsMap: { ClusterName: service.cluster.clusterName, ServiceName: service.serviceName },
      statistic: 'Average',
      period: alarmPeriod,
    });
  alarms.raise(scope, 'TooFewTasks', {
    runbook,
    description: `${name} runs fewer tasks than its minimum of ${scale.min}.`,
    metric: insights('RunningTaskCount'),
    threshold: scale.min,
    comparison: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
    periods: 5,
    missingData: cloudwatch.TreatMissingData.BREACHING,
  });
  if (promise !== undefined) {
    const wanted = insights('DesiredTaskCount');
    const running = insights('RunningTaskCount');
    alarms.raise(scope, 'LateTasks', {
      runbook,
      description: `Tasks of ${name} that were asked for do not run, and ${promise.servesWithinSeconds} s were promised each.`,
      metric: new cloudwatch.MathExpression({
        expression: 'wanted-running',
        usingMetrics: { wanted, running },
        label: 'tasks that do not run yet',
        period: alarmPeriod,
      }),
      threshold: 1,
      // While a service grows, some are always on their way.
      periods: Math.ceil((promise.growsWithinSeconds ?? growthSeconds) / alarmPeriod.toSeconds()) + 1,
    });
  }
  if (scale.max > scale.min) {
    alarms.raise(scope, 'AtMaximum', {
      runbook,
      description: `${name} wants its maximum of ${scale.max} tasks and cannot grow.`,
      // Wanted, not running: a release that moves traffic runs twice as many.
      metric: insights('DesiredTaskCount'),
      threshold: scale.max,
      periods: 15,
    });
  }
  alarms.raise(scope, 'HighMemory', {
    runbook,
    description: `${name} uses more than ${busyPercent}% of its memory.`,
    metric: service.metricMemoryUtilization({ period: alarmPeriod, statistic: 'Maximum' }),
    threshold: busyPercent,
    periods: 5,
  });
  if (steadyCpuPercent !== undefined) {
    alarms.raise(scope, 'BusyDay', {
      runbook,
      description: busyPromise(name, steadyCpuPercent),
      metric: service.metricCpuUtilization({ period: Duration.hours(busyDay.quarterHours), statistic: 'Average' }),
      threshold: steadyCpuPercent,
      comparison: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      periods: busyDay.quarters,
    });
  }
  if (groups.length === 0) return;
  alarms.raise(scope, 'UnhealthyTasks', {
    runbook,
    description: `Tasks of ${name} fail their readiness check.`,
    metric: unhealthyTasks(groups),
    threshold: 1,
    // The newest minute has no data yet and counts as zero.
    periods: 6,
    periodsToAlarm: 5,
  });
}

/** Tasks that the load balancer has taken out of traffic, in all groups. */
const unhealthyTasks = (groups: readonly GroupDimensions[]): cloudwatch.MathExpression =>
  new cloudwatch.MathExpression({
    expression: groups.map((_, index) => `FILL(unhealthy${index},0)`).join('+'),
    usingMetrics: Object.fromEntries(
      groups.map((dimensionsMap, index) => [
        `unhealthy${index}`,
        new cloudwatch.Metric({
          namespace: 'AWS/ApplicationELB',
          metricName: 'UnHealthyHostCount',
          statistic: 'Maximum',
          dimensionsMap,
          period: alarmPeriod,
        }),
      ]),
    ),
    label: 'tasks out of traffic',
    period: alarmPeriod,
  });
