import { z } from 'zod';
import { dataClass } from './scalars';

/**
 * A log of events that services append to and follow, each at its own pace, from wherever it wants: in order within a
 * partition, three copies in three zones. A name is the name of the topic, too. What events look like is a contract of the
 * service that appends, kept in its repository.
 */
export const stream = z.strictObject({
  /** Parts that are followed side by side; so many tasks of a follower work at once. They can be raised, never lowered. */
  partitions: z.int().min(1).max(1000).default(12),
  /** Events are kept this long, in hours. Where `compacted`, only the ones that a later one of the same key has replaced leave. */
  retentionHours: z.int().min(1).max(8760).default(168),
  /** Keeps the last event of each key for ever: a table as a log, to build a copy from. */
  compacted: z.boolean().default(false),
  /** A follower may be this far behind before somebody is called, in seconds. */
  maxLagSeconds: z.int().min(10).max(86_400).default(300),
  dataClass: dataClass.default('confidential'),
});
export type Stream = z.output<typeof stream>;

/** The brokers that keep every stream of the platform: Apache Kafka, on AWS by Amazon MSK. */
export const streaming = z.strictObject({
  /** Release line of Apache Kafka. */
  version: z.enum(['3.9']).default('3.9'),
  /** Size of a broker. */
  capacity: z.strictObject({ vcpu: z.int().min(1).max(64), memoryGiB: z.int().min(1).max(256) }),
  brokersPerZone: z.int().min(1).max(3).default(1),
  /** First size of a broker's disk, in GiB. */
  storageGiB: z.int().min(10).max(16_384).default(100),
  /** It grows by itself up to this, in GiB; it does not shrink. */
  maxStorageGiB: z.int().min(10).max(16_384).default(1000),
});
export type Streaming = z.output<typeof streaming>;
