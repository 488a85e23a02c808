import { about, at, none, type Row } from '../../../support/about';
import type { Expectation } from '../../../support/expectations';
import { exactly, like } from '../../../support/matchers';

const servers = 'azurerm_postgresql_flexible_server';
const postgres = { stack: 'data', type: servers } as const;

/** Standby, backups and locks: as in production, since a restore that was never tried is none. */
const kept: readonly Expectation[] = [
  ...about(
    { ...postgres, where: at('data/StoreDatabase/Writer/Server'), count: 1 },
    {
      'the writer of staging has a standby in another zone, as in production': {
        path: 'high_availability.mode',
        is: 'ZoneRedundant',
      },
      'backups of staging are kept for 35 days, as in production': { path: 'backup_retention_days', is: 35 },
      'backups of staging are copied to Singapore, as in production': {
        path: 'geo_redundant_backup_enabled',
        is: true,
      },
    },
  ),
  {
    name: 'Terraform does not destroy servers of staging',
    ...postgres,
    count: 2,
    path: 'lifecycle.prevent_destroy',
    is: true,
  },
  {
    name: 'the hot account of staging is copied to Singapore, as in production',
    type: 'azurerm_storage_account',
    where: at('data/HotStorage/Account'),
    count: 1,
    path: 'account_replication_type',
    is: 'RAGZRS',
  },
  {
    name: 'vaulted backups of staging lie in Singapore too',
    type: 'azurerm_data_protection_backup_vault',
    count: 1,
    path: 'redundancy',
    is: 'GeoRedundant',
  },
];

/** What differs from production on Azure: sizes, and how long logs are kept. What makes production safe holds here, too. */
export const staging: Row = {
  row: 'staging',
  expectations: [
    ...about(
      { ...postgres, count: 2 },
      {
        'servers of staging are half as large as those of production': { path: 'sku_name', is: 'MO_Standard_E2ds_v5' },
        'servers of staging take no password': { path: 'authentication.password_auth_enabled', is: false },
      },
    ),
    none({ type: servers, where: /Replica2/ }, 'the database of staging has one reader'),
    ...about(
      { type: 'azurerm_postgresql_flexible_server_configuration', having: { name: 'max_connections' }, count: 2 },
      { 'servers of staging take as many connections as their memory allows': { path: 'value', is: '1600' } },
    ),
    ...about(
      { type: 'azurerm_managed_redis', count: 2 },
      {
        'caches of staging are of the smallest size that spans zones': { path: 'sku_name', is: 'Balanced_B3' },
        'caches of staging have no keys': {
          path: 'default_database.access_keys_authentication_enabled',
          is: false,
        },
        'caches of staging have a second node, as in production': { path: 'high_availability_enabled', is: true },
      },
    ),
    ...about(
      { type: 'azurerm_kubernetes_cluster_node_pool', count: 1 },
      {
        'services of staging begin on three nodes, one a zone': { path: 'min_count', is: 3 },
        'services of staging have six nodes at most': { path: 'max_count', is: 6 },
        'nodes of staging stand in all zones': { path: 'zones', is: exactly('1', '2', '3') },
        'nodes of staging are as those of production': { path: 'vm_size', is: 'Standard_D8ds_v5' },
      },
    ),
    {
      name: 'logs of staging are kept for 90 days',
      type: 'azurerm_log_analytics_workspace',
      count: 1,
      path: 'retention_in_days',
      is: 90,
    },
    {
      name: 'flow logs of staging are kept for 90 days',
      type: 'azurerm_network_watcher_flow_log',
      count: 1,
      path: 'retention_policy.days',
      is: 90,
    },
    {
      name: 'the network of staging has addresses of its own',
      type: 'azurerm_virtual_network',
      count: 1,
      path: 'address_space',
      is: exactly('10.34.0.0/16'),
    },
    {
      name: 'pods of staging have addresses of their own',
      type: 'azurerm_kubernetes_cluster',
      count: 1,
      path: 'network_profile.pod_cidr',
      is: '10.68.0.0/14',
    },
    {
      name: 'the cluster of staging takes images from its own registry',
      type: 'azurerm_resource_group_policy_assignment',
      where: at('cluster/Policy/OwnImages'),
      count: 1,
      path: 'parameters',
      is: like(/\^crretailflowstaging\w{6}\\\\\.azurecr/),
    },
    {
      name: 'staging is looked at from outside under its own name',
      type: 'azurerm_application_insights_standard_web_test',
      count: 2,
      path: 'request.url',
      is: like(/^https:\/\/recovery\.staging\.shop\.example\.com\//),
    },
    ...kept,
  ],
};
