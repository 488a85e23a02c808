/** What Amazon ElastiCache runs. */
export type CacheEngine = 'valkey' | 'redis' | 'memcached';

/**
 * Parameter group family of every engine version that AWS supports for new caches without a surcharge.
 *
 * Source: ElastiCache user guide, "Engine versions and upgrading" and "Versions with ElastiCache Extended Support", read
 * in November 2026. Redis OSS 4 and 5 left standard support on 31 January 2026; version 6 leaves it on 31 January 2027.
 */
export const CACHE_VERSIONS: Readonly<Record<CacheEngine, Readonly<Record<string, string>>>> = {
  valkey: {
    '7.2': 'valkey7',
    '8.0': 'valkey8',
    '8.1': 'valkey8',
    '8.2': 'valkey8',
    '9.0': 'valkey9',
    '9.1': 'valkey9',
  },
  redis: {
    '6.0': 'redis6.x',
    '6.2': 'redis6.x',
    '7.0': 'redis7',
    '7.1': 'redis7',
  },
  memcached: {
    '1.5.16': 'memcached1.5',
    '1.6.6': 'memcached1.6',
    '1.6.12': 'memcached1.6',
    '1.6.17': 'memcached1.6',
    '1.6.22': 'memcached1.6',
  },
};

/** Major versions of a serverless cache. Source: as above. */
export const SERVERLESS_VERSIONS: Readonly<Record<CacheEngine, readonly string[]>> = {
  valkey: ['7', '8', '9'],
  redis: ['7'],
  memcached: ['1.6'],
};

/** A family of node types. */
export interface NodeFamily {
  readonly sizes: readonly string[];
  readonly engines: readonly CacheEngine[];
}

const BURSTABLE = ['micro', 'small', 'medium'];
const GRAVITON = ['large', 'xlarge', '2xlarge', '4xlarge', '8xlarge', '12xlarge', '16xlarge'];
const INTEL = ['large', 'xlarge', '2xlarge', '4xlarge', '12xlarge', '24xlarge'];
const ALL: readonly CacheEngine[] = ['valkey', 'redis', 'memcached'];

/**
 * Node types of the current generations. Left out on purpose: t2, m4 and r4, which AWS has moved to the previous
 * generation.
 *
 * Source: ElastiCache user guide, "Supported node types", read in November 2026.
 */
export const NODE_FAMILIES: Readonly<Record<string, NodeFamily>> = {
  t3: { sizes: BURSTABLE, engines: ALL },
  t4g: { sizes: BURSTABLE, engines: ALL },
  m5: { sizes: INTEL, engines: ALL },
  m6g: { sizes: GRAVITON, engines: ALL },
  m7g: { sizes: GRAVITON, engines: ALL },
  m8g: { sizes: GRAVITON, engines: ['valkey', 'memcached'] },
  r5: { sizes: INTEL, engines: ALL },
  r6g: { sizes: GRAVITON, engines: ALL },
  r7g: { sizes: GRAVITON, engines: ALL },
  r8g: { sizes: GRAVITON, engines: ['valkey', 'memcached'] },
  r6gd: { sizes: GRAVITON.filter((size) => size !== 'large'), engines: ['valkey', 'redis'] },
  c7gn: { sizes: GRAVITON, engines: ALL },
  c8gn: { sizes: GRAVITON, engines: ['valkey', 'memcached'] },
};
