import type { Platform } from '../../platform/platform';
import { poolConnections } from '../../platform/sql/connections';
import { boundsOf, ecsServicesOf } from '../aws/ecs-services';
import { resourcesOf, type Assembly } from '../aws/stack';
import { numberOf, objectOf } from '../json';
import { kebab } from '../recovery/capability';
import type { CapacityFigure } from './capacity-figure';
import { connectionsOf, releaseFactor, sessionsFigure, tasksTogether, type Most } from './capacity-needs';
import { quotas } from './figures';

/** What the parts of AWS stand beside what everybody at once needs of them. */
export const capacityOnAws = (aws: Assembly, most: Most, platform: Platform): readonly CapacityFigure[] => [
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
        ...sessionsFigure(name, shards * spec.memoryGiB, `${at} of ${spec.memoryGiB} GiB`, platform),
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
