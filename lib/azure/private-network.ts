import type { AzureSubnet } from '../platform/subnets';

/** What an endpoint stands for, and where its addresses are found. */
interface PrivateServiceRule {
  /** What of the service the endpoint stands for. */
  readonly subresource: string;
  /** Private DNS zone in which it is found. */
  readonly zone: string;
  /** Further zones in which it is found. */
  readonly also?: readonly ('blob' | MonitorZone)[];
}

/** Zones of Azure Monitor beyond the one of its own name. It keeps the packages of its agents in storage, too. */
export const monitorZones = {
  'monitor-agents': 'privatelink.agentsvc.azure-automation.net',
  'monitor-ingestion': 'privatelink.ods.opinsights.azure.com',
  'monitor-queries': 'privatelink.oms.opinsights.azure.com',
} as const;
type MonitorZone = keyof typeof monitorZones;

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
  monitor: {
    subresource: 'azuremonitor',
    zone: 'privatelink.monitor.azure.com',
    also: ['blob', 'monitor-agents', 'monitor-ingestion', 'monitor-queries'],
  },
  grafana: { subresource: 'grafana', zone: 'privatelink.grafana.azure.com' },
  documents: { subresource: 'Sql', zone: 'privatelink.documents.azure.com' },
  flags: { subresource: 'configurationStores', zone: 'privatelink.azconfig.io' },
  search: { subresource: 'searchService', zone: 'privatelink.search.windows.net' },
  'api-management': { subresource: 'Gateway', zone: 'privatelink.azure-api.net' },
} as const satisfies Record<string, PrivateServiceRule>;
export type PrivateService = keyof typeof privateServices;

/** Zone in which PostgreSQL servers of the network are found; the service makes its own records there. */
export const postgresZone = 'privatelink.postgres.database.azure.com';

/**
 * The same, where names of two networks are answered in both: one of a site's own. Azure takes any name with this ending.
 * https://learn.microsoft.com/azure/postgresql/network/concepts-networking-private#use-a-private-dns-zone
 */
export const ownPostgresZone = (sitePrefix: string): string => `${sitePrefix}.postgres.database.azure.com`;

export type PrivateZone = PrivateService | MonitorZone | 'postgres';

const ruleOf = (service: PrivateService): PrivateServiceRule => privateServices[service];

/** Services whose zone a network has only where the platform uses them. */
export const occasionalServices = [
  'api-management',
  'documents',
  'flags',
  'search',
] as const satisfies readonly PrivateService[];
export type OccasionalService = (typeof occasionalServices)[number];
export type UsualZone = Exclude<PrivateZone, OccasionalService>;

/** Ids of the private DNS zones of a network. */
export type ZoneIds = Readonly<Record<UsualZone, string> & Partial<Record<OccasionalService, string>>>;

/** Names of the private DNS zones that networks have. */
export const privateZones = {
  ...monitorZones,
  ...(Object.fromEntries(
    (Object.keys(privateServices) as PrivateService[]).map((service) => [service, privateServices[service].zone]),
  ) as Record<PrivateService, string>),
  postgres: postgresZone,
} as const satisfies Record<PrivateZone, string>;

/** The zones in which a service is found, its own first. */
export const zonesOf = (service: PrivateService): readonly PrivateZone[] => [service, ...(ruleOf(service).also ?? [])];

/** A virtual network, as far as what stands in it needs to know. */
export interface PrivateNetwork {
  readonly virtualNetworkId: string;
  /** Ids of the subnets. */
  readonly subnetIds: Readonly<Record<AzureSubnet, string>>;
  /** Ids of the private DNS zones, each linked to the network. */
  readonly zoneIds: ZoneIds;
}
