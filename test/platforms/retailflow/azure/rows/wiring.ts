import type { Json } from '../../../../../lib/review/json';
import { about, one, type Row } from '../../../support/about';
import type { Expectation } from '../../../support/expectations';
import { reference } from '../../../support/graph';
import { absent, containing, exactly, oneOf, present } from '../../../support/matchers';
import { subnet, workspace, zone } from './facts';

/** Private endpoints: for which resource, for what of it, and where it is found. */
const endpoints: Readonly<Record<string, { target: string; subresource: string; zone: string }>> = {
  'foundation/FlowLogs/Endpoint': { target: 'foundation/FlowLogs/Account', subresource: 'blob', zone: 'Blob' },
  'foundation/Keys/Endpoint': { target: 'foundation/Keys/Vault', subresource: 'vault', zone: 'KeyVault' },
  'foundation/Registry/Endpoint': {
    target: 'foundation/Registry/Registry',
    subresource: 'registry',
    zone: 'Registry',
  },
  ...Object.fromEntries(
    ['FeedAnalytics', 'FeedArchive'].flatMap((name) => [
      [
        `cluster/${name}Function/Endpoint`,
        { target: `cluster/${name}Function/App`, subresource: 'sites', zone: 'Sites' },
      ],
      ...['Blob', 'Queue', 'Table'].map((service) => [
        `cluster/${name}Function/Storage/${service}Endpoint`,
        { target: `cluster/${name}Function/Storage/Account`, subresource: service.toLowerCase(), zone: service },
      ]),
    ]) as [string, { target: string; subresource: string; zone: string }][],
  ),
  'data/ArchiveStorage/Endpoint': { target: 'data/ArchiveStorage/Account', subresource: 'blob', zone: 'Blob' },
  'data/AssetsStorage/Endpoint': { target: 'data/AssetsStorage/Account', subresource: 'blob', zone: 'Blob' },
  'data/BackupKey/Endpoint': { target: 'data/BackupKey/Vault', subresource: 'vault', zone: 'KeyVault' },
  'data/CatalogCache/Endpoint': { target: 'data/CatalogCache/Cache', subresource: 'redisEnterprise', zone: 'Redis' },
  'data/StorefrontFlags/Endpoint': {
    target: 'data/StorefrontFlags/Store',
    subresource: 'configurationStores',
    zone: 'Flags',
  },
  'data/HotStorage/Endpoint': { target: 'data/HotStorage/Account', subresource: 'blob', zone: 'Blob' },
  'data/SessionsCache/Endpoint': { target: 'data/SessionsCache/Cache', subresource: 'redisEnterprise', zone: 'Redis' },
  'data/SqlServer/Endpoint': { target: 'data/SqlServer/Server', subresource: 'sqlServer', zone: 'Sql' },
  'operations/Dashboards/Endpoint': {
    target: 'operations/Dashboards/Grafana',
    subresource: 'grafana',
    zone: 'Grafana',
  },
  'messaging/ServiceBus/Endpoint': {
    target: 'messaging/ServiceBus/Namespace',
    subresource: 'namespace',
    zone: 'ServiceBus',
  },
};

const eachEndpoint: readonly Expectation[] = Object.entries(endpoints).map(
  ([path, { subresource, target, zone: name }]) =>
    one(`${target} is reached from the network, and found there as ${subresource}`, 'azurerm_private_endpoint', path, {
      'private_service_connection.private_connection_resource_id': reference(target, 'id'),
      'private_service_connection.subresource_names': exactly(subresource),
      'private_dns_zone_group.private_dns_zone_ids': exactly(zone(name)),
    }),
);

/** Types of what can be had by a private endpoint. */
const reachedPrivately: Readonly<Record<string, Readonly<Record<string, Json>>>> = {
  azurerm_app_configuration: { public_network_access: 'Disabled' },
  azurerm_container_registry: { public_network_access_enabled: false },
  azurerm_dashboard_grafana: { public_network_access_enabled: false },
  azurerm_function_app_flex_consumption: { public_network_access_enabled: false },
  azurerm_key_vault: { public_network_access_enabled: false },
  azurerm_managed_redis: { public_network_access: 'Disabled' },
  azurerm_mssql_server: { public_network_access_enabled: false },
  azurerm_servicebus_namespace: { public_network_access_enabled: false },
  azurerm_storage_account: { public_network_access_enabled: false },
};

const privately: readonly Expectation[] = Object.entries(reachedPrivately).flatMap(([type, closed]) => [
  {
    name: `every ${type} has an endpoint in the network`,
    type,
    through: { type: 'azurerm_private_endpoint', by: 'private_service_connection.private_connection_resource_id' },
    path: 'subnet_id',
    is: subnet('Endpoints'),
  },
  ...Object.entries(closed).map(([path, is]) => ({ name: `no ${type} answers the internet`, type, path, is })),
]);

/** What sends its logs, and which of them where it has more than one needs. */
const diagnosed: Readonly<Record<string, { logs?: readonly string[] | 'none'; metrics?: false }>> = {
  azurerm_app_configuration: {},
  azurerm_application_gateway: {},
  azurerm_cdn_frontdoor_profile: {},
  azurerm_container_registry: {},
  azurerm_dashboard_grafana: {},
  azurerm_data_protection_backup_vault: {},
  azurerm_function_app_flex_consumption: {},
  azurerm_key_vault: {},
  azurerm_log_analytics_workspace: { logs: ['audit'], metrics: false },
  azurerm_mssql_database: { metrics: false },
  azurerm_nat_gateway: { logs: 'none' },
  azurerm_network_security_group: { metrics: false },
  azurerm_postgresql_flexible_server: {},
  azurerm_public_ip: {},
  azurerm_servicebus_namespace: {},
  azurerm_storage_account: { metrics: false },
  azurerm_virtual_network: {},
};

const logged: readonly Expectation[] = Object.entries(diagnosed).flatMap(
  ([type, { logs = ['allLogs'], metrics = true }]): readonly Expectation[] => {
    const through = { type: 'azurerm_monitor_diagnostic_setting', by: 'target_resource_id' };
    return [
      {
        name: `every ${type} sends to the workspace`,
        type,
        through,
        path: 'log_analytics_workspace_id',
        is: workspace,
      },
      {
        name: `every ${type} sends ${logs === 'none' ? 'no logs, since it has none' : `its logs, ${logs.join(', ')}`}`,
        type,
        through,
        path: 'enabled_log',
        is: logs === 'none' ? absent : containing(...logs.map((categoryGroup) => ({ category_group: categoryGroup }))),
      },
      ...(metrics
        ? [
            {
              name: `every ${type} sends its metrics`,
              type,
              through,
              path: 'enabled_metric',
              is: containing({ category: 'AllMetrics' }),
            },
          ]
        : []),
    ];
  },
);

/** What holds data, of which somebody would miss every one. */
const holders = [
  'azurerm_app_configuration',
  'azurerm_container_registry',
  'azurerm_dashboard_grafana',
  'azurerm_data_protection_backup_vault',
  'azurerm_key_vault',
  'azurerm_log_analytics_workspace',
  'azurerm_managed_redis',
  'azurerm_monitor_workspace',
  'azurerm_mssql_database',
  'azurerm_mssql_server',
  'azurerm_postgresql_flexible_server',
  'azurerm_postgresql_flexible_server_database',
  'azurerm_servicebus_namespace',
  'azurerm_servicebus_queue',
  'azurerm_servicebus_subscription',
  'azurerm_servicebus_topic',
  'azurerm_storage_account',
  'azurerm_storage_container',
] as const;

const locked: readonly Expectation[] = holders.flatMap((type) => [
  {
    name: `Azure deletes no ${type}, whoever asks`,
    type,
    through: { type: 'azurerm_management_lock', by: 'scope' },
    path: 'lock_level',
    is: 'CanNotDelete',
  },
  { name: `Terraform destroys no ${type}`, type, path: 'lifecycle.prevent_destroy', is: true },
]);

/** What holds data of customers or of the platform says of what class it is. */
const classed = [
  'azurerm_container_registry',
  'azurerm_dashboard_grafana',
  'azurerm_data_protection_backup_vault',
  'azurerm_function_app_flex_consumption',
  'azurerm_key_vault',
  'azurerm_managed_redis',
  'azurerm_mssql_database',
  'azurerm_mssql_server',
  'azurerm_postgresql_flexible_server',
  'azurerm_servicebus_namespace',
  'azurerm_storage_account',
] as const;

const classes: readonly Expectation[] = classed.map((type) => ({
  name: `every ${type} says of what class its data is`,
  type,
  path: 'tags.data-class',
  is: oneOf('public', 'internal', 'confidential', 'restricted'),
}));

export const wiring: Row = {
  row: 'what holds for all that holds data',
  expectations: [
    ...eachEndpoint,
    ...about(
      { type: 'azurerm_private_endpoint' },
      {
        'private endpoints stand where those who call are known': { path: 'subnet_id', is: subnet('Endpoints') },
        'nobody has to let a private endpoint in': {
          path: 'private_service_connection.is_manual_connection',
          is: false,
        },
        'every private endpoint writes its own name': {
          path: 'private_dns_zone_group.private_dns_zone_ids',
          is: present,
        },
      },
    ),
    ...privately,
    ...logged,
    ...about(
      { type: 'azurerm_monitor_diagnostic_setting', where: /^(?!foundation\/Audit\/Trail$)/ },
      {
        'each kind of log has a table of its own': { path: 'log_analytics_destination_type', is: 'Dedicated' },
      },
    ),
    ...about(
      { type: 'azurerm_monitor_diagnostic_setting' },
      { 'every log goes to the one workspace': { path: 'log_analytics_workspace_id', is: workspace } },
    ),
    one(
      'accounts of flow logs send how much is asked of them',
      'azurerm_monitor_diagnostic_setting',
      'foundation/FlowLogs/Diagnostics',
      {
        enabled_metric: [{ category: 'AllMetrics' }],
      },
    ),
    ...locked,
    ...classes,
    ...about(
      { type: 'azurerm_management_lock' },
      { 'whoever meets a lock is told where its runbook is': { path: 'notes', is: present } },
    ),
  ],
};
