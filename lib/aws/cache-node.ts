import { PlatformError } from '../platform/error';

/** A type of cache node. */
export interface CacheNode {
  readonly type: string;
  /** Memory that the engine may use, reserve included, in bytes. */
  readonly maxMemoryBytes: number;
  /** Clients that may be connected at once. */
  readonly maxClients: number;
}

/**
 * Share of a node's memory that the engine may not fill, in percent: snapshots and failovers copy what changes meanwhile.
 * It is what ElastiCache reserves unless told otherwise, and is told so in the parameter group.
 */
export const reservedMemoryPercent = 25;

const small = 20_000;
const large = 65_000;

/**
 * Node types from the cheapest up, each with more memory than the one before. Larger m7g nodes are left out: for every
 * one of them there is an r7g that costs less and holds as much.
 *
 * Source: ElastiCache user guide, "Valkey and Redis OSS parameters" (`maxmemory` by node type, `maxclients`), read in
 * November 2026.
 */
export const cacheNodes: readonly CacheNode[] = [
  { type: 'cache.t4g.micro', maxMemoryBytes: 536_870_912, maxClients: small },
  { type: 'cache.t4g.small', maxMemoryBytes: 1_471_026_299, maxClients: small },
  { type: 'cache.t4g.medium', maxMemoryBytes: 3_317_862_236, maxClients: small },
  { type: 'cache.m7g.large', maxMemoryBytes: 6_854_542_746, maxClients: large },
  { type: 'cache.r7g.large', maxMemoryBytes: 14_037_181_030, maxClients: large },
  { type: 'cache.r7g.xlarge', maxMemoryBytes: 28_261_849_702, maxClients: large },
  { type: 'cache.r7g.2xlarge', maxMemoryBytes: 56_711_183_565, maxClients: large },
  { type: 'cache.r7g.4xlarge', maxMemoryBytes: 113_609_865_216, maxClients: large },
  { type: 'cache.r7g.8xlarge', maxMemoryBytes: 225_000_375_228, maxClients: large },
  { type: 'cache.r7g.12xlarge', maxMemoryBytes: 341_206_346_547, maxClients: large },
  { type: 'cache.r7g.16xlarge', maxMemoryBytes: 450_000_750_456, maxClients: large },
];

/** Memory of a node that data may fill, in GiB. */
export const dataMemoryGiB = ({ maxMemoryBytes }: CacheNode): number =>
  (maxMemoryBytes / 1024 ** 3) * (1 - reservedMemoryPercent / 100);

/**
 * The cheapest node that holds so much data.
 *
 * @param name the cache's name, for the message
 * @throws PlatformError when no node is large enough
 */
export function cacheNode(name: string, memoryGiB: number): CacheNode {
  const node = cacheNodes.find((candidate) => dataMemoryGiB(candidate) >= memoryGiB);
  if (node !== undefined) return node;
  const most = Math.floor(Math.max(...cacheNodes.map(dataMemoryGiB)));
  throw new PlatformError('cache on aws', [
    {
      path: `caches.${name}.memoryGiB`,
      got: memoryGiB,
      allowed: `at most ${most} on aws, where a node keeps ${reservedMemoryPercent}% of its memory in reserve`,
      remedy: 'lower it, and raise shards',
    },
  ]);
}
