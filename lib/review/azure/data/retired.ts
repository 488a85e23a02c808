/** When Azure ends something, and what takes its place. */
export interface Retired {
  /** Day after which it is not offered or not patched, as Azure announced it; the version of azurerm that lacks it. */
  readonly ends: string;
  readonly instead: string;
}

/** Types that must not be made any more. A name that ends with `*` is the beginning of several. */
export const retiredTypes: Readonly<Record<string, Retired>> = {
  azurerm_app_service: { ends: 'azurerm 4.0', instead: 'azurerm_linux_web_app' },
  azurerm_app_service_plan: { ends: 'azurerm 4.0', instead: 'azurerm_service_plan' },
  'azurerm_cdn_endpoint*': { ends: '2027-09-30', instead: 'azurerm_cdn_frontdoor_endpoint' },
  azurerm_cdn_profile: { ends: '2027-09-30', instead: 'azurerm_cdn_frontdoor_profile' },
  'azurerm_frontdoor*': { ends: '2027-03-31', instead: 'azurerm_cdn_frontdoor_profile and its parts' },
  azurerm_function_app: { ends: 'azurerm 5.0', instead: 'azurerm_function_app_flex_consumption' },
  azurerm_function_app_slot: { ends: 'azurerm 5.0', instead: 'azurerm_function_app_flex_consumption' },
  'azurerm_mariadb_*': { ends: '2025-09-19', instead: 'azurerm_mysql_flexible_server' },
  azurerm_mysql_server: { ends: '2024-09-16', instead: 'azurerm_mysql_flexible_server' },
  azurerm_postgresql_configuration: { ends: '2025-03-28', instead: 'azurerm_postgresql_flexible_server_configuration' },
  azurerm_postgresql_database: { ends: '2025-03-28', instead: 'azurerm_postgresql_flexible_server_database' },
  azurerm_postgresql_server: { ends: '2025-03-28', instead: 'azurerm_postgresql_flexible_server' },
  'azurerm_redis_cache*': { ends: '2026-10-01', instead: 'azurerm_managed_redis' },
  'azurerm_redis_enterprise_*': { ends: '2027-03-31', instead: 'azurerm_managed_redis' },
  azurerm_redis_firewall_rule: { ends: '2026-10-01', instead: 'a private endpoint of azurerm_managed_redis' },
  azurerm_redis_linked_server: { ends: '2026-10-01', instead: 'azurerm_managed_redis_geo_replication' },
  azurerm_sql_database: { ends: 'azurerm 4.0', instead: 'azurerm_mssql_database' },
  azurerm_sql_server: { ends: 'azurerm 4.0', instead: 'azurerm_mssql_server' },
};

/** A value of an argument, or an argument whatever its value, that must not be written any more. */
export interface RetiredArgument extends Retired {
  readonly at: string;
  /** Values that are retired. @default - any, unless it switches the argument off */
  readonly values?: readonly string[] | RegExp;
}

/** Arguments by type. */
export const retiredArguments: Readonly<Record<string, readonly RetiredArgument[]>> = {
  azurerm_application_gateway: [
    { at: 'sku.tier', values: ['Standard', 'WAF'], ends: '2026-04-28', instead: 'WAF_v2' },
    { at: 'waf_configuration', ends: 'its own successor', instead: 'firewall_policy_id' },
  ],
  azurerm_kubernetes_cluster: [
    { at: 'network_profile.network_plugin', values: ['kubenet'], ends: '2028-03-31', instead: 'azure, overlay' },
    { at: 'network_profile.network_policy', values: ['azure'], ends: '2026-09-30', instead: 'cilium' },
    { at: 'network_profile.load_balancer_sku', values: ['basic'], ends: '2025-09-30', instead: 'standard' },
    { at: 'http_application_routing_enabled', ends: '2025-03-03', instead: 'a gateway of the platform' },
    { at: 'ingress_application_gateway', ends: 'its own successor', instead: 'an Application Gateway of its own' },
    { at: 'maintenance_window', ends: 'its own successor', instead: 'maintenance_window_auto_upgrade and _node_os' },
    { at: 'open_service_mesh_enabled', ends: '2027-09-30', instead: 'service_mesh_profile or a mesh of its own' },
    { at: 'web_app_routing', ends: '2026-11-30', instead: 'a gateway of the platform' },
    {
      at: 'default_node_pool.os_sku',
      values: ['CBLMariner', 'Mariner', 'Windows2019'],
      ends: '2025-11-30',
      instead: 'AzureLinux',
    },
  ],
  azurerm_kubernetes_cluster_node_pool: [
    { at: 'os_sku', values: ['CBLMariner', 'Mariner', 'Windows2019'], ends: '2025-11-30', instead: 'AzureLinux' },
  ],
  azurerm_lb: [{ at: 'sku', values: ['Basic'], ends: '2025-09-30', instead: 'Standard' }],
  azurerm_network_watcher_flow_log: [
    {
      at: 'target_resource_id',
      values: /azurerm_network_security_group\.|networkSecurityGroups/,
      ends: '2027-09-30',
      instead: 'flow logs of the virtual network',
    },
    { at: 'network_security_group_id', ends: 'azurerm 5.0', instead: 'target_resource_id with the virtual network' },
  ],
  azurerm_postgresql_flexible_server: [
    { at: 'version', values: ['11', '12', '13'], ends: '2026-03-31', instead: 'the version of the primary' },
  ],
  azurerm_public_ip: [
    { at: 'sku', values: ['Basic'], ends: '2025-09-30', instead: 'Standard' },
    { at: 'allocation_method', values: ['Dynamic'], ends: '2025-09-30', instead: 'Static' },
  ],
  azurerm_service_plan: [{ at: 'sku_name', values: ['Y1'], ends: '2028-09-30', instead: 'FC1' }],
  azurerm_storage_account: [
    { at: 'account_kind', values: ['BlobStorage', 'Storage'], ends: '2026-10-13', instead: 'StorageV2' },
    { at: 'min_tls_version', values: ['TLS1_0', 'TLS1_1'], ends: '2026-02-03', instead: 'TLS1_2' },
  ],
  azurerm_virtual_network_gateway: [
    {
      at: 'sku',
      values: ['Basic', 'Standard', 'HighPerformance', 'VpnGw1', 'VpnGw2', 'VpnGw3', 'VpnGw4', 'VpnGw5'],
      ends: '2026-09-30',
      instead: 'a SKU of zones such as VpnGw2AZ',
    },
  ],
};
