import { one, type Row } from '../../support/about';
import { reference } from '../../support/graph';
import { absent, like } from '../../support/matchers';
import { byDay, key, onCall, principal } from './facts';

const server = reference('data/SqlServer/Server', 'id');

/** Size and replicas of each service's own database. */
const databases = {
  Analytics: ['HS_MOPRMS_2', 1],
  Catalog: ['HS_Gen5_4', 3],
  Customer: ['HS_Gen5_2', 1],
  Inventory: ['HS_Gen5_2', 1],
  Notification: ['HS_Gen5_2', 1],
  Order: ['HS_Gen5_4', 1],
  Payment: ['HS_Gen5_2', 1],
} as const;

/** Who is told, by alert. */
const alerts = {
  ConnectionsFailed: onCall,
  CpuHigh: byDay,
  LogWritesHigh: byDay,
  SessionsHigh: onCall,
  WorkersHigh: byDay,
};

/** Azure SQL Hyperscale, a database a service, read by replicas. */
export const databasesRow: Row = {
  row: 'databases',
  expectations: [
    one(
      'the server takes identities of Entra ID alone, from the network alone',
      'azurerm_mssql_server',
      'data/SqlServer/Server',
      {
        'azuread_administrator.azuread_authentication_only': true,
        'azuread_administrator.login_username': 'id-retailflow-azure-production-migration',
        'azuread_administrator.object_id': principal('Migration'),
        administrator_login: absent,
        public_network_access_enabled: false,
        outbound_network_restriction_enabled: true,
        connection_policy: 'Proxy',
        minimum_tls_version: '1.2',
        'lifecycle.prevent_destroy': true,
      },
    ),
    one(
      'the databases are encrypted with our own key',
      'azurerm_mssql_server_transparent_data_encryption',
      'data/SqlServer/Encryption',
      { server_id: server, auto_rotation_enabled: true },
    ),
    one(
      'what is done in the databases is written down',
      'azurerm_mssql_server_extended_auditing_policy',
      'data/SqlServer/Audit',
      {
        server_id: server,
        enabled: true,
        log_monitoring_enabled: true,
      },
    ),
    one(
      'somebody is called where a job that lays their contents does not end',
      'azurerm_monitor_alert_prometheus_rule_group',
      'operations/WorkloadAlerts/Group',
      {
        'rule[alert=MigrationFailed].expression': like(/^sum by \(namespace\) .*namespace=~"retailflow-azure-\.\+"/),
        'rule[alert=MigrationFailed].enabled': true,
        'rule[alert=MigrationFailed].action.0.action_group_id': onCall,
      },
    ),
    one('the databases are reached by a private endpoint', 'azurerm_private_endpoint', 'data/SqlServer/Endpoint', {
      'private_service_connection.private_connection_resource_id': server,
      'private_service_connection.subresource_names.0': 'sqlServer',
    }),
    ...Object.entries(databases).flatMap(([service, [sku, replicas]]) => [
      one(
        `${service} has a Hyperscale database of its own, over zones, with replicas that read`,
        'azurerm_mssql_database',
        `data/${service}Database/Database`,
        {
          server_id: service === 'Payment' ? reference('data/CardsSqlServer/Server', 'id') : server,
          sku_name: sku,
          read_replica_count: replicas,
          zone_redundant: true,
          storage_account_type: 'GeoZone',
          'short_term_retention_policy.retention_days': 35,
          'long_term_retention_policy.monthly_retention': 'P12M',
          transparent_data_encryption_enabled: true,
          'lifecycle.prevent_destroy': true,
        },
      ),
      ...Object.entries(alerts).map(([alert, told]) =>
        one(
          `somebody is called for ${alert} of ${service}`,
          'azurerm_monitor_metric_alert',
          `data/${service}Database/${alert}`,
          {
            'scopes.0': reference(`data/${service}Database/Database`, 'id'),
            'action.0.action_group_id': told,
          },
        ),
      ),
    ]),
    one(
      'reports read orders from a replica of their own',
      'azurerm_mssql_database',
      'data/OrderDatabase/ReportsReplica/Replica',
      {
        creation_source_database_id: reference('data/OrderDatabase/Database', 'id'),
        create_mode: 'Secondary',
        secondary_type: 'Named',
        zone_redundant: true,
      },
    ),
    { name: 'there are seven databases and one named replica', type: 'azurerm_mssql_database', count: 8 },
    { name: 'no rule of a firewall opens them', type: 'azurerm_mssql_firewall_rule', count: 0 },
    one('keys of databases are our own', 'azurerm_cosmosdb_account', 'data/ShopDocuments/Account', {
      key_vault_key_id: key('Database'),
    }),
  ],
};
