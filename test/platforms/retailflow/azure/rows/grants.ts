import { one, type Row } from '../../../support/about';
import type { Expectation } from '../../../support/expectations';
import { reference } from '../../../support/graph';

const sender = 'Azure Service Bus Data Sender';
const receiver = 'Azure Service Bus Data Receiver';
const reader = 'Storage Blob Data Reader';
const writer = 'Storage Blob Data Contributor';
const archiveWriter = reference('data/ArchiveWriter/Role', 'name');
const poolScaler = reference('cluster/PoolScaler/Role', 'name');
const group = (stack: string): string =>
  `/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-retailflow-production-${stack}`;

/** Where a role is given, by what the role is for: its path, what it is for, its name, and who has it. */
const grants: readonly (readonly [at: string, on: string, role: string, service: string])[] = [
  ['messaging/OrdersQueue/OrderSends', 'messaging/OrdersQueue/Queue', sender, 'Order'],
  ['messaging/OrdersQueue/OrderReceives', 'messaging/OrdersQueue/Queue', receiver, 'Order'],
  ['messaging/NotificationsQueue/OrderSends', 'messaging/NotificationsQueue/Queue', sender, 'Order'],
  ['messaging/NotificationsQueue/UserSends', 'messaging/NotificationsQueue/Queue', sender, 'User'],
  ['messaging/NotificationsQueue/NotificationReceives', 'messaging/NotificationsQueue/Queue', receiver, 'Notification'],
  ['messaging/OrderUpdatesQueue/NotificationReceives', 'messaging/OrderUpdatesQueue/Queue', receiver, 'Notification'],
  ['messaging/UndeliveredQueue/NotificationReceives', 'messaging/UndeliveredQueue/Queue', receiver, 'Notification'],
  ['messaging/AnalyticsEventsQueue/AnalyticsReceives', 'messaging/AnalyticsEventsQueue/Queue', receiver, 'Analytics'],
  ['messaging/OrderEventsTopic/OrderPublishes', 'messaging/OrderEventsTopic/Topic', sender, 'Order'],
  ['data/AssetsBucket/CatalogReads', 'data/AssetsBucket/Container', reader, 'Catalog'],
  ['data/ExportsBucket/AnalyticsWrites', 'data/ExportsBucket/Container', writer, 'Analytics'],
  ['data/ExportsBucket/FeedArchiveReads', 'data/ExportsBucket/Container', reader, 'FeedArchive'],
  ['data/FailoverStore/LeaderWriter', 'data/FailoverStore/Leader', writer, 'Migration'],
  ['data/FailoverStore/JournalWriter', 'data/FailoverStore/Journal', writer, 'Migration'],
  ['cluster/PoolScaler/Cluster', 'cluster/Cluster/Cluster', poolScaler, 'Migration'],
  ['cluster/PoolScaler/Subnet', 'foundation/Network/Cluster', poolScaler, 'Migration'],
  ['data/ArchiveBucket/AnalyticsWrites', 'data/ArchiveBucket/Container', archiveWriter, 'Analytics'],
  ['data/ArchiveBucket/CatalogWrites', 'data/ArchiveBucket/Container', archiveWriter, 'Catalog'],
  ['data/ArchiveBucket/OrderWrites', 'data/ArchiveBucket/Container', archiveWriter, 'Order'],
  ['data/AssetsBucket/ObjectCopierWrites', 'data/AssetsBucket/Container', writer, 'ObjectCopier'],
  ['data/ExportsBucket/ObjectCopierWrites', 'data/ExportsBucket/Container', writer, 'ObjectCopier'],
  ['data/ArchiveBucket/ObjectCopierWrites', 'data/ArchiveBucket/Container', archiveWriter, 'ObjectCopier'],
  ['data/ArchiveBucket/FeedArchiveWrites', 'data/ArchiveBucket/Container', archiveWriter, 'FeedArchive'],
];

const access: readonly (readonly [at: string, cache: string, service: string])[] = [
  ['data/CatalogCache/CatalogAccess', 'data/CatalogCache/Cache', 'Catalog'],
  ['data/SessionsCache/OrderAccess', 'data/SessionsCache/Cache', 'Order'],
  ['data/SessionsCache/UserAccess', 'data/SessionsCache/Cache', 'User'],
];

/** Entries of the vault that each may read. */
const secrets: Readonly<Record<string, readonly string[]>> = {
  Gateway: ['edge', 'token-keys-publicKeyA', 'token-keys-publicKeyB', 'token-keys-publicKeyC'],
  Notification: ['apple-push-key', 'apple-push-keyId', 'apple-push-teamId', 'google-push-serviceAccount'],
  Order: ['shipping-provider-apiKey'],
  Payment: ['payment-provider-apiKey', 'payment-provider-webhookKey'],
  User: [
    'token-keys-current',
    'token-keys-privateKeyA',
    'token-keys-privateKeyB',
    'token-keys-privateKeyC',
    'token-keys-publicKeyA',
    'token-keys-publicKeyB',
    'token-keys-publicKeyC',
  ],
};
const secretReaders = Object.entries(secrets).flatMap(([reader, entries]) =>
  entries.map((entry) => ({ reader, entry })),
);

const principal = (name: string): string =>
  reference(
    name === 'ObjectCopier' ? 'foundation/ObjectCopier/Identity' : `foundation/Identities/${name}`,
    'principal_id',
  );

const roles: readonly Expectation[] = grants.map(([at, on, role, service]) =>
  one(`${service} may use ${on} by ${role.replace(/[${}]/g, '')}`, 'azurerm_role_assignment', at, {
    scope: reference(on, 'id'),
    role_definition_name: role,
    principal_id: principal(service),
  }),
);

export const grantsRow: Row = {
  row: 'identity: what services may use',
  expectations: [
    ...roles,
    {
      name: 'nobody else may use messages and objects',
      type: 'azurerm_role_assignment',
      where: /^((messaging|data)\/(\w+(Queue|Topic|Bucket)|FailoverStore)|cluster\/PoolScaler)\//,
      count: grants.length,
    },
    one(
      'the control of a failover changes pools of nodes, and nothing else of a cluster',
      'azurerm_role_definition',
      'cluster/PoolScaler/Role',
      {
        scope: group('cluster'),
        assignable_scopes: [group('cluster'), group('foundation')],
        permissions: [
          {
            actions: [
              'Microsoft.ContainerService/managedClusters/agentPools/read',
              'Microsoft.ContainerService/managedClusters/agentPools/write',
              'Microsoft.Network/virtualNetworks/subnets/join/action',
            ],
          },
        ],
      },
    ),
    ...secretReaders.map(({ entry, reader }) =>
      one(
        `${reader} may read ${entry}`,
        'azurerm_role_assignment',
        `cluster/Secrets/${reader}${entry
          .split('-')
          .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
          .join('')}`,
        {
          scope: `${reference('foundation/Keys/Vault', 'id')}/secrets/${entry}`,
          role_definition_name: 'Key Vault Secrets User',
          principal_id: principal(reader),
        },
      ),
    ),
    {
      name: 'nobody else may read what comes from outside',
      type: 'azurerm_role_assignment',
      where: /^cluster\/Secrets\//,
      count: secretReaders.length,
    },
    ...access.map(([at, cache, service]) =>
      one(`${service} may use ${cache}`, 'azurerm_managed_redis_access_policy_assignment', at, {
        managed_redis_id: reference(cache, 'id'),
        object_id: principal(service),
      }),
    ),
    {
      name: 'nobody else may use a cache',
      type: 'azurerm_managed_redis_access_policy_assignment',
      count: access.length,
    },
  ],
};
