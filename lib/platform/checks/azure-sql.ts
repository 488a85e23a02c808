import {
  hyperscaleCores,
  hyperscaleMemoryPerCore,
  hyperscaleSku,
  sqlSessions,
  sqlSize,
  sqlSizes,
  sqlWorkersPerCore,
} from '../azure-sizes';
import type { Problem } from '../error';
import type { SqlServer } from '../nouns/database';
import type { Capacity } from '../nouns/scalars';
import type { AzureSite } from '../nouns/site';
import type { Platform } from '../platform';
import { connectionLimit } from '../sql/connections';
import { when } from './check';

const largest = sqlSizes[sqlSizes.length - 1];

/** What Azure cannot do with a database of SQL Server. */
export const sqlProblems = (
  platform: Pick<Platform, 'services' | 'stage'>,
  { zones }: Pick<AzureSite, 'zones'>,
  [name, database]: readonly [name: string, database: SqlServer],
): readonly Problem[] => [
  ...(database.tier === 'general' ? generalProblems(name, database) : hyperscaleProblems(name, database)),
  ...when(
    database.tier === 'hyperscale' && platform.stage.protected && zones.length > 1 && database.readReplicas === 0,
    () => ({
      path: `databases.${name}.readReplicas`,
      got: 0,
      allowed:
        'at least 1 with tier hyperscale in a protected stage on azure, where a database spans zones by its replicas',
      remedy: "set it to 1, or choose tier 'general', which spans zones by itself",
    }),
  ),
  ...peakProblems(platform, name, database),
];

const generalProblems = (
  name: string,
  { capacity, namedReplicas, readReplicas, storageGiB }: SqlServer,
): readonly Problem[] => [
  ...when(sqlSize(capacity, storageGiB) === undefined, () => ({
    path: `databases.${name}.capacity`,
    got: { ...capacity, storageGiB },
    allowed: `at most ${largest?.vcpu} vcpu, ${largest?.memoryGiB} GiB of memory and ${largest?.maxGiB} of disk on azure`,
    remedy: "lower it, divide the database, or choose tier 'hyperscale' for a larger disk",
  })),
  ...when(readReplicas > 0 || Object.keys(namedReplicas).length > 0, () => ({
    path: `databases.${name}.${readReplicas > 0 ? 'readReplicas' : 'namedReplicas'}`,
    got: readReplicas > 0 ? readReplicas : Object.keys(namedReplicas),
    allowed: 'absent with tier general on azure, which has no readable replicas',
    remedy: "choose tier 'hyperscale'",
  })),
];

const hyperscaleProblems = (name: string, { capacity, namedReplicas }: SqlServer): readonly Problem[] =>
  [
    { path: `databases.${name}.capacity`, capacity },
    ...Object.entries(namedReplicas).map(([replica, spec]) => ({
      path: `databases.${name}.namedReplicas.${replica}.capacity`,
      capacity: spec.capacity,
    })),
  ].flatMap((size) =>
    when(hyperscaleSku(size.capacity) === undefined, () => ({
      path: size.path,
      got: size.capacity,
      allowed: `of ${hyperscaleCores.join(', ')} vcpu with at most ${hyperscaleMemoryPerCore} GiB for each with tier hyperscale on azure`,
      remedy: `choose ${alternative(size.capacity)}`,
    })),
  );

/** The next larger size that Hyperscale has, or where to go if there is none. */
function alternative({ memoryGiB, vcpu }: Capacity): string {
  const wanted = Math.max(vcpu, memoryGiB / hyperscaleMemoryPerCore);
  const next = hyperscaleCores.find((cores) => cores >= wanted);
  return next === undefined ? 'less, and divide the database' : `${next} vcpu`;
}

/** Connections, and statements at once, fit into the writer and its replicas. */
function peakProblems(
  { services }: Pick<Platform, 'services'>,
  name: string,
  { capacity, namedReplicas, peak, readReplicas }: SqlServer,
): readonly Problem[] {
  const usable = Object.values(services)
    .filter(({ uses }) => uses.databases.includes(name))
    .reduce((sum, service) => sum + connectionLimit(service), 0);
  const connections = peak?.connections ?? usable;
  const cores = capacity.vcpu * (1 + readReplicas) + sumOf(Object.values(namedReplicas));
  const sessions = sqlSessions * (1 + readReplicas + Object.keys(namedReplicas).length);
  const workers = cores * sqlWorkersPerCore;
  const active = Math.ceil((connections * (peak?.activePercent ?? 0)) / 100);
  const path = `databases.${name}.${peak === undefined ? 'capacity' : 'peak'}`;
  return [
    ...when(connections > sessions, () => ({
      path,
      got: connections,
      allowed: `at most ${sessions} connections on azure, ${sqlSessions} for the writer and for each replica`,
      remedy: 'add replicas, or lower scale.max of the services that use it',
    })),
    ...when(active > workers, () => ({
      path,
      got: peak,
      allowed: `at most ${workers} statements at once on azure, ${sqlWorkersPerCore} for each vcpu of the writer and its replicas, and this is ${active}`,
      remedy: 'raise capacity.vcpu or readReplicas, or move readers to namedReplicas',
    })),
  ];
}

const sumOf = (replicas: readonly { readonly capacity: Capacity }[]): number =>
  replicas.reduce((sum, { capacity: { vcpu } }) => sum + vcpu, 0);
