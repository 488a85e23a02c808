import { eksCluster } from '../../platform/names';
import type { Platform } from '../../platform/platform';
import { boundsOf, containerTold, ecsServicesOf, type EcsService } from '../aws/ecs-services';
import { resourcesOf, type Resource } from '../aws/stack';
import { listOf, numberOf, objectOf, textOf, type Json, type JsonObject } from '../json';
import type { Cluster } from '../kubernetes/cluster';
import { scalersOf, type Scaler } from '../kubernetes/workloads';
import { SERVICE_NAME } from '../recovery/contract';
import { growing, type Figure } from './figures';
import type { GoalOutputs } from './outputs';
import { timed, type Timed } from './timed';

/** One way in which the tasks of a service become more. */
interface Way {
  /** From the rush to the first tasks that are asked for, in seconds. */
  readonly noticedSeconds: number;
  /** From one time at which tasks are asked for to the next, in seconds. */
  readonly everySeconds: number;
  /** How many there are to be where so many are busy through and through. */
  readonly more: (tasks: number) => number;
  readonly at: string;
}

/** How a service grows: its bounds, every way to grow, and what comes on top. */
interface Grown {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly ways: readonly Way[];
  /** Until there are nodes for them; nothing where each task brings its own. */
  readonly nodes: Figure | undefined;
}

/**
 * From a rush that nobody knew of to as many tasks as there may be, all of which serve.
 *
 * @param starts From a task that is asked for to one that serves.
 */
export function growthsOf(outputs: GoalOutputs, platform: Platform, starts: readonly Timed[]): readonly Timed[] {
  return grownIn(outputs, platform).flatMap(({ least, most, name, nodes, ways }) => {
    const start = starts.find(({ about }) => about === `services.${name}`);
    if (start === undefined) return [];
    const sums = ways.map((way) => ({ way, times: timesToReach(way, least, most) }));
    const [best] = sums.sort((a, b) => secondsOf(a) - secondsOf(b));
    const parts = [
      {
        part: 'the rush is noticed',
        seconds: best?.way.noticedSeconds ?? Infinity,
        source: best?.way.at ?? 'nothing in the output makes tasks more',
      },
      {
        part: `${least} tasks become ${most} in ${best?.times ?? 0} steps`,
        seconds: best === undefined ? Infinity : (best.times - 1) * best.way.everySeconds,
        source: best?.way.at ?? '',
      },
      ...(nodes === undefined ? [] : [{ part: 'nodes for them', seconds: nodes.value, source: nodes.source }]),
      { part: 'the last of them serve', seconds: start.seconds, source: `services.${name} above` },
    ];
    const goal = platform.services[name]?.scale.growsWithinSeconds;
    return [timed(`services.${name}`, 'scale.growsWithinSeconds', goal, most > least ? parts : [])];
  });
}

const secondsOf = ({ times, way }: { readonly way: Way; readonly times: number }): number =>
  way.noticedSeconds + (times - 1) * way.everySeconds;

/** How often tasks must be asked for until there are as many as there may be. */
function timesToReach({ more }: Way, least: number, most: number): number {
  let times = 0;
  for (let tasks = least; tasks < most; tasks = Math.max(tasks + 1, more(tasks))) times += 1;
  return times;
}

/** How long nodes take in a cluster. */
const nodesOf = ({ name }: Cluster, platform: Platform): Figure =>
  name === eksCluster(platform) ? growing.eksNodes : growing.aksNodes;

const grownIn = ({ aws, clusters }: GoalOutputs, platform: Platform): readonly Grown[] => [
  ...(aws === undefined ? [] : ecsServicesOf(aws)).flatMap((each) => {
    const told = containerTold(each, SERVICE_NAME);
    const ways = each.policies.flatMap((policy) => [...stepWays(each, policy), ...trackingWays(each, policy)]);
    return told === undefined
      ? []
      : [
          {
            name: told.value,
            ...boundsOf(each),
            ways,
            nodes: undefined,
          },
        ];
  }),
  ...clusters.flatMap((cluster) =>
    scalersOf(cluster).flatMap((scaler) => podsGrown(scaler, nodesOf(cluster, platform))),
  ),
];

/** Steps that an alarm drives. AWS looks at it every minute for as long as it lasts. */
function stepWays({ stack }: EcsService, policy: Resource): readonly Way[] {
  const { Cooldown, StepAdjustments } = objectOf(policy.properties.StepScalingPolicyConfiguration);
  const most = Math.max(0, ...listOf(StepAdjustments).map((each) => numberOf(objectOf(each).ScalingAdjustment) ?? 0));
  return resourcesOf(stack, 'AWS::CloudWatch::Alarm')
    .filter(({ properties }) =>
      listOf(properties.AlarmActions).some((action) => textOf(objectOf(action).Ref) === policy.logicalId),
    )
    .map(({ logicalId, properties: { EvaluationPeriods, Period } }) => ({
      noticedSeconds: (numberOf(Period) ?? Infinity) * (numberOf(EvaluationPeriods) ?? Infinity) + growing.metric.value,
      everySeconds: Math.max(numberOf(Cooldown) ?? Infinity, numberOf(Period) ?? Infinity),
      more: (tasks) => tasks + Math.floor((tasks * most) / 100),
      at: `cdk.out ${stack.name}: ${logicalId} and ${policy.logicalId}`,
    }));
}

/** Processor use that is followed: a service that is busy through and through asks for as many as would not be. */
function trackingWays({ stack }: EcsService, { logicalId, properties }: Resource): readonly Way[] {
  const { PredefinedMetricSpecification, ScaleOutCooldown, TargetValue } = objectOf(
    properties.TargetTrackingScalingPolicyConfiguration,
  );
  const target = numberOf(TargetValue);
  const isCpu =
    textOf(objectOf(PredefinedMetricSpecification).PredefinedMetricType) === 'ECSServiceAverageCPUUtilization';
  if (!isCpu || target === undefined) return [];
  return [
    {
      noticedSeconds: growing.tracking.value + growing.metric.value,
      everySeconds: numberOf(ScaleOutCooldown) ?? Infinity,
      more: (tasks) => Math.ceil((tasks * 100) / target),
      at: `cdk.out ${stack.name}: ${logicalId}`,
    },
  ];
}

/** Pods of a service in a cluster, as the autoscaler of Kubernetes makes them more, which KEDA only drives. */
function podsGrown({ least, most, object, target }: Scaler, nodes: Figure): readonly Grown[] {
  const spec = objectOf(object.value.spec);
  const behavior = objectOf(spec.behavior ?? objectOf(objectOf(spec.advanced).horizontalPodAutoscalerConfig).behavior);
  const policies = listOf(objectOf(behavior.scaleUp).policies).map(objectOf);
  const cpu = cpuTarget(spec);
  const mosts = (tasks: number): number =>
    Math.max(...policies.map((each) => (numberOf(each.value) ?? 0) * (each.type === 'Percent' ? tasks / 100 : 1)), 0);
  return cpu === undefined
    ? []
    : [
        {
          name: target.name,
          least,
          most,
          nodes,
          ways: [
            {
              noticedSeconds: growing.pods.value,
              everySeconds: Math.max(60, ...policies.map((each) => numberOf(each.periodSeconds) ?? 60)),
              more: (tasks) => Math.min(Math.ceil((tasks * 100) / cpu), tasks + Math.floor(mosts(tasks))),
              at: `k8s.out ${object.file}`,
            },
          ],
        },
      ];
}

const cpuTarget = (spec: JsonObject): number | undefined =>
  [
    ...listOf(spec.triggers)
      .map(objectOf)
      .filter(({ type }) => type === 'cpu')
      .map(({ metadata }) => objectOf(metadata).value),
    ...listOf(spec.metrics).map(
      (each): Json | undefined => objectOf(objectOf(objectOf(each).containerResource).target).averageUtilization,
    ),
  ]
    .map(numberOf)
    .find((value) => value !== undefined);

/** Tasks that are asked for at a time that is known before. */
export interface Planned {
  readonly about: string;
  /** `20 6 20 11 *`, as the output spells it, and by whose clock. */
  readonly begins: string;
  readonly tasks: number;
  /** From then on until all of them serve, in seconds; nothing where nothing is known of their start. */
  readonly serveAfterSeconds: number | undefined;
  readonly at: string;
}

/**
 * What schedules ask for, and when that serves.
 *
 * @param starts From a task that is asked for to one that serves.
 */
export function plannedIn(outputs: GoalOutputs, platform: Platform, starts: readonly Timed[]): readonly Planned[] {
  const after = (about: string, nodeSeconds: number): number | undefined => {
    const start = starts.find((each) => each.about === about);
    return start === undefined ? undefined : start.seconds + nodeSeconds;
  };
  const tasks = (outputs.aws === undefined ? [] : ecsServicesOf(outputs.aws)).flatMap((each) => {
    const name = containerTold(each, SERVICE_NAME)?.value;
    const about = name === undefined ? 'gateway' : `services.${name}`;
    return listOf(each.target.properties.ScheduledActions)
      .map(objectOf)
      .map(({ ScalableTargetAction, Schedule, Timezone }) => ({
        about,
        begins: `${textOf(Schedule) ?? ''} ${textOf(Timezone) ?? ''}`,
        tasks: numberOf(objectOf(ScalableTargetAction).MinCapacity) ?? 0,
        serveAfterSeconds: after(about, 0),
        at: `cdk.out ${each.stack.name}: ${each.target.logicalId}`,
      }))
      .filter((planned) => planned.tasks > boundsOf(each).least);
  });
  const pods = outputs.clusters.flatMap((cluster) =>
    scalersOf(cluster).flatMap(({ object, target }) =>
      listOf(objectOf(object.value.spec).triggers)
        .map(objectOf)
        .filter(({ type }) => type === 'cron')
        .map(({ metadata }) => ({
          about: `services.${target.name}`,
          begins: `${textOf(objectOf(metadata).start) ?? ''} ${textOf(objectOf(metadata).timezone) ?? ''}`,
          tasks: numberOf(objectOf(metadata).desiredReplicas) ?? 0,
          serveAfterSeconds: after(`services.${target.name}`, nodesOf(cluster, platform).value),
          at: `k8s.out ${object.file}`,
        })),
    ),
  );
  return [...tasks, ...pods];
}
