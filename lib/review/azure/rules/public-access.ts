import { settingsRule, type Settings } from '../settings';

const closed = [{ at: 'public_network_access_enabled', oneOf: [false] }] as const;

/** How the internet is kept from a service, by type. */
const settings: Settings = {
  azurerm_api_management: closed,
  azurerm_app_configuration: [{ at: 'public_network_access', oneOf: ['Disabled'] }],
  azurerm_application_insights: [{ at: 'internet_ingestion_enabled', oneOf: [false] }],
  azurerm_container_registry: [...closed, { at: 'anonymous_pull_enabled', oneOf: [false], optional: true }],
  azurerm_cosmosdb_account: closed,
  azurerm_dashboard_grafana: closed,
  azurerm_eventhub_namespace: closed,
  azurerm_function_app_flex_consumption: closed,
  azurerm_key_vault: [...closed, { at: 'network_acls.default_action', oneOf: ['Deny'] }],
  azurerm_kubernetes_cluster: [
    { at: 'private_cluster_enabled', oneOf: [true] },
    { at: 'private_cluster_public_fqdn_enabled', oneOf: [false] },
    { at: 'run_command_enabled', oneOf: [false] },
  ],
  azurerm_linux_function_app: closed,
  azurerm_linux_web_app: closed,
  azurerm_log_analytics_workspace: [{ at: 'internet_ingestion_enabled', oneOf: [false] }],
  azurerm_managed_redis: [{ at: 'public_network_access', oneOf: ['Disabled'] }],
  azurerm_monitor_data_collection_endpoint: closed,
  azurerm_monitor_private_link_scope: [{ at: 'ingestion_access_mode', oneOf: ['PrivateOnly'] }],
  azurerm_monitor_workspace: closed,
  azurerm_mssql_server: closed,
  azurerm_postgresql_flexible_server: closed,
  azurerm_recovery_services_vault: closed,
  azurerm_search_service: closed,
  azurerm_servicebus_namespace: closed,
  azurerm_storage_account: [
    ...closed,
    { at: 'allow_nested_items_to_be_public', oneOf: [false] },
    { at: 'cross_tenant_replication_enabled', oneOf: [false], optional: true },
  ],
  azurerm_storage_container: [{ at: 'container_access_type', oneOf: ['private'], optional: true }],
  azurerm_subnet: [{ at: 'default_outbound_access_enabled', oneOf: [false] }],
};

/** Every service is closed to the internet. What the type's own default is does not count: it is written. */
export const publicAccess = settingsRule(
  'public-access',
  settings,
  'write it, and let what needs the service reach it from the network',
);
