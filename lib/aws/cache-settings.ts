import type * as elasticache from 'aws-cdk-lib/aws-elasticache';
import type { Cache as Model } from '../platform/nouns/cache';
import { cacheNode, reservedMemoryPercent } from './cache-node';

/** Newest version that each engine has here, and its family of parameters. */
const engines = {
  valkey: { engine: 'valkey', engineVersion: '8.2', family: 'valkey8' },
  redis: { engine: 'redis', engineVersion: '7.1', family: 'redis7' },
} as const;

/** In UTC: the small hours in Southeast Asia. */
const windows = { snapshot: '17:00-18:00', maintenance: 'sun:18:30-sun:19:30' };

const evictionPolicy = { cache: 'allkeys-lru', sessions: 'noeviction' } as const;

/** What the model says about a cache, as ElastiCache has it. */
export interface CacheSettings {
  readonly family: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly maxClients: number;
  readonly group: Omit<elasticache.CfnReplicationGroupProps, 'replicationGroupDescription'>;
}

/**
 * What the model says about a cache, as ElastiCache has it. Minor versions come by themselves, in the window: they mend
 * security holes, and with a replica cost seconds.
 *
 * @throws PlatformError when no node is large enough
 */
export function cacheSettings(name: string, spec: Model): CacheSettings {
  const { family, ...engine } = engines[spec.engine];
  const node = cacheNode(name, spec.memoryGiB);
  const survivesZones = spec.replicas > 0;
  const clustered = spec.shards > 1;
  return {
    family,
    parameters: {
      'maxmemory-policy': evictionPolicy[spec.holds],
      'reserved-memory-percent': String(reservedMemoryPercent),
      'cluster-enabled': clustered ? 'yes' : 'no',
    },
    maxClients: node.maxClients,
    group: {
      ...engine,
      cacheNodeType: node.type,
      clusterMode: clustered ? 'enabled' : 'disabled',
      ...nodes(spec),
      automaticFailoverEnabled: survivesZones || clustered,
      multiAzEnabled: survivesZones,
      autoMinorVersionUpgrade: true,
      preferredMaintenanceWindow: windows.maintenance,
      snapshotRetentionLimit: spec.snapshotRetentionDays,
      ...(spec.snapshotRetentionDays === 0 ? {} : { snapshotWindow: windows.snapshot }),
    },
  };
}

/**
 * How many nodes, in the words that let the number change in place: `ReplicasPerNodeGroup`, which says the same, makes
 * CloudFormation replace the cache.
 */
const nodes = ({ shards, replicas }: Model): Partial<elasticache.CfnReplicationGroupProps> =>
  shards === 1
    ? { numCacheClusters: replicas + 1 }
    : { nodeGroupConfiguration: Array.from({ length: shards }, () => ({ replicaCount: replicas })) };
