import { azureName } from './azure-names';
import type { Platform } from './platform';

type Where = Pick<Platform, 'name' | 'stageName'> & { readonly subscription: string; readonly region: string };

/** Hosts of what services use on Azure: known from the definition alone, so that workloads need not ask Azure. */
export const azureHosts = {
  /** The writer of a PostgreSQL database; it follows a promotion. */
  databaseWriter: (where: Where, database: string): string =>
    `${azureName('postgres-server', where, database)}.writer.postgres.database.azure.com`,
  /** Its read replicas. */
  databaseReader: (where: Where, database: string): string =>
    `${azureName('postgres-server', where, database)}.reader.postgres.database.azure.com`,
  /** A PostgreSQL server by itself. */
  databaseServer: (where: Where, database: string, ...replica: readonly string[]): string =>
    `${azureName('postgres-server', where, database, ...replica)}.postgres.database.azure.com`,
  sqlServer: (where: Where): string => `${azureName('sql-server', where)}.database.windows.net`,
  cache: (where: Where, cache: string): string =>
    `${azureName('managed-redis', where, cache)}.${where.region}.redis.azure.net`,
  serviceBus: (where: Where): string => `${azureName('service-bus', where)}.servicebus.windows.net`,
  bucket: (where: Where, account: 'archive' | 'hot', bucket: string): string =>
    `https://${azureName('storage-account', where, account)}.blob.core.windows.net/${bucket}`,
  registry: (where: Where): string => `${azureName('container-registry', where)}.azurecr.io`,
  vault: (where: Where): string => `https://${azureName('key-vault', where)}.vault.azure.net`,
} as const;
