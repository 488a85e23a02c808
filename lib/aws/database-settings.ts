import * as rds from 'aws-cdk-lib/aws-rds';
import { PlatformError } from '../platform/error';
import type { Postgres } from '../platform/nouns/database';
import type { Capacity } from '../platform/nouns/scalars';
import { serverConnections } from '../platform/sql/connections';

/** How a database stands on AWS. */
export type Topology = Postgres['topology'];

export const databasePort = 5432;

/** Administrator; only migrations log in as it. */
export const masterUser = 'mainstay';

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

type Size = readonly [name: string, vcpu: number, memoryGiB: number];

const graviton = (
  family: string,
  memoryPerCore: number,
  sizes: readonly (readonly [string, number])[],
): readonly Size[] => sizes.map(([size, vcpu]) => [`${family}.${size}`, vcpu, vcpu * memoryPerCore]);

const toSixteen = [
  ['large', 2],
  ['xlarge', 4],
  ['2xlarge', 8],
  ['4xlarge', 16],
  ['8xlarge', 32],
  ['12xlarge', 48],
  ['16xlarge', 64],
] as const;

/**
 * Instance classes by topology, Graviton throughout. Aurora and Multi-AZ instances have small burstable ones; a Multi-AZ
 * cluster needs classes with disks of their own. Source: RDS and Aurora user guides, "DB instance class types", 2026.
 */
const sizes: Readonly<Record<Topology, readonly Size[]>> = {
  aurora: [
    ['t4g.medium', 2, 4],
    ['t4g.large', 2, 8],
    ...graviton('r7g', 8, toSixteen),
    ...graviton('r8g', 8, [
      ['24xlarge', 96],
      ['48xlarge', 192],
    ]),
  ],
  'multi-az-cluster': [...graviton('m6gd', 4, toSixteen), ...graviton('r6gd', 8, toSixteen)],
  'multi-az-instance': [['t4g.medium', 2, 4], ...graviton('m7g', 4, toSixteen), ...graviton('r7g', 8, toSixteen)],
};

/**
 * The instance class of a size, without the leading `db.`.
 *
 * @throws PlatformError if the topology has none of that size; it lists those that it has.
 */
export function instanceClass(name: string, topology: Topology, capacity: Capacity): string {
  const found = sizes[topology].find(
    ([, vcpu, memoryGiB]) => vcpu === capacity.vcpu && memoryGiB === capacity.memoryGiB,
  );
  if (found !== undefined) return found[0];
  const allowed = sizes[topology].map(([, vcpu, memoryGiB]) => `${vcpu} vcpu with ${memoryGiB}`).join(', ');
  throw new PlatformError(`databases.${name} on aws`, [
    {
      path: `databases.${name}.capacity`,
      got: capacity,
      allowed: `a size that topology ${topology} has, which are (in GiB): ${allowed}`,
      remedy: 'choose one of these sizes, or another topology',
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

/** Values of a database that do not depend on where it stands. */
export interface DatabaseSettings {
  readonly instanceClass: string;
  /** Connections that a server takes. */
  readonly connections: number;
  /** Connections that the pool may hold open. */
  readonly pool: number;
  readonly insights: { readonly mode: rds.DatabaseInsightsMode; readonly retention: rds.PerformanceInsightRetention };
  /** First size of the disk, and the last if it grows by itself; Aurora has no disk of its own. */
  readonly storage?: { readonly GiB: number; readonly maxGiB?: number };
  /** Write-ahead log that slots may keep, in MiB; absent where the engine has no bound. */
  readonly slotMiB?: number;
  /** A hidden standby takes over when a zone is lost. */
  readonly standby: boolean;
}

/** A database of the model in the terms of RDS. */
export function databaseSettings(name: string, spec: Postgres, isProtected: boolean): DatabaseSettings {
  const { capacity, insights, pooling, storageGiB, topology } = spec;
  const connections = serverConnections(capacity);
  return {
    instanceClass: instanceClass(name, topology, capacity),
    connections,
    pool: Math.floor((connections * pooling.maxConnectionsPercent) / 100),
    insights:
      insights === 'advanced'
        ? { mode: rds.DatabaseInsightsMode.ADVANCED, retention: rds.PerformanceInsightRetention.MONTHS_15 }
        : { mode: rds.DatabaseInsightsMode.STANDARD, retention: rds.PerformanceInsightRetention.DEFAULT },
    ...(topology === 'aurora'
      ? {}
      : {
          storage: {
            GiB: storageGiB,
            ...(topology === 'multi-az-instance' ? { maxGiB: Math.min(storageGiB * growth, largestDiskGiB) } : {}),
          },
          slotMiB: Math.floor(storageGiB * 1024 * slotShare),
        }),
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
