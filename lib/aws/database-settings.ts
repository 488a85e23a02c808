import { aws_rds as rds } from 'aws-cdk-lib';
import { assertNever, PlatformError } from '../platform/error';
import { awsPorts } from '../platform/aws-ports';
import type { Postgres } from '../platform/nouns/database';
import { poolConnections, serverConnections } from '../platform/sql/connections';
import { instanceClass } from './database-sizes';

export const databasePort = awsPorts.databases;

/** Administrator; only migrations log in as it. */
export { masterUser } from '../platform/aws-values';

/** Runs on every server until 2061; its roots are in `rds-roots.json`. */
export const certificateAuthority = rds.CaCertificate.RDS_CA_RSA2048_G1;

/**
 * When RDS takes its daily snapshot and, on Sundays, installs what is due, in UTC: late evening, and before work on
 * Monday, in Southeast Asia. AWS Backup, which asks from 18:00, must not come within an hour of either.
 */
export const windows = { backup: '15:00-15:30', maintenance: 'sun:22:30-sun:23:30' } as const;

/** RDS takes 63 characters, of which it or we add up to 11 (`-instance-3`, `-replica-15`). */
const longestIdentifier = 52;

/**
 * Name of a database's servers and pool.
 *
 * @throws PlatformError if RDS takes none of that length.
 */
export function databaseIdentifier(prefix: string, name: string): string {
  const identifier = `${prefix}-${name}`;
  if (identifier.length <= longestIdentifier) return identifier;
  throw new PlatformError(`databases.${name} on aws`, [
    {
      path: `databases.${name}`,
      got: identifier,
      allowed: `at most ${longestIdentifier} characters as a name of RDS, with platform and stage, and this is ${identifier.length}`,
      remedy: 'shorten the name of the database, the platform or the stage',
    },
  ]);
}

/** The newest minor version of each major one that the installed library knows. */
export const engineVersions = {
  '16': { aurora: rds.AuroraPostgresEngineVersion.VER_16_13, rds: rds.PostgresEngineVersion.VER_16_13 },
  '17': { aurora: rds.AuroraPostgresEngineVersion.VER_17_9, rds: rds.PostgresEngineVersion.VER_17_9 },
} as const satisfies Record<Postgres['version'], unknown>;

/** An instance's disk grows by itself up to this many times its first size; a Multi-AZ cluster's cannot. */
const growth = 10;
const largestDiskGiB = 65_536;

/** Share of the disk that slots may keep write-ahead log on; beyond it a slot is given up before the disk fills. */
const slotShare = 0.2;

/** A disk of its own: its first size, the last if it grows by itself, and its operations a second if they are bought. */
export interface Storage {
  readonly GiB: number;
  readonly maxGiB?: number;
  readonly iops?: number;
}

/** A Multi-AZ cluster buys operations: what a disk of General Purpose has at least, or three a GiB. */
const leastIops = 3000;
const iopsPerGiB = 3;
/** Disks with bought operations begin here. */
const leastProvisionedGiB = 100;

/** The disk of a topology. */
function storageOf(
  name: string,
  { storageGiB, topology }: Pick<Postgres, 'storageGiB' | 'topology'>,
): Storage | undefined {
  switch (topology) {
    case 'aurora':
      return undefined;
    case 'multi-az-instance':
      return { GiB: storageGiB, maxGiB: Math.min(storageGiB * growth, largestDiskGiB) };
    case 'multi-az-cluster':
      if (storageGiB >= leastProvisionedGiB) {
        return { GiB: storageGiB, iops: Math.max(leastIops, storageGiB * iopsPerGiB) };
      }
      throw new PlatformError(`databases.${name} on aws`, [
        {
          path: `databases.${name}.storageGiB`,
          got: storageGiB,
          allowed: `at least ${leastProvisionedGiB} with topology ${topology} on aws`,
          remedy: 'raise it, or choose another topology',
        },
      ]);
    default:
      return assertNever(topology);
  }
}

/** Values of a database that do not depend on where it stands. */
export interface DatabaseSettings {
  readonly instanceClass: string;
  /** Connections that a server takes. */
  readonly connections: number;
  /** Connections that the pool may hold open. */
  readonly pool: number;
  readonly insights: { readonly mode: rds.DatabaseInsightsMode; readonly retention: rds.PerformanceInsightRetention };
  /** The disk; Aurora has none of its own. */
  readonly storage?: Storage;
  /** Write-ahead log that slots may keep, in MiB; absent where the engine has no bound. */
  readonly slotMiB?: number;
  /** A hidden standby takes over when a zone is lost. */
  readonly standby: boolean;
}

/** A database of the model in the terms of RDS. */
export function databaseSettings(name: string, spec: Postgres, isProtected: boolean): DatabaseSettings {
  const { capacity, insights, topology } = spec;
  const storage = storageOf(name, spec);
  const connections = serverConnections(capacity);
  return {
    instanceClass: instanceClass(name, topology, capacity),
    connections,
    pool: poolConnections(spec),
    insights:
      insights === 'advanced'
        ? { mode: rds.DatabaseInsightsMode.ADVANCED, retention: rds.PerformanceInsightRetention.MONTHS_15 }
        : { mode: rds.DatabaseInsightsMode.STANDARD, retention: rds.PerformanceInsightRetention.DEFAULT },
    ...(storage === undefined ? {} : { storage, slotMiB: Math.floor(storage.GiB * 1024 * slotShare) }),
    standby: topology === 'multi-az-instance' && isProtected,
  };
}

/** The zone of a server, all zones in turn: the writer is number 0. */
export function zoneOf(zones: readonly string[], index: number): string {
  const zone = zones[index % zones.length];
  if (zone === undefined) throw new Error('a database needs the zones of its site, got none');
  return zone;
}

/** Name of a replica that is an instance of its own. */
export const replicaIdentifier = (identifier: string, number: number): string => `${identifier}-replica-${number}`;
