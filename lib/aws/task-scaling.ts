import { Duration } from 'aws-cdk-lib';
import * as scaling from 'aws-cdk-lib/aws-applicationautoscaling';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import type { Service } from '../platform/nouns/service';

/** A metric and the statistic of it that is added up. */
export interface Load {
  readonly namespace: string;
  readonly metricName: string;
  readonly statistic: 'Sum' | 'Average';
  readonly dimensions: Readonly<Record<string, string>>;
}

export interface TaskScalingProps {
  readonly service: ecs.FargateService;
  readonly scale: Service['scale'];
  /** Requests that arrive, one entry a target group. Empty for a service that is not scaled by requests. */
  readonly requests: readonly Load[];
  /** Messages that wait, one entry a queue. Empty for a service that receives none. */
  readonly backlog: readonly Load[];
}

const cooldown = { scaleOutCooldown: 60, scaleInCooldown: 300 } as const;

/**
 * Scales the tasks of a service between its bounds: on processor use, on requests a task and on messages that wait a task,
 * whichever asks for most. Requests are added up over both target groups of a release, whichever of them has the traffic.
 */
export class TaskScaling extends Construct {
  public readonly target: ecs.ScalableTaskCount;
  private readonly service: ecs.FargateService;

  public constructor(scope: Construct, id: string, props: TaskScalingProps) {
    super(scope, id);
    const { backlog, requests, scale, service } = props;
    this.service = service;
    this.target = service.autoScaleTaskCount({ minCapacity: scale.min, maxCapacity: scale.max });
    this.target.scaleOnCpuUtilization('Cpu', {
      targetUtilizationPercent: scale.cpuPercent,
      scaleOutCooldown: Duration.seconds(cooldown.scaleOutCooldown),
      scaleInCooldown: Duration.seconds(cooldown.scaleInCooldown),
    });
    if (scale.requestsPerTask !== undefined && requests.length > 0)
      this.perTask('Requests', requests, scale.requestsPerTask);
    if (backlog.length > 0) this.perTask('Backlog', backlog, scale.backlogPerTask);
  }

  /** Keeps the sum of the loads, divided by the tasks that run, at the target. */
  private perTask(id: string, loads: readonly Load[], targetValue: number): void {
    const policy = new scaling.CfnScalingPolicy(this, `${id}PerTask`, {
      policyName: `${id}PerTask`,
      policyType: 'TargetTrackingScaling',
      scalingTargetId: this.scalableTargetId(),
      targetTrackingScalingPolicyConfiguration: {
        ...cooldown,
        targetValue,
        customizedMetricSpecification: { metrics: perTaskMetrics(loads, this.runningTasks()) },
      },
    });
    policy.node.addDependency(this.target);
  }

  private scalableTargetId(): string {
    const target = this.target.node.findAll().find((child) => child instanceof scaling.ScalableTarget);
    if (!(target instanceof scaling.ScalableTarget)) throw new Error(`${this.node.path} has no scalable target`);
    return target.scalableTargetId;
  }

  private runningTasks(): Load {
    return {
      namespace: 'ECS/ContainerInsights',
      metricName: 'RunningTaskCount',
      statistic: 'Average',
      dimensions: { ClusterName: this.service.cluster.clusterName, ServiceName: this.service.serviceName },
    };
  }
}

type MetricQuery = scaling.CfnScalingPolicy.TargetTrackingMetricDataQueryProperty;

/** The queries of a target-tracking policy: every load, the tasks, and the one figure that is tracked. */
export function perTaskMetrics(loads: readonly Load[], tasks: Load): MetricQuery[] {
  const query = (id: string, { namespace, metricName, statistic, dimensions }: Load): MetricQuery => ({
    id,
    returnData: false,
    metricStat: {
      stat: statistic,
      metric: {
        namespace,
        metricName,
        dimensions: Object.entries(dimensions).map(([name, value]) => ({ name, value })),
      },
    },
  });
  const ids = loads.map((_, index) => `load${index}`);
  const sum = ids.map((id) => `FILL(${id},0)`).join('+');
  return [
    ...loads.map((load, index) => query(ids[index] ?? '', load)),
    query('tasks', tasks),
    {
      id: 'perTask',
      returnData: true,
      expression: `(${sum})/IF(FILL(tasks,1)>0,tasks,1)`,
      label: 'load per running task',
    },
  ];
}

/** The load of a target group or queue, from its metric. */
export const loadOf = (metric: cloudwatch.Metric, statistic: Load['statistic']): Load => ({
  namespace: metric.namespace,
  metricName: metric.metricName,
  statistic,
  dimensions: Object.fromEntries(Object.entries(metric.dimensions ?? {}).map(([name, value]) => [name, String(value)])),
});
