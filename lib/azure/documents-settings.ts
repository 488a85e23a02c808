import type { CosmosdbAccountConfig } from '@cdktf/provider-azurerm/lib/cosmosdb-account';
import type { CosmosdbSqlContainerConfig } from '@cdktf/provider-azurerm/lib/cosmosdb-sql-container';
import { documentRegions } from '../platform/azure-values';
import type { Collection, Documents } from '../platform/nouns/documents';
import { zonesOf } from '../platform/regions';
import type { Place } from './place';

type AccountSettings = Pick<
  CosmosdbAccountConfig,
  'automaticFailoverEnabled' | 'backup' | 'consistencyPolicy' | 'geoLocation'
>;

/** What each promise is called there; how far behind a reader may be is said where it is promised. */
const consistencies = {
  eventual: { consistencyLevel: 'Eventual' },
  session: { consistencyLevel: 'Session' },
  // The least that Azure takes with more than one region.
  'bounded-staleness': { consistencyLevel: 'BoundedStaleness', maxIntervalInSeconds: 300, maxStalenessPrefix: 100_000 },
  strong: { consistencyLevel: 'Strong' },
} as const;

const restores = { 7: 'Continuous7Days', 30: 'Continuous30Days' } as const;

/**
 * Documents of the model in the terms of Cosmos DB: a copy in each region, over the zones that it has, where Azure itself moves
 * writes to the next one when a region is lost; and every second of the last days can be had back.
 */
export function accountSettings(
  { consistency, regions, restoreDays }: Pick<Documents, 'consistency' | 'regions' | 'restoreDays'>,
  { isProtected, location }: Pick<Place, 'isProtected' | 'location'>,
): AccountSettings {
  return {
    consistencyPolicy: consistencies[consistency],
    geoLocation: documentRegions(location, { regions }).map((region, failoverPriority) => ({
      location: region,
      failoverPriority,
      zoneRedundant: isProtected && (zonesOf('azure', region)?.length ?? 0) > 0,
    })),
    automaticFailoverEnabled: regions.length > 0,
    backup: { type: 'Continuous', tier: restores[restoreDays] },
  };
}

const daySeconds = 86_400;

/** A collection of the model in the terms of Cosmos DB. */
export const containerSettings = ({
  expireDays,
  maxThousandRequestUnits,
  partitionKey,
}: Collection): Omit<CosmosdbSqlContainerConfig, 'accountName' | 'databaseName' | 'name' | 'resourceGroupName'> => ({
  partitionKeyPaths: [partitionKey],
  partitionKeyVersion: 2,
  autoscaleSettings: { maxThroughput: maxThousandRequestUnits * 1000 },
  ...(expireDays === undefined ? {} : { defaultTtl: expireDays * daySeconds }),
});
