import { settingsRule, type Settings } from '../settings';

/** How a service is kept from taking anything but an identity of Entra ID, by type. */
const settings: Settings = {
  azurerm_app_configuration: [
    { at: 'local_auth_enabled', oneOf: [false] },
    { at: 'data_plane_proxy_authentication_mode', oneOf: ['Pass-through'] },
  ],
  azurerm_application_insights: [{ at: 'local_authentication_disabled', oneOf: [true] }],
  azurerm_container_registry: [{ at: 'admin_enabled', oneOf: [false] }],
  azurerm_cosmosdb_account: [{ at: 'local_authentication_disabled', oneOf: [true] }],
  azurerm_dashboard_grafana: [{ at: 'api_key_enabled', oneOf: [false] }],
  azurerm_eventhub_namespace: [{ at: 'local_authentication_enabled', oneOf: [false] }],
  azurerm_function_app_flex_consumption: [
    { at: 'storage_authentication_type', oneOf: ['SystemAssignedIdentity', 'UserAssignedIdentity'] },
    { at: 'webdeploy_publish_basic_authentication_enabled', oneOf: [false] },
  ],
  azurerm_key_vault: [{ at: 'rbac_authorization_enabled', oneOf: [true] }],
  azurerm_kubernetes_cluster: [
    { at: 'local_account_disabled', oneOf: [true] },
    { at: 'azure_active_directory_role_based_access_control.azure_rbac_enabled', oneOf: [true] },
  ],
  azurerm_log_analytics_workspace: [{ at: 'local_authentication_enabled', oneOf: [false] }],
  azurerm_managed_redis: [{ at: 'default_database.access_keys_authentication_enabled', oneOf: [false] }],
  azurerm_mssql_server: [{ at: 'azuread_administrator.azuread_authentication_only', oneOf: [true] }],
  azurerm_postgresql_flexible_server: [
    { at: 'authentication.active_directory_auth_enabled', oneOf: [true] },
    { at: 'authentication.password_auth_enabled', oneOf: [false] },
  ],
  azurerm_search_service: [{ at: 'local_authentication_enabled', oneOf: [false] }],
  azurerm_servicebus_namespace: [{ at: 'local_auth_enabled', oneOf: [false] }],
  azurerm_storage_account: [
    { at: 'shared_access_key_enabled', oneOf: [false] },
    { at: 'local_user_enabled', oneOf: [false] },
  ],
};

/** No service takes a key or a password of its own. */
export const localAuth = settingsRule('local-auth', settings, 'write it, and give roles to identities of Entra ID');
