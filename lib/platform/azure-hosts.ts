import { azureName, type AzureNaming } from './azure-names';
import type { AzureWhere as Where } from './azure-sites';

/** Ports of what services use on Azure, by which policies of the network let them through. */
export const azurePorts = {
  /** The pool in front of a PostgreSQL server. */
  databasePool: 6432,
  /** The PostgreSQL server itself, for migrations and replication, which a pool would break. */
  databaseServer: 5432,
  sqlServer: 1433,
  cache: 10000,
  /** Shards of a cache that has several: clients are sent on to them from `cache`, and learn there which there are. */
  cacheShards: { first: 8500, last: 8599 },
  /** AMQP over TLS. */
  serviceBus: 5671,
} as const;

/**
 * The name of a database's pair of virtual endpoints, `<name>.writer` and `<name>.reader`. No other customer of Azure has it.
 * https://learn.microsoft.com/azure/postgresql/read-replica/concepts-read-replicas-virtual-endpoints
 */
export const databaseEndpoint = (where: AzureNaming, database: string): string =>
  azureName('postgres-endpoint', where, database);

/** Hosts of what services use on Azure: known from the definition alone, so that workloads need not ask Azure. */
export const azureHosts = {
  /** The writer of a PostgreSQL database; it follows a promotion. */
  databaseWriter: (where: Where, database: string): string =>
    `${databaseEndpoint(where, database)}.writer.postgres.database.azure.com`,
  /** Its first read replica: Azure balances nothing here. The writer, where there is no replica. */
  databaseReader: (where: Where, database: string): string =>
    `${databaseEndpoint(where, database)}.reader.postgres.database.azure.com`,
  /** A PostgreSQL server by itself. */
  databaseServer: (where: Where, database: string, ...replica: readonly string[]): string =>
    `${azureName('postgres-server', where, database, ...replica)}.postgres.database.azure.com`,
  /** The gateway, where API Management is. */
  apiManagement: (where: AzureNaming): string => `${azureName('api-management', where)}.azure-api.net`,
  sqlServer: (where: Where): string => `${azureName('sql-server', where)}.database.windows.net`,
  documents: (where: Where, documents: string): string =>
    `${azureName('cosmos-account', where, documents)}.documents.azure.com`,
  /** Documents in one of their regions, to which clients are sent on. */
  documentsIn: (where: Where, documents: string, region: string): string =>
    `${azureName('cosmos-account', where, documents)}-${region}.documents.azure.com`,
  /** A store of flags. */
  flags: (where: Where, set: string): string => `${azureName('app-configuration', where, set)}.azconfig.io`,
  /** Its copy in another region, by the name that the store gives it. */
  flagsIn: (where: Where, set: string, copy: string): string =>
    `${azureName('app-configuration', where, set)}-${copy}.azconfig.io`,
  search: (where: Where, search: string): string => `${azureName('search-service', where, search)}.search.windows.net`,
  cache: (where: Where, cache: string): string =>
    `${azureName('managed-redis', where, cache)}.${where.region}.redis.azure.net`,
  serviceBus: (where: Where): string => `${azureName('service-bus', where)}.servicebus.windows.net`,
  bucket: (where: Where, account: 'archive' | 'assets' | 'hot' | 'ledger' | 'loads', bucket: string): string =>
    `https://${azureName('storage-account', where, account)}.blob.core.windows.net/${bucket}`,
  registry: (where: Where): string => `${azureName('container-registry', where)}.azurecr.io`,
  vault: (where: Where): string => `https://${azureName('key-vault', where)}.vault.azure.net`,
} as const;
