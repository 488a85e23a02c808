import type { Platform } from '../../platform/platform';
import { containerTold } from '../aws/ecs-services';
import { resourcesOf, type Assembly, type Stack } from '../aws/stack';
import { isObject, listOf, numberOf, objectOf, textOf, type JsonObject } from '../json';
import type { Cluster } from '../kubernetes/cluster';
import { ofKind } from '../kubernetes/find';
import { placeIn } from '../kubernetes/place';
import { workloadsOf } from '../kubernetes/workloads';
import type { Part } from '../recovery/part';
import { probeSeconds, runsService } from '../recovery/service-pods';
import { SERVICE_NAME } from '../recovery/contract';
import { imagePart, placePart } from './starts';

/** From the decision to take a release of a service back to every request on the version before it. */
export interface Rollback {
  /** `services.order` */
  readonly about: string;
  /** As the output calls it: `canary`, `blue-green`, `plain`. */
  readonly by: string;
  readonly parts: readonly Part[];
  readonly seconds: number;
}

/** Until everybody who sends requests knows that they go elsewhere. Ours: what knows, is told within seconds. */
const told = {
  mesh: {
    part: 'proxies send requests to the old version',
    seconds: 60,
    source: 'ours: istiod tells proxies within seconds',
  },
  balancer: {
    part: 'the balancer sends requests to the old version',
    seconds: 60,
    source: 'ours: a rule of a load balancer holds within seconds',
  },
} as const satisfies Readonly<Record<string, Part>>;

const sum = (parts: readonly Part[]): number => parts.reduce((all, { seconds }) => all + seconds, 0);

const rollback = (service: string, by: string, parts: readonly Part[]): Rollback => ({
  about: `services.${service}`,
  by,
  parts,
  seconds: sum(parts),
});

/** How every service of a stage comes back. */
export const rollbacksOf = (
  outputs: { readonly aws: Assembly | undefined; readonly clusters: readonly Cluster[] },
  { services }: Pick<Platform, 'services'>,
): readonly Rollback[] => [
  ...(outputs.aws === undefined ? [] : ecsRollbacks(outputs.aws, services)),
  ...outputs.clusters.flatMap(clusterRollbacks),
];

/** Where both versions stand, requests go back to the old one; else its pods are made again, a share at a time. */
function clusterRollbacks(cluster: Cluster): readonly Rollback[] {
  return ofKind(cluster, 'Rollout').flatMap((object) => {
    const strategy = objectOf(placeIn(object.value, 'spec.strategy'));
    const canary = objectOf(strategy.canary);
    if (strategy.blueGreen !== undefined) return [rollback(object.name, 'blue-green', [told.mesh])];
    if (canary.trafficRouting !== undefined) {
      return [
        rollback(object.name, canary.dynamicStableScale === true ? 'plain' : 'canary', oldPods(canary, object.file)),
      ];
    }
    const pods = workloadsOf(cluster).find((each) => each.object === object);
    const container = pods?.containers.find(runsService);
    return [
      rollback(object.name, 'plain', [
        {
          part: `old pods are ready, ${turnsOf(canary)} times`,
          seconds: turnsOf(canary) * readySeconds(container?.value),
          source: `k8s.out ${object.file}: maxSurge, startupProbe and readinessProbe`,
        },
      ]),
    ];
  });
}

/** While a release moves requests the old version stands whole, unless it is made smaller step by step. */
const oldPods = (canary: JsonObject, file: string): readonly Part[] => [
  told.mesh,
  ...(canary.dynamicStableScale === true
    ? [{ part: 'old pods are made again', seconds: Infinity, source: `k8s.out ${file}: dynamicStableScale` }]
    : []),
];

/** How often a share of the pods is replaced until all are. */
function turnsOf({ maxSurge }: JsonObject): number {
  const percent = Number(/^(\d+)%$/.exec(textOf(maxSurge) ?? '')?.[1] ?? 0);
  return percent === 0 ? Infinity : Math.ceil(100 / percent);
}

/** What nobody asks whether it is ready takes forever. */
const readySeconds = (container: JsonObject | undefined): number =>
  (probeSeconds(container?.startupProbe, 'failureThreshold') ?? Infinity) +
  (probeSeconds(container?.readinessProbe, 'successThreshold') ?? Infinity);

/** The same of tasks: two fleets behind a balancer, or one that is replaced. */
const ecsRollbacks = ({ stacks }: Assembly, services: Platform['services']): readonly Rollback[] =>
  stacks.flatMap((stack) =>
    resourcesOf(stack, 'AWS::ECS::Service').flatMap(({ logicalId, properties }) => {
      const service = servedBy(stack, properties);
      if (service === undefined) return [];
      const strategy = textOf(objectOf(properties.DeploymentConfiguration).Strategy) ?? 'ROLLING';
      if (strategy !== 'ROLLING') return [rollback(service, strategy.toLowerCase().replace('_', '-'), [told.balancer])];
      const grace = numberOf(properties.HealthCheckGracePeriodSeconds) ?? 0;
      return [
        rollback(service, 'plain', [
          placePart,
          imagePart(service, services[service]?.imageMiB),
          {
            part: 'old tasks are healthy',
            seconds: grace,
            source: `cdk.out ${stack.name}: ${logicalId}, HealthCheckGracePeriodSeconds`,
          },
          told.balancer,
        ]),
      ];
    }),
  );

/** The service whose name a task is told; nothing for the gateway and what the platform runs besides. */
function servedBy(stack: Stack, { TaskDefinition: definition }: JsonObject): string | undefined {
  const task = stack.resources.find((each) => each.logicalId === textOf(objectOf(definition).Ref));
  const containers = listOf(task?.properties.ContainerDefinitions).filter(isObject);
  return containerTold({ containers }, SERVICE_NAME)?.value;
}
