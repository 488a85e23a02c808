import { z } from 'zod';
import { capacity, dataClass, partName, percent, placement } from './scalars';

/** A managed PostgreSQL database with read replicas. */
export const postgres = z.strictObject({
  engine: z.literal('postgres'),
  /** Major version. */
  version: z.enum(['16', '17']).default('17'),
  /**
   * How it stands on AWS. `aurora`: shared storage, readers in other zones, reader autoscaling, failover typically
   * under 60 s. `multi-az-cluster`: one writer and two readable standbys, failover typically under 35 s.
   * `multi-az-instance`: a hidden standby and asynchronous replicas, failover 60 to 120 s. Azure has one way only
   * (zone-redundant Flexible Server), so the field has no meaning there.
   */
  topology: z.enum(['aurora', 'multi-az-cluster', 'multi-az-instance']).default('aurora'),
  /** Size of the writer; replicas have the same. */
  capacity: capacity,
  /**
   * First size of the disk in GiB, where the topology has a disk of its own. That of `multi-az-instance` grows by itself up
   * to ten times this; that of `multi-az-cluster` is at least 100 and does not grow; Aurora's storage takes what it needs.
   */
  storageGiB: z.int().min(20).max(16_384).default(100),
  /**
   * Read replicas, each in another zone than the writer while zones last. A Multi-AZ cluster has exactly two, a Multi-AZ
   * instance at most nine.
   */
  readReplicas: z.int().min(0).max(15).default(2),
  /** Adds readers under load; Aurora only. `max` counts all readers. */
  readerScaling: z.strictObject({ max: z.int().min(1).max(15), cpuPercent: percent.default(60) }).optional(),
  /** Connection pooling in front of the database. */
  pooling: z
    .strictObject({
      /** Share of the database's connections that the pool may hold open. */
      maxConnectionsPercent: percent.default(90),
      /** How long a request waits for a free connection before it fails, in seconds. */
      borrowTimeoutSeconds: z.int().min(1).max(300).default(30),
      /**
       * The minutes in which everybody comes at once, as in the morning. The pool must hold twice what they need, and
       * somebody is called when more are needed than were reckoned. @default - not reckoned
       */
      rush: z
        .strictObject({
          /** Within how many minutes all of `goals.concurrentUsers` come. */
          minutes: z.int().min(1).max(240),
          /** Transactions that the platform makes for somebody who comes. */
          transactionsPerUser: z.int().min(1).max(1000),
          /** How long one of them keeps its connection, in milliseconds. */
          transactionMilliseconds: z.int().min(1).max(60_000),
        })
        .optional(),
    })
    .prefault({}),
  /** Point-in-time recovery reaches this far back, in days. AWS and Azure allow at most 35. */
  backupRetentionDays: z.int().min(1).max(35).default(35),
  /** Extensions that the services may use; the same list on every cloud. */
  extensions: z.array(partNameWithUnderscores()).readonly().default(['pgcrypto', 'pg_stat_statements']),
  /** A statement that runs longer is ended, in seconds. */
  statementTimeoutSeconds: z.int().min(1).max(3600).default(30),
  /** Detail and retention of performance history. `advanced` keeps 15 months. */
  insights: z.enum(['standard', 'advanced']).default('advanced'),
  dataClass: dataClass.default('confidential'),
  on: placement.default(['primary', 'recovery']),
});

/** A managed SQL Server database; Azure only. */
export const sqlServer = z.strictObject({
  engine: z.literal('sqlserver'),
  /**
   * How it stands. `general`: processors beside a disk of their own, which does not grow. `hyperscale`: storage apart from
   * processors, which takes what it needs up to 128 TB, and replicas that read it without copying it.
   */
  tier: z.enum(['general', 'hyperscale']).default('general'),
  capacity: capacity,
  /** Size of the disk in GiB; of `general` alone. */
  storageGiB: z.int().min(1).max(4096).default(250),
  /**
   * Readable replicas of the same size, one of which takes over when the writer is lost; of `hyperscale` alone. Whoever
   * connects with `ApplicationIntent=ReadOnly` is spread over them.
   */
  readReplicas: z.int().min(0).max(4).default(0),
  /**
   * Replicas for one kind of reader each, such as reports: found by a name of their own, of a size of their own, so that they
   * slow nobody else down; of `hyperscale` alone.
   */
  namedReplicas: z.record(partName, z.strictObject({ capacity: capacity })).default({}),
  /** What it must take when most customers come. @default - what services may open at their largest */
  peak: z
    .strictObject({
      /** Connections that are open at the same time, over the writer and its replicas together. */
      connections: z.int().min(1).max(150_000),
      /** Share of them that run a statement at the same moment, in percent. Ours. */
      activePercent: percent.default(10),
    })
    .optional(),
  backupRetentionDays: z.int().min(1).max(35).default(35),
  /** What keeps it filled, for people who read it. */
  fedBy: z.strictObject({ database: partName, function: partName }).optional(),
  dataClass: dataClass.default('confidential'),
  on: placement.default(['primary', 'recovery']),
});

/** Any database of the platform. */
export const database = z.discriminatedUnion('engine', [postgres, sqlServer]);
export type Postgres = z.output<typeof postgres>;
export type SqlServer = z.output<typeof sqlServer>;
export type Database = z.output<typeof database>;

/**
 * An append-only, audited, replayable log of events, kept in a database and owned by one service. In SQL Server it is a ledger
 * table: whoever changes it beside the database is found by its digests.
 */
export const eventStore = z.strictObject({
  /** The database that holds it. */
  database: partName,
  /** The one service that appends; it also answers replays. */
  owner: partName,
});
export type EventStore = z.output<typeof eventStore>;

function partNameWithUnderscores() {
  return z.string().regex(/^[a-z][a-z0-9_-]*$/, { error: 'the name of a PostgreSQL extension' });
}
