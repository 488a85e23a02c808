import { HorizontalPodAutoscaler } from '@pulumi/kubernetes/autoscaling/v2/horizontalPodAutoscaler';
import { ComponentResource, type ComponentResourceOptions } from '@pulumi/pulumi';
import { kubernetesNamespace, serviceContainer } from '../platform/names';
import type { Service } from '../platform/nouns/service';
import type { Source } from '../platform/contract';
import { standsOn, workflowsOf } from '../platform/platform';
import type { ClusterContext } from './context';
import { customResource } from './custom-resource';
import type { IScaledObject, ITriggerAuthentication } from './custom-types';
import { openConnections, requestsPerMinute } from '../platform/mesh-figures';
import { labelsOf } from './labels';
import { metricsAddress } from './metrics-address';
import { rests, restingAnnotation } from './resting';
import { scheduleTriggers } from './schedule-triggers';
import { syncWave } from './sync-wave';
import { workloadReference } from './workload-reference';

type Scaled = Pick<ClusterContext, 'cloud' | 'platform' | 'siteName'>;
type Trigger = NonNullable<IScaledObject['spec']>['triggers'][number];

/** Name of what says as whom queues are asked for their length. */
export const queueAuthentication = 'queues';

/** In which time requests are counted. */
const window = '2m';

/**
 * Grow at once, at most to twice as many a minute or by four, or as the largest step of the definition says; shrink slowly, by a
 * tenth a minute after five quiet ones. Steps need no thresholds here: pods are made as many as their use asks for.
 */
export const scalingBehavior = ({ steps }: Pick<Service['scale'], 'steps'>) => ({
  scaleUp: {
    stabilizationWindowSeconds: 0,
    selectPolicy: 'Max' as const,
    policies: [
      {
        type: 'Percent',
        value: Math.max(...(steps?.above ?? [{ addPercent: 100 }]).map(({ addPercent }) => addPercent)),
        periodSeconds: steps?.everySeconds ?? 60,
      },
      { type: 'Pods', value: 4, periodSeconds: 60 },
    ],
  },
  scaleDown: {
    stabilizationWindowSeconds: 300,
    selectPolicy: 'Max' as const,
    policies: [
      { type: 'Percent', value: 10, periodSeconds: 60 },
      { type: 'Pods', value: 1, periodSeconds: 60 },
    ],
  },
});

/** Queues of the site that a service empties. */
export const queuesOf = ({ platform, siteName }: Scaled, { uses }: Pick<Service, 'uses'>): readonly string[] =>
  uses.receives.filter((queue) => standsOn(platform, siteName, 'queues', queue));

/** What a service empties, by what its trigger is called: queues, and the commands of workflows in which it does a step. */
function emptiedBy(
  context: Scaled,
  service: string,
  spec: Pick<Service, 'uses'>,
): readonly (readonly [name: string, source: Source])[] {
  const { platform, siteName } = context;
  const workflows = workflowsOf(platform, service).filter((name) => standsOn(platform, siteName, 'workflows', name));
  return [
    ...queuesOf(context, spec).map((name) => [`queue-${name}`, { noun: 'queues', name, field: 'url' }] as const),
    ...workflows.map(
      (name) => [`commands-${name}`, { noun: 'workflows', name, field: `commands/${service}` }] as const,
    ),
  ];
}

/** Processor use of the service's own container; its proxy's says nothing. */
const onCpu = ({ cpuPercent }: Service['scale']) => ({
  type: 'ContainerResource',
  containerResource: {
    name: 'cpu',
    container: serviceContainer,
    target: { type: 'Utilization', averageUtilization: cpuPercent },
  },
});

/** What a service is scaled by beyond processor use: requests to its routes, schedules, and messages in the queues that it empties. */
export function loadTriggers(context: Scaled, service: string, spec: Service): readonly Trigger[] {
  const { requestsPerTask, backlogPerTask } = spec.scale;
  return [
    ...(requestsPerTask === undefined
      ? []
      : [
          {
            type: 'prometheus',
            name: 'requests',
            metricType: 'AverageValue',
            metadata: {
              serverAddress: metricsAddress,
              query: requestsPerMinute({ platform: context.platform, service }, window),
              threshold: String(requestsPerTask),
            },
          },
        ]),
    ...(spec.sockets === undefined
      ? []
      : [
          {
            type: 'prometheus',
            name: 'connections',
            metricType: 'AverageValue',
            metadata: {
              serverAddress: metricsAddress,
              query: openConnections({ platform: context.platform, service }, 'sum'),
              threshold: String(spec.sockets.perTask),
            },
          },
        ]),
    ...scheduleTriggers(spec.scale),
    ...emptiedBy(context, service, spec).map(([name, source]) => {
      const { metadata, type } = context.cloud.queueLength(source, service, backlogPerTask);
      return {
        type,
        name,
        metricType: 'AverageValue',
        metadata: { ...metadata },
        authenticationRef: { name: queueAuthentication },
      };
    }),
  ];
}

/** Answers that do not come, after which as many pods as there are must do. */
const failures = 3;

/** Between which bounds and how fast pods come and go, as KEDA has it. While nobody tells the load, no pod goes. */
export const scaledWithin = (
  scale: Pick<Service['scale'], 'max' | 'min' | 'steps'>,
): Omit<NonNullable<IScaledObject['spec']>, 'scaleTargetRef' | 'triggers'> => ({
  minReplicaCount: scale.min,
  maxReplicaCount: scale.max,
  fallback: { failureThreshold: failures, replicas: scale.min, behavior: 'currentReplicasIfHigher' },
  advanced: { horizontalPodAutoscalerConfig: { behavior: scalingBehavior(scale) } },
});

/** How a service is scaled by its load, as KEDA has it. */
export const scaledObject = (
  service: string,
  spec: Service,
  triggers: readonly Trigger[],
): NonNullable<IScaledObject['spec']> => ({
  scaleTargetRef: workloadReference(service),
  ...scaledWithin(spec.scale),
  triggers: [
    {
      type: 'cpu',
      metricType: 'Utilization',
      metadata: { value: String(spec.scale.cpuPercent), containerName: serviceContainer },
    },
    ...triggers,
  ],
});

export interface ScalingArgs {
  readonly context: ClusterContext;
  /** Name of the service. */
  readonly service: string;
  readonly spec: Service;
}

/**
 * Scales the pods of a service between its bounds, by whichever of processor use, requests and waiting messages asks for most.
 * The maximum is the cap on cost. Kubernetes does it where there is processor use alone, KEDA elsewhere, and never both.
 */
export class Scaling extends ComponentResource {
  public constructor(name: string, args: ScalingArgs, opts: ComponentResourceOptions) {
    super('mainstay:kubernetes:Scaling', name, {}, opts);
    const { context, service, spec } = args;
    const { platform } = context;
    const metadata = {
      name: service,
      namespace: kubernetesNamespace(platform, service),
      labels: labelsOf({ platform, name: service, team: spec.team }),
    };
    // After the pods, and with them for Argo CD, which would wait for a whole release before it goes on.
    const later = { ...metadata, annotations: syncWave(platform, 'workload') };
    const triggers = loadTriggers(context, service, spec);
    const child = { parent: this };
    if (triggers.length === 0) {
      new HorizontalPodAutoscaler(
        name,
        {
          metadata: later,
          spec: {
            scaleTargetRef: workloadReference(service),
            minReplicas: spec.scale.min,
            maxReplicas: spec.scale.max,
            metrics: [onCpu(spec.scale)],
            behavior: scalingBehavior(spec.scale),
          },
        },
        child,
      );
    } else {
      const authentication = triggers
        .filter(({ authenticationRef }) => authenticationRef !== undefined)
        .slice(0, 1)
        .map(() =>
          customResource<ITriggerAuthentication>(
            `${name}-queues`,
            {
              apiVersion: 'keda.sh/v1alpha1',
              kind: 'TriggerAuthentication',
              metadata: { ...metadata, name: queueAuthentication },
              spec: { podIdentity: { ...context.cloud.scaler } },
            },
            child,
          ),
        );
      customResource<IScaledObject>(
        name,
        {
          apiVersion: 'keda.sh/v1alpha1',
          kind: 'ScaledObject',
          metadata: rests(context, spec)
            ? { ...later, annotations: { ...later.annotations, [restingAnnotation]: '0' } }
            : later,
          spec: scaledObject(service, spec, triggers),
        },
        { parent: this, dependsOn: authentication },
      );
    }
    this.registerOutputs({});
  }
}
