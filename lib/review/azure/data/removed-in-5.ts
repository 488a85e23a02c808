/**
 * Arguments that azurerm 5.0 has no more, by type, and what says the same in 4.55 and in 5.0. Not among them is what has
 * its new name only after 4.55, such as `enable_bgp` and the `parent_id` of a federated credential.
 */
export const removedIn5: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  azurerm_api_management: {
    'protocols.enable_http2': 'protocols.http2_enabled',
    'security.enable_backend_ssl30': 'security.backend_ssl30_enabled',
    'security.enable_backend_tls10': 'security.backend_tls10_enabled',
    'security.enable_backend_tls11': 'security.backend_tls11_enabled',
    'security.enable_frontend_ssl30': 'security.frontend_ssl30_enabled',
    'security.enable_frontend_tls10': 'security.frontend_tls10_enabled',
    'security.enable_frontend_tls11': 'security.frontend_tls11_enabled',
  },
  azurerm_container_registry: { trust_policy_enabled: 'signatures that the cluster verifies' },
  azurerm_key_vault: {
    contact: 'azurerm_key_vault_certificate_contacts',
    enable_rbac_authorization: 'rbac_authorization_enabled',
  },
  azurerm_log_analytics_workspace: { local_authentication_disabled: 'local_authentication_enabled' },
  azurerm_monitor_diagnostic_setting: {
    'enabled_log.retention_policy': 'the retention of the workspace',
    metric: 'enabled_metric',
  },
  azurerm_network_watcher_flow_log: { network_security_group_id: 'target_resource_id' },
  azurerm_storage_account: {
    queue_properties: 'azurerm_storage_account_queue_properties',
    static_website: 'azurerm_storage_account_static_website',
  },
  azurerm_storage_container: { storage_account_name: 'storage_account_id' },
  azurerm_storage_queue: { storage_account_name: 'storage_account_id' },
  azurerm_storage_share: { storage_account_name: 'storage_account_id' },
};
