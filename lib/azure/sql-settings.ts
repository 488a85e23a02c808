import type { MssqlDatabaseConfig } from '@cdktf/provider-azurerm/lib/mssql-database';
import { pairedRegion } from '../platform/azure-paired-regions';
import { sqlSize } from '../platform/azure-sizes';
import type { SqlServer } from '../platform/nouns/database';
import type { Place } from './place';

/** Differences between two full backups are saved this often, in hours. */
const differenceHours = 12;

/** Backups that are kept beyond the time in which any moment can be had back: five weekly ones, twelve monthly ones. */
const longTerm = { weeklyRetention: 'P5W', monthlyRetention: 'P12M' } as const;

/** Where backups lie: in the zones of a database that spans them, and in the paired region where there is one. */
function backupStorage(
  isProtected: boolean,
  spansZones: boolean,
  paired: boolean,
): 'Geo' | 'GeoZone' | 'Local' | 'Zone' {
  if (!isProtected) return 'Local';
  if (!paired) return 'Zone';
  return spansZones ? 'GeoZone' : 'Geo';
}

/**
 * A SQL Server database of the model in the terms of Azure SQL: a General Purpose database with the processors asked for. In a
 * protected stage it spans zones, its backups are copied to the paired region, and some are kept for a year.
 *
 * @throws Error if Azure has no such size, which the model checks before.
 */
export function sqlDatabaseSettings(
  name: string,
  { backupRetentionDays, capacity, storageGiB }: Pick<SqlServer, 'backupRetentionDays' | 'capacity' | 'storageGiB'>,
  { isProtected, location, zones }: Pick<Place, 'isProtected' | 'location' | 'zones'>,
): Omit<MssqlDatabaseConfig, 'name' | 'serverId'> {
  const size = sqlSize(capacity, storageGiB);
  if (size === undefined) throw new Error(`databases.${name} has a size that Azure does not sell`);
  const spansZones = isProtected && zones.length > 1;
  return {
    skuName: size.sku,
    maxSizeGb: storageGiB,
    licenseType: 'LicenseIncluded',
    zoneRedundant: spansZones,
    storageAccountType: backupStorage(isProtected, spansZones, pairedRegion(location) !== undefined),
    shortTermRetentionPolicy: { retentionDays: backupRetentionDays, backupIntervalInHours: differenceHours },
    ...(isProtected ? { longTermRetentionPolicy: longTerm } : {}),
  };
}
