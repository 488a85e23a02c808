import { about, at, none, one, type Row } from '../../../support/about';
import type { Expectation } from '../../../support/expectations';
import { reference } from '../../../support/graph';
import { absent, exactly, like, oneLike } from '../../../support/matchers';
import { subnet } from './facts';

const stack = 'cluster';

interface Declared {
  readonly id: string;
  readonly name: string;
  readonly schedule: string;
  readonly timeout: string;
  /** Within how many minutes it must have run, and over what the logs are asked for it. */
  readonly within: readonly [minutes: number, window: string, every: string];
  /** What it is told of what it uses. */
  readonly told: readonly string[];
  /** What it is not told, since it does not use it. */
  readonly untold: readonly string[];
}

const functions: readonly Declared[] = [
  {
    id: 'FeedAnalytics',
    name: 'feed-analytics',
    schedule: '*/15 * * * *',
    timeout: '00:30:00',
    within: [75, 'PT2H', 'PT15M'],
    told: [
      'DATABASE_STORE_READER_HOST',
      'DATABASE_ANALYTICS_BACKUP_HOST',
      'SCHEMA_ANALYTICS',
      'SCHEMA_CATALOG',
      'SCHEMA_ORDER',
    ],
    untold: ['BUCKET_ARCHIVE_URL'],
  },
  {
    id: 'FeedArchive',
    name: 'feed-archive',
    schedule: '30 18 * * *',
    timeout: '02:00:00',
    within: [1590, 'P2D', 'PT1H'],
    told: ['DATABASE_STORE_READER_HOST', 'BUCKET_ARCHIVE_URL', 'BUCKET_EXPORTS_URL', 'SCHEMA_CATALOG', 'SCHEMA_ORDER'],
    untold: ['DATABASE_ANALYTICS_BACKUP_HOST', 'SCHEMA_ANALYTICS'],
  },
];

/** What every function is told, whatever it uses. */
const always = [
  'AZURE_CLIENT_ID',
  'AzureWebJobsStorage__clientId',
  'DATABASE_STORE_HOST',
  'DATABASE_STORE_NAME',
  'DATABASE_STORE_PORT',
  'DATABASE_STORE_SCHEMA',
  'DATABASE_STORE_USER',
  'FUNCTION_NAME',
  'PLATFORM_NAME',
  'PLATFORM_STAGE',
] as const;

const rights: Readonly<Record<string, string>> = {
  UsesBlob: 'Storage Blob Data Owner',
  UsesQueue: 'Storage Queue Data Contributor',
  UsesTable: 'Storage Table Data Contributor',
};

const eachFunction: readonly Expectation[] = functions.flatMap(
  ({ id, name, schedule, timeout, told, untold, within }) => {
    const path = `cluster/${id}Function`;
    const principal = reference(`foundation/Identities/${id}`, 'principal_id');
    const identity = reference(`foundation/Identities/${id}`, 'id');
    return [
      ...about(
        { stack, type: 'azurerm_function_app_flex_consumption', where: at(`${path}/App`), count: 1 },
        {
          [`${name} has its own identity, and no other`]: { path: 'identity.identity_ids', is: exactly(identity) },
          [`${name} reads its release as itself`]: { path: 'storage_user_assigned_identity_id', is: identity },
          [`${name} reads its release from its own account`]: {
            path: 'storage_container_endpoint',
            is: `${reference(`${path}/Storage/Account`, 'primary_blob_endpoint')}${reference(`${path}/Storage/Releases`, 'name')}`,
          },
          [`${name} runs when the definition says`]: { path: 'app_settings.SCHEDULE', is: schedule },
          [`${name} has the time of the definition`]: {
            path: 'app_settings.AzureFunctionsJobHost__functionTimeout',
            is: timeout,
          },
          [`${name} keeps its own state as itself`]: {
            path: 'app_settings.AzureWebJobsStorage__credential',
            is: 'managedidentity',
          },
          [`${name} keeps its own state in its own account`]: {
            path: 'app_settings.AzureWebJobsStorage__accountName',
            is: reference(`${path}/Storage/Account`, 'name'),
          },
          [`${name} stands on its own plan`]: { path: 'service_plan_id', is: reference(`${path}/Plan`, 'id') },
          [`${name} waits until it may use its account`]: { path: 'depends_on[*]', is: oneLike(/UsesBlob/) },
          ...Object.fromEntries([
            ...[...always, ...told].map((variable) => [
              `${name} is told ${variable}`,
              { path: `app_settings.${variable}`, is: like(/./) },
            ]),
            ...untold.map((variable) => [
              `${name} is not told ${variable}`,
              { path: `app_settings.${variable}`, is: absent },
            ]),
          ]),
        },
      ),
      ...Object.entries(rights).map(([right, role]) =>
        one(`${name} has the role ${role} in its own account`, 'azurerm_role_assignment', `${path}/Storage/${right}`, {
          role_definition_name: role,
          scope: reference(`${path}/Storage/Account`, 'id'),
          principal_id: principal,
        }),
      ),
      one(`${name} sends its traces as itself`, 'azurerm_role_assignment', `${path}/Reports`, {
        role_definition_name: 'Monitoring Metrics Publisher',
        scope: like(/Insights\.id\}$/),
        principal_id: principal,
      }),
      one(`${name} has a plan of its own, in all zones`, 'azurerm_service_plan', `${path}/Plan`, {
        sku_name: 'FC1',
        zone_balancing_enabled: true,
        os_type: 'Linux',
      }),
      one(`releases of ${name} lie in its own account`, 'azurerm_storage_container', `${path}/Storage/Releases`, {
        storage_account_id: reference(`${path}/Storage/Account`, 'id'),
        name: 'releases',
      }),
      one(`the account of ${name} stands in three zones`, 'azurerm_storage_account', `${path}/Storage/Account`, {
        account_replication_type: 'ZRS',
        shared_access_key_enabled: false,
        queue_encryption_key_type: 'Account',
        table_encryption_key_type: 'Account',
        'blob_properties.versioning_enabled': true,
        access_tier: 'Hot',
      }),
      one(
        `somebody is called when a run of ${name} fails`,
        'azurerm_monitor_scheduled_query_rules_alert_v2',
        `${path}/Failed`,
        {
          'criteria.0.query': like(new RegExp(`AppRequests .*"func-retailflow-production-${name}-.*Success == false`)),
          'criteria.0.threshold': 0,
          'criteria.0.operator': 'GreaterThan',
        },
      ),
      one(
        `somebody is called when no run of ${name} comes in ${within[0]} minutes, although nothing is written down then`,
        'azurerm_monitor_scheduled_query_rules_alert_v2',
        `${path}/Missed`,
        {
          'criteria.0.query': like(
            new RegExp(
              `AppRequests .*"func-retailflow-production-${name}-\\w+" and TimeGenerated > ago\\(${within[0]}m\\) .*count\\(\\) \\| project missed = iff\\(runs == 0, 1, 0\\)$`,
            ),
          ),
          'criteria.0.threshold': 0,
          'criteria.0.operator': 'GreaterThan',
          window_duration: within[1],
          evaluation_frequency: within[2],
        },
      ),
      ...['Blob', 'Queue', 'Table'].map((service) =>
        one(
          `who uses the ${service.toLowerCase()} service of ${name} is written down`,
          'azurerm_monitor_diagnostic_setting',
          `${path}/Storage/${service}Diagnostics`,
          {
            target_resource_id: `${reference(`${path}/Storage/Account`, 'id')}/${service.toLowerCase()}Services/default`,
            enabled_log: [{ category_group: 'allLogs' }],
          },
        ),
      ),
    ];
  },
);

export const functionsRow: Row = {
  row: 'functions',
  expectations: [
    ...eachFunction,
    ...about(
      { stack, type: 'azurerm_function_app_flex_consumption', count: functions.length },
      {
        'functions do not answer the internet': { path: 'public_network_access_enabled', is: false },
        'functions refuse whoever is not named': { path: 'site_config.ip_restriction_default_action', is: 'Deny' },
        'releases of functions are refused from elsewhere': {
          path: 'site_config.scm_ip_restriction_default_action',
          is: 'Deny',
        },
        'functions are called by TLS alone': { path: 'https_only', is: true },
        'functions speak TLS 1.2 or newer': { path: 'site_config.minimum_tls_version', is: '1.2' },
        'releases come by TLS 1.2 or newer': { path: 'site_config.scm_minimum_tls_version', is: '1.2' },
        'nobody looks into a function while it runs': { path: 'site_config.remote_debugging_enabled', is: false },
        'functions use storage as themselves': { path: 'storage_authentication_type', is: 'UserAssignedIdentity' },
        'functions use storage without a key': { path: 'storage_access_key', is: absent },
        'functions keep their state without a key': { path: 'app_settings.AzureWebJobsStorage', is: '' },
        'functions call from the network': { path: 'virtual_network_subnet_id', is: subnet('Functions') },
        'nobody releases with a password': { path: 'webdeploy_publish_basic_authentication_enabled', is: false },
        'functions run what is still mended': { path: 'runtime_name', is: 'node' },
        'functions run a version that is still mended': { path: 'runtime_version', is: '22' },
        'functions log in to databases without a password': { path: 'app_settings.DATABASE_STORE_AUTH', is: 'entra' },
        'functions have the memory of the definition': { path: 'instance_memory_in_mb', is: 2048 },
        'functions send their traces': { path: 'site_config.application_insights_connection_string', is: like(/./) },
        'functions do not run away': { path: 'maximum_instance_count', is: 10 },
        'functions send their traces as themselves': {
          path: 'app_settings.APPLICATIONINSIGHTS_AUTHENTICATION_STRING',
          is: like(/Authorization=AAD$/),
        },
      },
    ),
    none({ type: 'azurerm_linux_function_app' }, 'there are no functions of the kind that ends'),
    none({ type: 'azurerm_function_app' }, 'there are no functions of the kind that ended'),
  ],
};
