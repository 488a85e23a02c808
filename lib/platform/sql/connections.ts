import { placedOn, sitesOf, type Platform } from '../platform';
import { when, type Check } from '../checks/check';
import type { Postgres } from '../nouns/database';
import type { Goals } from '../nouns/goals';
import type { Capacity } from '../nouns/scalars';
import type { Service } from '../nouns/service';

/** Connections that one task may hold at the same time. */
export const connectionsOfTask = 10;
/** During a release the old tasks and the new ones run side by side. */
const tasksDuringRelease = 2;

/** Most connections that a service may have open, all its tasks together. */
export function connectionLimit({ scale }: Pick<Service, 'scale'>): number {
  return scale.max * tasksDuringRelease * connectionsOfTask;
}

/** A server's connections cost about 10 MiB each; beyond 5,000 it is busy with switching between them. */
const connectionsPerGiB = 100;
const mostConnections = 5000;

/** How many connections a server of a size takes. */
export function serverConnections({ memoryGiB }: Pick<Capacity, 'memoryGiB'>): number {
  return Math.min(mostConnections, Math.floor(memoryGiB * connectionsPerGiB));
}

/** A pool whose connections are half in use answers at once; beyond, requests begin to wait for each other. */
const rushHeadroom = 2;

/**
 * Connections that are in use at the same time while everybody comes: arrivals a second, times the connection's time that
 * each of them needs. Nothing where no rush is described.
 */
export function rushConnections(
  { pooling: { rush } }: Pick<Postgres, 'pooling'>,
  { concurrentUsers }: Pick<Goals, 'concurrentUsers'>,
): number | undefined {
  if (rush === undefined) return undefined;
  const arrivals = concurrentUsers / (rush.minutes * 60);
  return Math.ceil((arrivals * rush.transactionsPerUser * rush.transactionMilliseconds) / 1000);
}

/** Connections that the pool of a database may hold open. */
export const poolConnections = ({ capacity, pooling }: Pick<Postgres, 'capacity' | 'pooling'>): number =>
  Math.floor((serverConnections(capacity) * pooling.maxConnectionsPercent) / 100);

/** What the busiest minutes need fits into the pool twice. */
export const rushes: Check = (platform) =>
  Object.entries(platform.databases).flatMap(([name, database]) => {
    if (database.engine !== 'postgres') return [];
    const wanted = (rushConnections(database, platform.goals) ?? 0) * rushHeadroom;
    const pool = poolConnections(database);
    return when(wanted > pool, () => ({
      path: `databases.${name}.pooling.rush`,
      got: database.pooling.rush,
      allowed: `at most half of the ${pool} connections that the pool may hold; ${platform.goals.concurrentUsers} users need ${wanted / rushHeadroom}`,
      remedy: 'raise capacity.memoryGiB, make transactions shorter or fewer, or lower goals.concurrentUsers',
    }));
  });

/** What services may open together fits into what the pool may hold open. */
export const connections: Check = (platform) => {
  const placed = new Map(sitesOf(platform).flatMap(({ siteName }) => placedOn(platform.databases, siteName)));
  return [...placed].flatMap(([name, database]) => {
    if (database.engine !== 'postgres') return [];
    const pool = poolConnections(database);
    const wanted = usersOf(platform, name).reduce((sum, [, service]) => sum + connectionLimit(service), 0);
    if (wanted <= pool) return [];
    return [
      {
        path: `databases.${name}.capacity.memoryGiB`,
        got: database.capacity.memoryGiB,
        allowed: `enough for the ${wanted} connections that its services may open at their scale.max; it gives ${pool}`,
        remedy: 'raise it, or lower scale.max of the services that use it',
      },
    ];
  });
};

/** Services with a user in a database. */
function usersOf(platform: Pick<Platform, 'services'>, database: string): readonly (readonly [string, Service])[] {
  return Object.entries(platform.services).filter(([, { uses }]) => uses.databases.includes(database));
}
