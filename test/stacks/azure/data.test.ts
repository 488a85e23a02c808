import { App } from 'cdktf';
import { cacheSku } from '../../../lib/platform/azure-sizes';
import { siteOn } from '../../../lib/platform/platform';
import { DataStack } from '../../../stacks/azure/data';
import { FoundationStack } from '../../../stacks/azure/foundation';
import { MessagingStack } from '../../../stacks/azure/messaging';
import { ofType, resourcesOf } from '../../support/azure';
import { resolved, retailflowWith } from '../../support/platform';
import { remember } from '../../support/remember';

const stacksOf = remember((stage: string, patch: object) => {
  const platform = resolved(retailflowWith(patch), stage);
  const site = siteOn(platform, 'azure');
  if (site === undefined) throw new Error('the platform must have a site on azure');
  const app = new App({ stackTraces: false, context: { excludeStackIdFromLogicalIds: 'true' } });
  const foundation = new FoundationStack(app, 'foundation', { platform, site });
  const given = { platform, site, foundation };
  return { platform, data: new DataStack(app, 'data', given), messaging: new MessagingStack(app, 'messaging', given) };
});

/** Who has which role on which part: `order → Azure Service Bus Data Sender → OrdersQueue`. */
const rolesIn = (stack: DataStack | MessagingStack): readonly string[] =>
  ofType(stack, 'azurerm_role_assignment').map(({ principal_id, role_definition_name, scope }) => {
    const who = /identity\.?(?:Identities_)?([A-Za-z]+)_/.exec(String(principal_id))?.[1];
    const role = /^\$\{azurerm_role_definition\.([A-Za-z]+)_/.exec(String(role_definition_name))?.[1];
    const part = /\.([A-Za-z_]+?)(?:_Container)?_[0-9A-F]{8}\.id/.exec(String(scope))?.[1];
    return `${who ?? 'people'} → ${role ?? String(role_definition_name)} → ${part}`;
  });

describe('what keeps data on the site', () => {
  const { data, platform } = stacksOf('production', {});

  test('is every database, cache and bucket that is placed there, and nothing else', () => {
    expect(Object.keys(data.databases)).toEqual(['store']);
    expect(Object.keys(data.sqlDatabases)).toEqual(['analytics-backup']);
    expect(Object.keys(data.caches)).toEqual(Object.keys(platform.caches));
    expect(Object.keys(data.buckets)).toEqual(Object.keys(platform.buckets));
    expect(Object.keys(data.storage)).toEqual(['archive', 'assets', 'hot']);
    expect(ofType(data, 'azurerm_postgresql_flexible_server')).toHaveLength(3);
  });

  test('is read without an identity where the edge serves it, and nowhere else', () => {
    const open = ofType(data, 'azurerm_storage_container').filter(
      (each) => each['container_access_type'] !== 'private',
    );
    expect(open.map(({ container_access_type, name }) => [name, container_access_type])).toEqual([
      [platform.edge?.assets, 'blob'],
      ['mainstay-leader', 'blob'],
    ]);
    const accounts = ofType(data, 'azurerm_storage_account').filter((each) => each['allow_nested_items_to_be_public']);
    expect(accounts).toEqual([expect.objectContaining({ access_tier: 'Hot', public_network_access_enabled: false })]);
  });

  test('is sized by the definition', () => {
    const { data: staged, platform: smaller } = stacksOf('staging', {});
    expect(ofType(staged, 'azurerm_postgresql_flexible_server').map(({ sku_name }) => sku_name)).toEqual([
      'MO_Standard_E2ds_v5',
      'MO_Standard_E2ds_v5',
    ]);
    const [cache] = Object.values(smaller.caches);
    expect(ofType(staged, 'azurerm_managed_redis').map(({ sku_name }) => sku_name)).toEqual(
      Object.keys(smaller.caches).map(() => cacheSku(cache?.memoryGiB ?? 0)),
    );
  });

  test('shares the pool of a database among all who log in, functions too', () => {
    const users = [...Object.values(platform.services), ...Object.values(platform.functions)].filter(({ uses }) =>
      uses.databases.includes('store'),
    );
    const size = ofType(data, 'azurerm_postgresql_flexible_server_configuration').find(
      ({ name }) => name === 'pgbouncer.default_pool_size',
    );
    expect(users).toHaveLength(8);
    expect(size?.value).toBe(String(Math.floor((3200 * 0.9) / 8)));
  });

  test('copies backups of databases to the paired region, with a key of that region that may be used by then', () => {
    const [vault] = ofType(data, 'azurerm_key_vault');
    expect(vault?.location).toBe('southeastasia');
    const writer = ofType(data, 'azurerm_postgresql_flexible_server').find(
      ({ create_mode }) => create_mode === 'Default',
    );
    expect(writer).toMatchObject({
      geo_redundant_backup_enabled: true,
      depends_on: [expect.stringMatching(/^azurerm_role_assignment\.BackupKey_Use_/)],
    });
  });

  test('has no such key where the region has no pair', () => {
    const { data: alone } = stacksOf('production', {
      stages: { production: { sites: { recovery: { region: 'italynorth' } } } },
    });
    expect(ofType(alone, 'azurerm_key_vault')).toEqual([]);
    for (const server of ofType(alone, 'azurerm_postgresql_flexible_server')) {
      expect(server.geo_redundant_backup_enabled).not.toBe(true);
    }
    expect(ofType(alone, 'azurerm_storage_account').map(({ account_replication_type: copies }) => copies)).toEqual([
      'ZRS',
      'ZRS',
      'ZRS',
    ]);
  });

  test('is open to who uses it and to nobody else, the gateway included, which counts in the cluster', () => {
    expect([...rolesIn(data)].sort()).toEqual([
      'Analytics → ArchiveWriter → ArchiveBucket',
      'Analytics → Storage Blob Data Contributor → ExportsBucket',
      'BackupKey → Key Vault Crypto Service Encryption User → BackupKey',
      'Catalog → App Configuration Data Reader → StorefrontFlags_Store',
      'Catalog → ArchiveWriter → ArchiveBucket',
      'Catalog → Storage Blob Data Reader → AssetsBucket',
      'FeedArchive → ArchiveWriter → ArchiveBucket',
      'FeedArchive → Storage Blob Data Reader → ExportsBucket',
      'FlagRollout → FlagWriter → StorefrontFlags_Store',
      'Migration → Storage Blob Data Contributor → FailoverStore_Journal',
      'Migration → Storage Blob Data Contributor → FailoverStore_Leader',
      'ObjectCopier → ArchiveWriter → ArchiveBucket',
      'ObjectCopier → Storage Blob Data Contributor → AssetsBucket',
      'ObjectCopier → Storage Blob Data Contributor → ExportsBucket',
      'Order → App Configuration Data Reader → StorefrontFlags_Store',
      'Order → ArchiveWriter → ArchiveBucket',
      'people → App Configuration Data Owner → StorefrontFlags_Store',
    ]);
    const caches = Object.keys(resourcesOf(data)['azurerm_managed_redis_access_policy_assignment'] ?? {});
    expect(caches.map((address) => address.replace(/_[0-9A-F]{8}$/, ''))).toEqual([
      'CatalogCache_CatalogAccess',
      'SessionsCache_OrderAccess',
      'SessionsCache_UserAccess',
    ]);
  });

  test('is kept, all of it', () => {
    for (const type of [
      'azurerm_managed_redis',
      'azurerm_mssql_database',
      'azurerm_mssql_server',
      'azurerm_postgresql_flexible_server',
      'azurerm_postgresql_flexible_server_database',
      'azurerm_storage_account',
      'azurerm_storage_container',
    ]) {
      const all = ofType(data, type);
      expect(all.length).toBeGreaterThan(0);
      for (const each of all) expect(each.lifecycle).toMatchObject({ prevent_destroy: true });
    }
  });

  test('has no server of Azure SQL where no database asks for one', () => {
    const { data: without } = stacksOf('production', {
      databases: { 'analytics-backup': null },
      functions: { 'feed-analytics': { uses: { databases: ['store'] } } },
      stages: { development: { omits: { databases: null } } },
    });
    expect(without.sqlDatabases).toEqual({});
    expect(resourcesOf(without)).not.toHaveProperty('azurerm_mssql_server');
  });
});

describe('what carries messages on the site', () => {
  const { messaging, platform } = stacksOf('production', {});

  test('is every queue and topic of the definition', () => {
    expect(Object.keys(messaging.queues)).toEqual(Object.keys(platform.queues));
    expect(Object.keys(messaging.topics)).toEqual(Object.keys(platform.topics));
    expect(
      ofType(messaging, 'azurerm_servicebus_subscription')
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['analytics-events', 'order-updates']);
  });

  test('is open to who sends, receives and publishes, each by itself, and tells its length to who counts pods', () => {
    const sender = 'Azure Service Bus Data Sender';
    const receiver = 'Azure Service Bus Data Receiver';
    expect([...rolesIn(messaging)].sort()).toEqual(
      [
        `Analytics → ${receiver} → AnalyticsEventsQueue`,
        `Notification → ${receiver} → NotificationsQueue`,
        `Notification → ${receiver} → OrderUpdatesQueue`,
        `Notification → ${receiver} → UndeliveredQueue`,
        `Order → ${receiver} → OrdersQueue`,
        `Order → ${sender} → NotificationsQueue`,
        `Order → ${sender} → OrderEventsTopic`,
        `Order → ${sender} → OrdersQueue`,
        `User → ${sender} → NotificationsQueue`,
        ...['AnalyticsEvents', 'Notifications', 'OrderUpdates', 'Orders', 'Undelivered'].map(
          (queue) => `Scaler → QueueReader → ${queue}Queue`,
        ),
      ].sort(),
    );
  });

  test('tells how much may wait by how its consumers scale', () => {
    const backlog = ofType(messaging, 'azurerm_monitor_metric_alert').find(
      ({ name }) => name === 'queue-orders-backlog',
    );
    // 30 tasks of the service `order`, 20 messages each.
    expect(backlog?.criteria).toMatchObject([{ metric_name: 'ActiveMessages', threshold: 600 }]);
  });

  test('has no namespace where nobody sends messages', () => {
    const site = siteOn(platform, 'azure');
    if (site === undefined) throw new Error('the platform must have a site on azure');
    const app = new App({ stackTraces: false });
    const silent = { ...platform, queues: {}, topics: {} };
    const foundation = new FoundationStack(app, 'foundation', { platform: silent, site });
    const stack = new MessagingStack(app, 'messaging', { platform: silent, site, foundation });
    expect(stack.serviceBus).toBeUndefined();
    expect(resourcesOf(stack)).not.toHaveProperty('azurerm_servicebus_namespace');
  });
});
