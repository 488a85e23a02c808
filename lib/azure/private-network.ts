import type { AzureSubnet } from '../platform/subnets';

/**
 * Services of Azure that are reached by a private endpoint: what of the service the endpoint stands for, and the private
 * DNS zone in which it is found. https://learn.microsoft.com/azure/private-link/private-endpoint-dns
 */
export const privateServices = {
  'key-vault': { subresource: 'vault', zone: 'privatelink.vaultcore.azure.net' },
  registry: { subresource: 'registry', zone: 'privatelink.azurecr.io' },
  'service-bus': { subresource: 'namespace', zone: 'privatelink.servicebus.windows.net' },
  redis: { subresource: 'redisEnterprise', zone: 'privatelink.redis.azure.net' },
  sql: { subresource: 'sqlServer', zone: 'privatelink.database.windows.net' },
  blob: { subresource: 'blob', zone: 'privatelink.blob.core.windows.net' },
  queue: { subresource: 'queue', zone: 'privatelink.queue.core.windows.net' },
  table: { subresource: 'table', zone: 'privatelink.table.core.windows.net' },
  sites: { subresource: 'sites', zone: 'privatelink.azurewebsites.net' },
  monitor: { subresource: 'azuremonitor', zone: 'privatelink.monitor.azure.com' },
  grafana: { subresource: 'grafana', zone: 'privatelink.grafana.azure.com' },
} as const;
export type PrivateService = keyof typeof privateServices;

/** Zone in which PostgreSQL servers of the network are found; the service makes its own records there. */
export const postgresZone = 'privatelink.postgres.database.azure.com';

/** A virtual network, as far as what stands in it needs to know. */
export interface PrivateNetwork {
  readonly virtualNetworkId: string;
  /** Ids of the subnets. */
  readonly subnetIds: Readonly<Record<AzureSubnet, string>>;
  /** Ids of the private DNS zones, each linked to the network. */
  readonly zoneIds: Readonly<Record<PrivateService | 'postgres', string>>;
}
