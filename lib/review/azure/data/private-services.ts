/** What of a service a private endpoint may stand for, and the private DNS zones that the endpoint needs for it. */
export const privateZones: Readonly<Record<string, readonly string[]>> = {
  azuremonitor: [
    'privatelink.agentsvc.azure-automation.net',
    'privatelink.blob.core.windows.net',
    'privatelink.monitor.azure.com',
    'privatelink.ods.opinsights.azure.com',
    'privatelink.oms.opinsights.azure.com',
  ],
  blob: ['privatelink.blob.core.windows.net'],
  configurationStores: ['privatelink.azconfig.io'],
  dfs: ['privatelink.dfs.core.windows.net'],
  file: ['privatelink.file.core.windows.net'],
  Gateway: ['privatelink.azure-api.net'],
  grafana: ['privatelink.grafana.azure.com'],
  namespace: ['privatelink.servicebus.windows.net'],
  queue: ['privatelink.queue.core.windows.net'],
  redisEnterprise: ['privatelink.redis.azure.net'],
  registry: ['privatelink.azurecr.io'],
  searchService: ['privatelink.search.windows.net'],
  sites: ['privatelink.azurewebsites.net'],
  Sql: ['privatelink.documents.azure.com'],
  sqlServer: ['privatelink.database.windows.net'],
  table: ['privatelink.table.core.windows.net'],
  vault: ['privatelink.vaultcore.azure.net'],
};

/** Types that are reached by a private endpoint: what of them one endpoint at least must stand for. */
export const privateTypes: Readonly<Record<string, readonly string[]>> = {
  'Microsoft.ApiManagement/service': ['Gateway'],
  azurerm_app_configuration: ['configurationStores'],
  azurerm_container_registry: ['registry'],
  azurerm_cosmosdb_account: ['Sql'],
  azurerm_dashboard_grafana: ['grafana'],
  azurerm_eventhub_namespace: ['namespace'],
  azurerm_function_app_flex_consumption: ['sites'],
  azurerm_key_vault: ['vault'],
  azurerm_linux_function_app: ['sites'],
  azurerm_linux_web_app: ['sites'],
  azurerm_managed_redis: ['redisEnterprise'],
  azurerm_monitor_private_link_scope: ['azuremonitor'],
  azurerm_mssql_server: ['sqlServer'],
  azurerm_search_service: ['searchService'],
  azurerm_servicebus_namespace: ['namespace'],
  azurerm_storage_account: ['blob', 'dfs', 'file', 'queue', 'table'],
};

/** How a type that stands in a subnet of its own names it, and the zone in which it is found. */
export const delegatedTypes = {
  azurerm_postgresql_flexible_server: {
    subnet: 'delegated_subnet_id',
    delegation: 'Microsoft.DBforPostgreSQL/flexibleServers',
    zone: 'private_dns_zone_id',
    zoneName: /\.postgres\.database\.azure\.com$/,
  },
} as const;
