import { z } from 'zod';
import { capacity, dataClass, placement, rotateDays } from './scalars';

/** A bucket of objects: private, versioned, encrypted. */
export const bucket = z.strictObject({
  /** `assets` are served at the edge, `uploads` are written by clients in parts, `archive` is written once. */
  holds: z.enum(['assets', 'uploads', 'archive']),
  /** Superseded and deleted versions are kept this long, in days. */
  noncurrentDays: z.int().min(1).max(3650).default(90),
  /** Objects leave this long after they were written, in days. @default - never */
  expireDays: z.int().min(1).max(36_500).optional(),
  /** Objects move to cold storage this long after they were written, in days. @default - never */
  coldAfterDays: z.int().min(30).max(3650).optional(),
  /** Uploads that were begun and never completed leave after this long, in days. On Azure that is 7, and nothing else. */
  incompleteUploadDays: z.int().min(1).max(30).default(7),
  /**
   * Share of the requests of uploads that succeed, whole ones and parts alike, in percent: somebody is called for two hours in which
   * less do. For `uploads`, on AWS, which counts requests and failures by the bucket; a read that fails counts as a failure, too, so
   * that uploads are at least as good as is told. @default - no goal, no count and no alarm
   */
  uploadSuccessPercent: z.number().min(50).max(99.99).optional(),
  dataClass: dataClass.default('internal'),
  on: placement.default(['primary', 'recovery']),
});
export type Bucket = z.output<typeof bucket>;

/** An Elasticsearch-compatible search domain; AWS only. */
export const openSearch = z.strictObject({
  engine: z.literal('opensearch').optional(),
  /**
   * `standby` spreads over three zones with one held in reserve (data nodes in threes, three dedicated masters);
   * `single` is one node in one zone.
   */
  topology: z.enum(['standby', 'single']).default('standby'),
  /** Size of a data node. */
  capacity: capacity,
  /** Data nodes. */
  nodes: z.int().min(1).max(80).default(3),
  /** Disk of a data node in GiB. */
  storageGiB: z.int().min(10).max(12_288).default(100),
  dataClass: dataClass.default('internal'),
  on: placement.default(['primary', 'recovery']),
});
export type OpenSearch = z.output<typeof openSearch>;

/**
 * Azure AI Search; Azure only. It speaks an interface of its own: whoever moves a platform between clouds writes queries anew.
 * Its indexes are encrypted with keys of Azure.
 */
export const aiSearch = z.strictObject({
  engine: z.literal('ai-search'),
  /** Size of a partition: 15 GiB with `basic`, 160 with `standard`, 512 with `standard2`, 1024 with `standard3`. */
  tier: z.enum(['basic', 'standard', 'standard2', 'standard3']).default('standard'),
  /** Copies of the whole index, in different zones while zones last: two answer queries when one is lost, three take writes too. */
  replicas: z.int().min(1).max(12).default(3),
  /** Parts into which the index is divided. */
  partitions: z.literal([1, 2, 3, 4, 6, 12]).default(1),
  /** Queries take no longer on average, in milliseconds, or somebody is called. */
  queryMilliseconds: z.int().min(10).max(10_000).default(250),
  dataClass: dataClass.default('internal'),
  on: placement.default(['primary', 'recovery']),
});
export type AiSearch = z.output<typeof aiSearch>;

/** A place in which services find what they look for by words. */
export const search = z.discriminatedUnion('engine', [openSearch, aiSearch]);
export type Search = z.output<typeof search>;

type Named<Part> = readonly (readonly [name: string, part: Part])[];

/** Those that are domains of OpenSearch. */
export const openSearches = (searches: Named<Search>): Named<OpenSearch> =>
  searches.filter((each): each is readonly [string, OpenSearch] => each[1].engine !== 'ai-search');

/** Those that are Azure AI Search. */
export const aiSearches = (searches: Named<Search>): Named<AiSearch> =>
  searches.filter((each): each is readonly [string, AiSearch] => each[1].engine === 'ai-search');

/**
 * A secret whose value comes from outside (a third party's key, a signing key): the platform makes the vault entry and
 * says who may read it, people or a pipeline write the value.
 */
export const secret = z.strictObject({
  /** What it is, for whoever writes the value. */
  description: z.string().min(10).max(200),
  /**
   * What it consists of; each field is an entry of the vault by itself, so that adding one changes no other. @default - those of the key
   * pairs of tokens, for the secret of `gateway.tokens`; every other secret names its own
   */
  fields: z
    .array(z.string().regex(/^[a-z][A-Za-z0-9]*$/, { error: 'a camelCase word' }))
    .readonly()
    .default([]),
  /** Whether the same value must be on the recovery site. */
  replicated: z.boolean().default(true),
  /**
   * People change the value at the latest after so many days: somebody is called when they did not, by each site. Every secret says it but
   * that of `gateway.tokens`, whose term the gateway says.
   */
  rotateDays: rotateDays.optional(),
});
export type Secret = z.output<typeof secret>;

/** A third party that services call over the internet from the platform's fixed addresses. */
export const integration = z.strictObject({
  /** Host name that services connect to. */
  host: z.hostname(),
  port: z.int().min(1).max(65_535).default(443),
  /** What it does for the platform. */
  purpose: z.string().min(5).max(200),
  /** A call that takes longer has failed, in milliseconds. */
  timeoutMilliseconds: z.int().min(100).max(60_000).default(3000),
});
export type Integration = z.output<typeof integration>;
