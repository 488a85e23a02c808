import type { MssqlDatabaseConfig } from '@cdktf/provider-azurerm/lib/mssql-database';
import { pairedRegion } from '../platform/azure-paired-regions';
import { hyperscaleSku, sqlSize } from '../platform/azure-sizes';
import type { SqlServer } from '../platform/nouns/database';
import type { Capacity } from '../platform/nouns/scalars';
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

type Settings = Omit<MssqlDatabaseConfig, 'name' | 'serverId'>;
type Spans = Pick<Place, 'isProtected' | 'location' | 'zones'>;

/**
 * A SQL Server database of the model in the terms of Azure SQL, with the processors asked for. In a protected stage it spans
 * zones, its backups are copied to the paired region, and some are kept for a year.
 *
 * @throws Error if Azure has no such size, which the model checks before.
 */
export function sqlDatabaseSettings(name: string, spec: SqlServer, place: Spans): Settings {
  const { isProtected, location, zones } = place;
  const { backupRetentionDays, readReplicas, tier } = spec;
  // A Hyperscale database spans zones by its replicas.
  const spansZones = isProtected && zones.length > 1 && (tier === 'general' || readReplicas > 0);
  return {
    ...(tier === 'general' ? generalSettings(name, spec) : hyperscaleSettings(name, spec)),
    zoneRedundant: spansZones,
    storageAccountType: backupStorage(isProtected, spansZones, pairedRegion(location) !== undefined),
    shortTermRetentionPolicy: {
      retentionDays: backupRetentionDays,
      // Hyperscale backs up by snapshots of its storage, which nobody spaces.
      ...(tier === 'general' ? { backupIntervalInHours: differenceHours } : {}),
    },
    ...(isProtected ? { longTermRetentionPolicy: longTerm } : {}),
  };
}

function generalSettings(name: string, { capacity, storageGiB }: SqlServer): Settings {
  const size = sqlSize(capacity, storageGiB);
  if (size === undefined) throw new Error(`databases.${name} has a size that Azure does not sell`);
  return { skuName: size.sku, maxSizeGb: storageGiB, licenseType: 'LicenseIncluded' };
}

const hyperscaleSettings = (name: string, { capacity, readReplicas }: SqlServer): Settings => ({
  skuName: skuOf(`databases.${name}`, capacity),
  readReplicaCount: readReplicas,
});

function skuOf(path: string, capacity: Capacity): string {
  const sku = hyperscaleSku(capacity);
  if (sku === undefined) throw new Error(`${path} has a size that Azure does not sell`);
  return sku;
}

/**
 * A replica of a Hyperscale database that has a name of its own. It keeps no backups, which are its source's; in a protected
 * stage it spans zones by a standby, as its source does.
 */
export function namedReplicaSettings(
  database: string,
  replica: string,
  { capacity }: { readonly capacity: Capacity },
  { isProtected, location, zones }: Spans,
): Settings {
  const spansZones = isProtected && zones.length > 1;
  return {
    createMode: 'Secondary',
    secondaryType: 'Named',
    skuName: skuOf(`databases.${database}.namedReplicas.${replica}`, capacity),
    readReplicaCount: spansZones ? 1 : 0,
    zoneRedundant: spansZones,
    storageAccountType: backupStorage(isProtected, spansZones, pairedRegion(location) !== undefined),
  };
}
