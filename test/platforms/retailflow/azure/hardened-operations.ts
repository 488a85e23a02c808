import type { Hardened } from '../../support/mutations';
import { classed, foreign, kept, paths, tagged } from '../../support/hardened-azure';

/** Backups, dashboards, and what looks at the site from outside. */
export const hardenedOperations: Readonly<Record<string, readonly Hardened[]>> = {
  azurerm_data_protection_backup_vault: [
    {},
    ...tagged,
    ...classed,
    ...kept,
    { path: 'redundancy', weak: ['LocallyRedundant'] },
    { path: 'immutability', weak: ['Disabled'] },
    { path: 'soft_delete', weak: ['Off', 'On'] },
    { path: 'retention_duration_in_days', weak: [0] },
    ...paths('cross_region_restore_enabled', 'identity'),
  ],
  azurerm_data_protection_backup_vault_customer_managed_key: [
    {},
    { path: 'key_vault_key_id', weak: [foreign] },
    { path: 'data_protection_backup_vault_id', weak: [foreign] },
  ],
  azurerm_data_protection_backup_policy_postgresql_flexible_server: [
    {},
    { path: 'backup_repeating_time_intervals', weak: [['R/2026-01-04T18:00:00+00:00/P52W']] },
    { path: 'default_retention_rule', weak: [{ life_cycle: [{ data_store_type: 'VaultStore', duration: 'P1D' }] }] },
    { path: 'retention_rule', weak: [[]] },
  ],
  azurerm_data_protection_backup_policy_blob_storage: [
    {},
    { path: 'operational_default_retention_duration', weak: ['P1D'] },
  ],
  azurerm_data_protection_backup_instance_postgresql_flexible_server: [
    {},
    { path: 'server_id', weak: [foreign] },
    { path: 'backup_policy_id', weak: [foreign] },
    ...paths('vault_id'),
  ],
  azurerm_data_protection_backup_instance_blob_storage: [
    {},
    { path: 'storage_account_id', weak: [foreign] },
    { path: 'backup_policy_id', weak: [foreign] },
    ...paths('vault_id'),
  ],
  azurerm_dashboard_grafana: [
    {},
    ...tagged,
    ...classed,
    ...kept,
    { path: 'sku', weak: ['Essential'] },
    { path: 'grafana_major_version', weak: ['9'] },
    { path: 'azure_monitor_workspace_integrations', weak: [[]] },
    ...paths(
      'api_key_enabled',
      'public_network_access_enabled',
      'zone_redundancy_enabled',
      'deterministic_outbound_ip_enabled',
      'identity',
    ),
  ],
  azurerm_dashboard_grafana_managed_private_endpoint: [
    {},
    { path: 'private_link_resource_id', weak: [foreign] },
    { path: 'grafana_id', weak: [foreign] },
    { path: 'group_ids', weak: [[]] },
  ],
};
