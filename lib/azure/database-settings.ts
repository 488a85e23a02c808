import { serverBackupRegion } from '../platform/azure-paired-regions';
import { diskGiB, postgresSizes, sizeOf } from '../platform/azure-sizes';
import type { Postgres } from '../platform/nouns/database';
import { serverConnections } from '../platform/sql/connections';
import type { Place } from './place';

/** In UTC: before work on Monday in Southeast Asia, when AWS mends its databases too. */
export const maintenanceWindow = { dayOfWeek: 0, startHour: 22, startMinute: 0 } as const;

/** Where the servers of a database stand, by number of the zone. */
export interface ServerZones {
  readonly writer: string;
  /** The zone of the standby that takes over; nothing where the stage has none. */
  readonly standby?: string;
  /** Read replicas: away from the writer while zones last, and from its standby while they last. */
  readonly replicas: readonly string[];
}

/** Values of a PostgreSQL server. */
export interface DatabaseSettings {
  readonly skuName: string;
  readonly storageMb: number;
  readonly backupRetentionDays: number;
  /** Region to which backups are copied; nothing where the stage does without, or Azure offers none. */
  readonly backupRegion?: string;
  /** Connections that a server takes. */
  readonly connections: number;
  readonly zones: ServerZones;
}

/** The zones of servers: the writer in the first, its standby in the second, replicas from the last backwards. */
export function serverZones(zones: readonly string[], readReplicas: number, standby: boolean): ServerZones {
  const [writer, ...others] = zones;
  if (writer === undefined) throw new Error('a database needs the zones of its site, got none');
  const order = [...others].reverse().concat(writer);
  return {
    writer,
    ...(standby ? { standby: others[0] ?? writer } : {}),
    replicas: Array.from({ length: readReplicas }, (_, index) => order[index % order.length] ?? writer),
  };
}

/**
 * A database of the model in the terms of a PostgreSQL Flexible Server. In a protected stage it has a standby, in another
 * zone where the site has more than one, and its backups are copied to the paired region.
 *
 * @throws Error if Azure has no such size, which the model checks before.
 */
export function databaseSettings(
  name: string,
  { backupRetentionDays, capacity, readReplicas, storageGiB }: Postgres,
  { isProtected, location, zones }: Pick<Place, 'isProtected' | 'location' | 'zones'>,
): DatabaseSettings {
  const size = sizeOf(postgresSizes(location), capacity);
  const disk = diskGiB(storageGiB);
  if (size === undefined || disk === undefined)
    throw new Error(`databases.${name} has a size that Azure does not sell`);
  const backupRegion = isProtected ? serverBackupRegion(location) : undefined;
  return {
    skuName: size.sku,
    storageMb: disk * 1024,
    backupRetentionDays,
    ...(backupRegion === undefined ? {} : { backupRegion }),
    connections: serverConnections(capacity),
    zones: serverZones(zones, readReplicas, isProtected),
  };
}
