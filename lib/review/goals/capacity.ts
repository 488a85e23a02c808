import type { Platform } from '../../platform/platform';
import { poolConnections, connectionsOfTask } from '../../platform/sql/connections';
import { boundsOf, ecsServicesOf } from '../aws/ecs-services';
import { resourcesOf, type Assembly } from '../aws/stack';
import { numberOf, objectOf } from '../json';
import { kebab } from '../recovery/capability';
import { problemAt, type Problem } from '../recovery/problem';
import { podsOf, tasksOf, type Replicas } from '../recovery/replicas';
import type { CapacityFigure } from './capacity-figure';
import { quotas, sessionKiB } from './figures';
import type { GoalOutputs } from './outputs';
import { workflowPeaks } from './workflow-peaks';

/** What everybody at once needs, beside what the output may grow to; nothing of a platform that says nothing of its peak. */
export function capacityFigures(outputs: GoalOutputs, platform: Platform): readonly CapacityFigure[] {
  const { requestsPerUser } = platform.goals;
  const all = [...(outputs.aws === undefined ? [] : tasksOf(outputs.aws)), ...outputs.clusters.flatMap(podsOf)];
  const most = (name: string): Replicas | undefined => all.find((each) => each.name === name);
  const promised = Object.keys(platform.services).flatMap((name) =>
    servicePeak(name, most(`services.${name}`), platform),
  );
  if (requestsPerUser === undefined) return promised;
  return [
    ...everybody(requestsPerUser, most, platform),
    ...promised,
    ...(outputs.aws === undefined ? [] : workflowPeaks(outputs.aws, platform)),
    ...(outputs.aws === undefined ? [] : onAws(outputs.aws, most, platform)),
  ];
}

export const capacityProblems = (figures: readonly CapacityFigure[]): readonly Problem[] =>
  figures
    .filter(({ has, needs }) => !(has >= needs))
    .map(({ because, has, needs, what }) =>
      problemAt(
        'peak',
        what,
        `must be at least ${needs} at the peak, got ${has} (${because}): raise what bounds it, or lower the goal`,
      ),
    );

function servicePeak(name: string, tasks: Replicas | undefined, { services }: Platform): readonly CapacityFigure[] {
  const { peakRequestsPerMinute, scale } = services[name] ?? {};
  return peakRequestsPerMinute === undefined
    ? []
    : [
        {
          what: `services.${name} requests a minute`,
          needs: peakRequestsPerMinute,
          has: (tasks?.most ?? 0) * (scale?.requestsPerTask ?? 0),
          because: `peakRequestsPerMinute; ${tasks?.most ?? 0} tasks (${tasks?.at ?? 'nowhere'}), ${scale?.requestsPerTask ?? 0} each`,
        },
      ];
}

type Most = (name: string) => Replicas | undefined;

/** Everybody's requests: through the gateway, and to services. */
function everybody(
  requestsPerUser: number,
  most: Most,
  { gateway, goals, services }: Platform,
): readonly CapacityFigure[] {
  const needs = Math.ceil(goals.concurrentUsers * requestsPerUser);
  const because = `${goals.concurrentUsers} users, ${requestsPerUser} requests a minute each`;
  const routed = Object.entries(services).flatMap(([name, { routes, scale }]) =>
    routes.length === 0 ? [] : [{ rate: (most(`services.${name}`)?.most ?? 0) * (scale.requestsPerTask ?? 0) }],
  );
  const doors = most('gateway');
  return [
    ...(gateway === undefined
      ? []
      : [
          {
            what: 'gateway requests a minute',
            needs,
            has: (doors?.most ?? 0) * (gateway.scale.requestsPerTask ?? 0),
            because: `${because}; ${doors?.most ?? 0} tasks (${doors?.at ?? 'nowhere'}), ${gateway.scale.requestsPerTask ?? 0} each`,
          },
        ]),
    {
      what: 'services requests a minute, those with routes together',
      needs,
      has: routed.reduce((sum, { rate }) => sum + rate, 0),
      because: `${because}; ${routed.length} services, the most tasks of each times its requestsPerTask`,
    },
  ];
}

/** While a service is released there are twice as many of its tasks. */
const releaseFactor = 2;

const onAws = (aws: Assembly, most: Most, platform: Platform): readonly CapacityFigure[] => [
  balancerTargets(aws),
  ...databaseConnections(aws, most, platform),
  ...cacheFigures(aws, most, platform),
  ...brokerConnections(aws, most, platform),
];

function balancerTargets(aws: Assembly): CapacityFigure {
  const behind = ecsServicesOf(aws).filter(({ groups }) => groups.length > 0);
  const tasks = behind.reduce((sum, each) => sum + boundsOf(each).most, 0);
  return {
    what: 'load balancer targets',
    needs: tasks * releaseFactor,
    has: quotas.balancerTargets.value,
    because: `${tasks} tasks of ${behind.length} services at their most, twice while released; ${quotas.balancerTargets.source}`,
  };
}

const usersOf = (platform: Platform, noun: 'caches' | 'databases', name: string): readonly string[] =>
  Object.entries(platform.services).flatMap(([service, { uses }]) => (uses[noun].includes(name) ? [service] : []));

const tasksTogether = (services: readonly string[], most: Most): number =>
  services.reduce((sum, name) => sum + (most(`services.${name}`)?.most ?? 0), 0);

/** Tasks that hold connections to a part, and how many those are. */
const connectionsOf = (platform: Platform, noun: 'caches' | 'databases', name: string, most: Most) => {
  const tasks = tasksTogether(usersOf(platform, noun, name), most);
  return {
    needs: tasks * releaseFactor * connectionsOfTask,
    because: `${tasks} tasks at their most, twice while released, ${connectionsOfTask} connections each`,
  };
};

/** What services may open, and what the pool before the database lets through. */
const databaseConnections = (aws: Assembly, most: Most, platform: Platform): readonly CapacityFigure[] =>
  aws.stacks.flatMap((stack) =>
    resourcesOf(stack, 'AWS::RDS::DBProxyTargetGroup').flatMap(({ logicalId, path, properties }) => {
      const name = kebab(/\/(\w+)Database\//.exec(path)?.[1] ?? '');
      const spec = platform.databases[name];
      const percent = numberOf(objectOf(properties.ConnectionPoolConfigurationInfo).MaxConnectionsPercent);
      if (spec?.engine !== 'postgres' || percent === undefined) return [];
      const { because, needs } = connectionsOf(platform, 'databases', name, most);
      return [
        {
          what: `databases.${name} connections`,
          needs,
          has: poolConnections({ ...spec, pooling: { ...spec.pooling, maxConnectionsPercent: percent } }),
          because: `${because}; cdk.out ${stack.name}: ${logicalId}, ${percent}% of what ${spec.capacity.memoryGiB} GiB take`,
        },
      ];
    }),
  );

/** Connections of Redis, and the memory that it has for the session of each user. */
const cacheFigures = (aws: Assembly, most: Most, platform: Platform): readonly CapacityFigure[] =>
  aws.stacks.flatMap((stack) =>
    resourcesOf(stack, 'AWS::ElastiCache::ReplicationGroup').flatMap(({ logicalId, path, properties }) => {
      const name = kebab(/\/(\w+)Cache\//.exec(path)?.[1] ?? '');
      const spec = platform.caches[name];
      if (spec === undefined) return [];
      const shards = numberOf(properties.NumNodeGroups) ?? 1;
      const at = `cdk.out ${stack.name}: ${logicalId}, ${shards} shards`;
      const { because, needs } = connectionsOf(platform, 'caches', name, most);
      return [
        {
          what: `caches.${name} connections`,
          needs,
          has: quotas.cacheConnections.value,
          because: `${because}; ${quotas.cacheConnections.source}`,
        },
        ...(spec.holds === 'sessions'
          ? [
              {
                what: `caches.${name} sessions`,
                needs: platform.goals.concurrentUsers,
                has: Math.floor((shards * spec.memoryGiB * 2 ** 20) / sessionKiB.value),
                because: `goals.concurrentUsers; ${at} of ${spec.memoryGiB} GiB, ${sessionKiB.value} KiB each, ${sessionKiB.source}`,
              },
            ]
          : []),
      ];
    }),
  );

/** Connections of a broker: each task that appends or follows holds one to every broker for each of the two. */
function brokerConnections(aws: Assembly, most: Most, { services }: Platform): readonly CapacityFigure[] {
  const clients = Object.entries(services).flatMap(([name, { uses }]) =>
    [uses.appends, uses.follows].flatMap((streams) => (streams.length === 0 ? [] : [name])),
  );
  const clusters = aws.stacks.flatMap((stack) =>
    resourcesOf(stack, 'AWS::MSK::Cluster').map(({ logicalId }) => `cdk.out ${stack.name}: ${logicalId}`),
  );
  return clusters.map((at) => ({
    what: 'streams connections of a broker',
    needs: tasksTogether(clients, most) * releaseFactor,
    has: quotas.brokerConnections.value,
    because: `${tasksTogether(clients, most)} tasks that append or follow, counted for each, twice while released; ${at}; ${quotas.brokerConnections.source}`,
  }));
}
