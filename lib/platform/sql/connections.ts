import { placedOn, sitesOf, type Platform } from '../platform';
import type { Check } from '../checks/check';
import type { Capacity } from '../nouns/scalars';
import type { Service } from '../nouns/service';

/** Connections that one task may hold at the same time. */
const connectionsPerTask = 10;
/** During a release the old tasks and the new ones run side by side. */
const tasksDuringRelease = 2;

/** Most connections that a service may have open, all its tasks together. */
export function connectionLimit({ scale }: Pick<Service, 'scale'>): number {
  return scale.max * tasksDuringRelease * connectionsPerTask;
}

/** A server's connections cost about 10 MiB each; beyond 5,000 it is busy with switching between them. */
const connectionsPerGiB = 100;
const mostConnections = 5000;

/** How many connections a server of a size takes. */
export function serverConnections({ memoryGiB }: Pick<Capacity, 'memoryGiB'>): number {
  return Math.min(mostConnections, Math.floor(memoryGiB * connectionsPerGiB));
}

/** What services may open together fits into what the pool may hold open. */
export const connections: Check = (platform) => {
  const placed = new Map(sitesOf(platform).flatMap(({ siteName }) => placedOn(platform.databases, siteName)));
  return [...placed].flatMap(([name, database]) => {
    if (database.engine !== 'postgres') return [];
    const pool = Math.floor((serverConnections(database.capacity) * database.pooling.maxConnectionsPercent) / 100);
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
