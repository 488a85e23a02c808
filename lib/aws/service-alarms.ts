import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import type { Construct } from 'constructs';
import type { Service } from '../platform/nouns/service';
import { alarmPeriod, type Alarms } from './alarms';
import type { Traffic } from './traffic';

export interface ServiceAlarmsProps {
  readonly name: string;
  readonly spec: Service;
  readonly service: ecs.FargateService;
  readonly traffic: Traffic | undefined;
  readonly loadBalancerFullName: string;
  readonly alarms: Alarms;
}

const busyPercent = 90;

/** The alarms of a service that somebody is called for, besides those that take a release back. */
export function serviceAlarms(scope: Construct, props: ServiceAlarmsProps): void {
  const { alarms, name, service, spec, traffic } = props;
  const runbook = 'service';
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
    description: `${name} runs fewer tasks than its minimum of ${spec.scale.min}.`,
    metric: insights('RunningTaskCount'),
    threshold: spec.scale.min,
    comparison: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
    periods: 5,
    missingData: cloudwatch.TreatMissingData.BREACHING,
  });
  alarms.raise(scope, 'AtMaximum', {
    runbook,
    description: `${name} runs its maximum of ${spec.scale.max} tasks and cannot grow.`,
    metric: insights('RunningTaskCount'),
    threshold: spec.scale.max,
    periods: 15,
  });
  alarms.raise(scope, 'HighMemory', {
    runbook,
    description: `${name} uses more than ${busyPercent}% of its memory.`,
    metric: service.metricMemoryUtilization({ period: alarmPeriod, statistic: 'Maximum' }),
    threshold: busyPercent,
    periods: 5,
  });
  if (traffic === undefined) return;
  alarms.raise(scope, 'UnhealthyTasks', {
    runbook,
    description: `Tasks of ${name} fail their readiness check.`,
    metric: new cloudwatch.MathExpression({
      expression: traffic.groups.map((_, index) => `FILL(unhealthy${index},0)`).join('+'),
      usingMetrics: Object.fromEntries(
        traffic.groups.map((group, index) => [
          `unhealthy${index}`,
          new cloudwatch.Metric({
            namespace: 'AWS/ApplicationELB',
            metricName: 'UnHealthyHostCount',
            statistic: 'Maximum',
            dimensionsMap: { LoadBalancer: props.loadBalancerFullName, TargetGroup: group.targetGroupFullName },
            period: alarmPeriod,
          }),
        ]),
      ),
      label: 'tasks out of traffic',
      period: Duration.minutes(1),
    }),
    threshold: 1,
    periods: 5,
  });
}
