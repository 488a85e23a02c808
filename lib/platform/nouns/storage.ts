import { z } from 'zod';
import { capacity, dataClass, placement } from './scalars';

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
  /** Uploads that were begun and never completed leave after this long, in days. On Azure always after a week. */
  incompleteUploadDays: z.int().min(1).max(30).default(7),
  dataClass: dataClass.default('internal'),
  on: placement.default(['primary', 'recovery']),
});
export type Bucket = z.output<typeof bucket>;

/** An Elasticsearch-compatible search domain. */
export const search = z.strictObject({
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
export type Search = z.output<typeof search>;

/**
 * A secret whose value comes from outside (a third party's key, a signing key): the platform makes the vault entry and
 * says who may read it, people or a pipeline write the value.
 */
export const secret = z.strictObject({
  /** What it is, for whoever writes the value. */
  description: z.string().min(10).max(200),
  /** What it consists of; each field is an entry of the vault by itself, so that adding one changes no other. */
  fields: z
    .array(z.string().regex(/^[a-z][A-Za-z0-9]*$/, { error: 'a camelCase word' }))
    .min(1)
    .readonly(),
  /** Whether the same value must be on the recovery site. */
  replicated: z.boolean().default(true),
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
