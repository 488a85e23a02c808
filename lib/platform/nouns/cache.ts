import { z } from 'zod';
import { dataClass, placement } from './scalars';

/**
 * A Redis-compatible store in memory. On Azure it is a Managed Redis, whichever engine is named: the protocol is the same, and
 * Azure shards by itself.
 */
export const cache = z.strictObject({
  /** `valkey` is the open continuation of Redis; both speak the same protocol. */
  engine: z.enum(['valkey', 'redis']).default('valkey'),
  /** What happens when memory is full: a `cache` evicts the least recently used key, `sessions` refuse the write. */
  holds: z.enum(['cache', 'sessions']).default('cache'),
  /** Memory for data per shard, in GiB. */
  memoryGiB: z.number().min(0.5).max(419),
  /** Shards; more than one turns cluster mode on. */
  shards: z.int().min(1).max(90).default(1),
  /** Replicas a shard, each in another zone while zones last; 0 means no failover. Azure has one, whatever more is asked for. */
  replicas: z.int().min(0).max(5).default(2),
  /**
   * Daily snapshots are kept this long, in days; 0 keeps none. Azure keeps the last one alone, made twice a day, and every
   * change of sessions.
   */
  snapshotRetentionDays: z.int().min(0).max(35).default(7),
  /**
   * Share of the reads that find their key, in percent: somebody is called when for three hours in a row less is found, unless hardly
   * anything is asked for. On AWS, whose alarms can divide. @default - no goal, and no alarm
   */
  hitPercent: z.number().min(1).max(99.9).optional(),
  dataClass: dataClass.default('confidential'),
  on: placement.default(['primary', 'recovery']),
});
export type Cache = z.output<typeof cache>;
