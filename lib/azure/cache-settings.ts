import type { ManagedRedisDefaultDatabase } from '@cdktf/provider-azurerm/lib/managed-redis';
import { cacheSku } from '../platform/azure-sizes';
import type { Cache } from '../platform/nouns/cache';

/** A cache of the model in the terms of Managed Redis. */
export interface CacheSettings {
  readonly skuName: string;
  /** Whether each shard has a copy in another zone. */
  readonly highAvailabilityEnabled: boolean;
  readonly database: ManagedRedisDefaultDatabase;
}

const evictionPolicy = { cache: 'AllKeysLRU', sessions: 'NoEviction' } as const satisfies Record<
  Cache['holds'],
  string
>;

/**
 * What is written to disk, so that a cache that was lost as a whole is filled again: every change of sessions, within a
 * second; others twice a day, where the model asks for snapshots at all. Azure keeps the last one, however many days.
 */
function persistence({
  holds,
  snapshotRetentionDays,
}: Pick<Cache, 'holds' | 'snapshotRetentionDays'>): ManagedRedisDefaultDatabase {
  if (holds === 'sessions') return { persistenceAppendOnlyFileBackupFrequency: '1s' };
  return snapshotRetentionDays === 0 ? {} : { persistenceRedisDatabaseBackupFrequency: '12h' };
}

/**
 * A cache of the model in the terms of Managed Redis, whichever of both engines it names: the protocol is the same. Azure
 * shards by itself; clients see shards where the model has more than one, and one plain server otherwise. However many
 * replicas the model asks for, each shard has one.
 *
 * @throws Error if Azure has no such size, which the model checks before.
 */
export function cacheSettings(
  name: string,
  spec: Pick<Cache, 'holds' | 'memoryGiB' | 'replicas' | 'shards' | 'snapshotRetentionDays'>,
): CacheSettings {
  const skuName = cacheSku(spec.memoryGiB * spec.shards);
  if (skuName === undefined) throw new Error(`caches.${name} has a size that Azure does not sell`);
  return {
    skuName,
    highAvailabilityEnabled: spec.replicas > 0,
    database: {
      clientProtocol: 'Encrypted',
      accessKeysAuthenticationEnabled: false,
      clusteringPolicy: spec.shards > 1 ? 'OSSCluster' : 'EnterpriseCluster',
      evictionPolicy: evictionPolicy[spec.holds],
      ...persistence(spec),
    },
  };
}
