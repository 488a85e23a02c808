import { aws_applicationautoscaling as scaling, Duration, TimeZone } from 'aws-cdk-lib';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import { pascalCase } from '../platform/ids';
import type { Schedule } from '../platform/nouns/scale';
import type { Service } from '../platform/nouns/service';
import { awsCron } from './cron';
import { StepScaling } from './step-scaling';

/** A metric and the statistic of it that is added up, minute by minute. */
export interface Load {
  readonly namespace: string;
  readonly metricName: string;
  readonly statistic: 'Sum' | 'Average';
  readonly dimensions: Readonly<Record<string, string>>;
}

/** Bounds and targets of a service, and what its load is measured by. */
export interface TaskScalingProps {
  readonly service: ecs.FargateService;
  readonly scale: Service['scale'];
  /** Dimensions of the target groups between which releases move. Empty for a service without traffic. */
  readonly groups: readonly Load['dimensions'][];
  /** Names of the queues that the service empties. */
  readonly queues: readonly string[];
  /** Connections that a task should hold, and what tells how many it does. @default - clients keep none open */
  readonly sockets?: { readonly perTask: number; readonly load: Load } | undefined;
}

/** Seconds: grow at once, shrink slowly. */
const cooldown = { out: 60, in: 300 } as const;

/**
 * Scales the tasks of a service between its bounds: on processor use, on requests a task, on messages that wait a task and
 * on connections a task, by steps and by schedules, whichever asks for most. The maximum is the cap on cost.
 */
export class TaskScaling extends Construct {
  public readonly target: ecs.ScalableTaskCount;

  public constructor(scope: Construct, id: string, props: TaskScalingProps) {
    super(scope, id);
    const { groups, queues, scale, service, sockets } = props;
    this.target = service.autoScaleTaskCount({ minCapacity: scale.min, maxCapacity: scale.max });
    this.target.scaleOnCpuUtilization('Cpu', {
      targetUtilizationPercent: scale.cpuPercent,
      scaleOutCooldown: Duration.seconds(cooldown.out),
      scaleInCooldown: Duration.seconds(cooldown.in),
    });
    if (scale.requestsPerTask !== undefined && groups.length > 0) {
      this.track('RequestsPerTask', scale.requestsPerTask, requestsPerTask(groups));
    }
    if (queues.length > 0) {
      this.track('BacklogPerTask', scale.backlogPerTask, backlogPerTask(queues, runningTasks(service)));
    }
    for (const [name, schedule] of Object.entries(scale.schedules)) this.plan(pascalCase(name), schedule, scale);
    if (scale.steps !== undefined) new StepScaling(this, 'Steps', { service, target: this.target, spec: scale.steps });
    if (sockets !== undefined)
      this.track('SocketsPerTask', sockets.perTask, tracked([sockets.load], 'connections a task'));
  }

  /** More tasks from one time to another; load may ask for more at any time. */
  private plan(id: string, { from, min, timeZone, until }: Schedule, scale: TaskScalingProps['scale']): void {
    const times = [
      { suffix: 'Begins', at: from, minCapacity: min },
      { suffix: 'Ends', at: until, minCapacity: scale.min },
    ];
    for (const { at, minCapacity, suffix } of times) {
      this.target.scaleOnSchedule(`${id}${suffix}`, {
        schedule: scaling.Schedule.expression(awsCron(at)),
        timeZone: TimeZone.of(timeZone),
        minCapacity,
        maxCapacity: scale.max,
      });
    }
  }

  private track(id: string, targetValue: number, metrics: MetricQuery[]): void {
    const policy = new scaling.CfnScalingPolicy(this, id, {
      policyName: id,
      policyType: 'TargetTrackingScaling',
      // What CDK calls the resource's id here is CloudFormation's id of the target.
      scalingTargetId: this.target.scalableTargetRef.resourceId,
      targetTrackingScalingPolicyConfiguration: {
        scaleOutCooldown: cooldown.out,
        scaleInCooldown: cooldown.in,
        targetValue,
        customizedMetricSpecification: { metrics },
      },
    });
    policy.node.addDependency(this.target);
  }
}

type MetricQuery = scaling.CfnScalingPolicy.TargetTrackingMetricDataQueryProperty;

/**
 * Requests a minute that each task of one fleet would have if it had all traffic. In a release, the requests per task of
 * both fleets add up to that, wherever the traffic is; a count of tasks would count both fleets and halve it.
 */
export const requestsPerTask = (groups: readonly Load['dimensions'][]): MetricQuery[] =>
  tracked(
    groups.map((dimensions) => ({
      namespace: 'AWS/ApplicationELB',
      metricName: 'RequestCountPerTarget',
      statistic: 'Sum',
      dimensions,
    })),
    'requests a task',
  );

/** Messages that wait for each running task. Both fleets of a release receive messages, so both are counted. */
export const backlogPerTask = (queues: readonly string[], tasks: Load): MetricQuery[] =>
  tracked(
    queues.map((QueueName) => ({
      namespace: 'AWS/SQS',
      metricName: 'ApproximateNumberOfMessagesVisible',
      statistic: 'Average',
      dimensions: { QueueName },
    })),
    'messages a task',
    tasks,
  );

/**
 * The queries of a target-tracking policy: every load, what they are divided by, and the one figure that is tracked. `SUM`
 * of a list leaves out series that have no data, such as an idle target group; filling them would put a zero in the newest
 * minute, whose data are late, and the policy would never grow.
 */
function tracked(loads: readonly Load[], label: string, divisor?: Load): MetricQuery[] {
  const names = loads.map((_, index) => `load${index}`);
  const sum = `SUM([${names.join(',')}])`;
  return [
    ...loads.map((load, index) => query(`load${index}`, load)),
    ...(divisor === undefined ? [] : [query('tasks', divisor)]),
    { id: 'tracked', returnData: true, expression: divisor === undefined ? sum : `${sum}/tasks`, label },
  ];
}

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

const runningTasks = ({ cluster, serviceName }: ecs.FargateService): Load => ({
  namespace: 'ECS/ContainerInsights',
  metricName: 'RunningTaskCount',
  statistic: 'Average',
  dimensions: { ClusterName: cluster.clusterName, ServiceName: serviceName },
});
