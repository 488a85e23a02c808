import type { TerraformStack } from 'cdktf';
import { Cache } from '../../lib/azure/cache';
import { cacheSettings } from '../../lib/azure/cache-settings';
import { cache, type Cache as Model } from '../../lib/platform/nouns/cache';
import { encryption, identity, monitoring, network, ofType, only, place, testStack } from '../support/azure';

const spec = (patch: object = {}): Model => cache.parse({ memoryGiB: 6, ...patch });

/** What alerts look at, by name. */
const criteriaOf = (stack: TerraformStack) =>
  Object.fromEntries(
    ofType(stack, 'azurerm_monitor_metric_alert').map(({ criteria, name }) => [name, (criteria as unknown[])[0]]),
  );

describe('a cache in the terms of Managed Redis', () => {
  const closed = { clientProtocol: 'Encrypted', accessKeysAuthenticationEnabled: false };
  test.each([
    [
      {},
      {
        skuName: 'Balanced_B10',
        highAvailabilityEnabled: true,
        database: {
          ...closed,
          clusteringPolicy: 'EnterpriseCluster',
          evictionPolicy: 'AllKeysLRU',
          persistenceRedisDatabaseBackupFrequency: '12h',
        },
      },
    ],
    [
      { holds: 'sessions', engine: 'redis', snapshotRetentionDays: 0 },
      {
        skuName: 'Balanced_B10',
        highAvailabilityEnabled: true,
        database: {
          ...closed,
          clusteringPolicy: 'EnterpriseCluster',
          evictionPolicy: 'NoEviction',
          persistenceAppendOnlyFileBackupFrequency: '1s',
        },
      },
    ],
    [
      { shards: 4, memoryGiB: 20, replicas: 0, snapshotRetentionDays: 0 },
      {
        skuName: 'MemoryOptimized_M100',
        highAvailabilityEnabled: false,
        database: { ...closed, clusteringPolicy: 'OSSCluster', evictionPolicy: 'AllKeysLRU' },
      },
    ],
  ])('%j', (patch, expected) => {
    expect(cacheSettings('catalog', spec(patch))).toEqual(expected);
  });

  test('is the same for both engines', () => {
    expect(cacheSettings('catalog', spec({ engine: 'redis' }))).toEqual(
      cacheSettings('catalog', spec({ engine: 'valkey' })),
    );
  });

  test('fails when the model let a size pass that Azure does not sell', () => {
    expect(() => cacheSettings('catalog', spec({ memoryGiB: 300 }))).toThrow('a size that Azure does not sell');
  });
});

describe('a cache on Azure', () => {
  const stack = testStack();
  const sessions = new Cache(stack, 'Sessions', {
    place,
    network,
    encryption,
    monitoring,
    name: 'sessions',
    spec: spec({ holds: 'sessions' }),
  });
  sessions.grant(stack, identity('order'), { service: 'order' });

  test('is closed, encrypted with our key, kept, and knows no access keys', () => {
    expect(only(stack, 'azurerm_managed_redis')).toMatchObject({
      name: expect.stringMatching(/^amr-shop-production-sessions-\w{6}$/),
      sku_name: 'Balanced_B10',
      high_availability_enabled: true,
      public_network_access: 'Disabled',
      identity: { type: 'UserAssigned', identity_ids: [encryption.identity.id] },
      customer_managed_key: {
        key_vault_key_id: encryption.keyVersionIds.cache,
        user_assigned_identity_id: encryption.identity.id,
      },
      default_database: { access_keys_authentication_enabled: false, client_protocol: 'Encrypted' },
      lifecycle: { prevent_destroy: true },
      tags: { 'data-class': 'confidential', platform: 'shop' },
    });
    expect(only(stack, 'azurerm_management_lock').scope).toContain('azurerm_managed_redis.');
    expect(ofType(stack, 'azurerm_redis_cache')).toEqual([]);
  });

  test('is reached from the network, by the name that everybody knows', () => {
    expect(only(stack, 'azurerm_private_endpoint')).toMatchObject({
      subnet_id: network.subnetIds.endpoints,
      private_service_connection: { subresource_names: ['redisEnterprise'], is_manual_connection: false },
      private_dns_zone_group: { private_dns_zone_ids: [network.zoneIds.redis] },
    });
  });

  test('lets in whom it was told to, by an assignment that newer providers have', () => {
    expect(only(stack, 'azurerm_managed_redis_access_policy_assignment')).toEqual({
      managed_redis_id: expect.stringContaining('azurerm_managed_redis.'),
      object_id: 'principal-of-order',
    });
  });

  test('tells who connects, and calls people', () => {
    const settings = ofType(stack, 'azurerm_monitor_diagnostic_setting');
    const [connections, metrics] = [true, false].map((database) =>
      settings.find(({ target_resource_id: id }) => String(id).endsWith('/databases/default') === database),
    );
    expect(settings).toHaveLength(2);
    expect(connections).toMatchObject({ enabled_log: [{ category: 'ConnectionEvents' }] });
    expect(connections).not.toHaveProperty('enabled_metric');
    expect(metrics).toMatchObject({ enabled_metric: [{ category: 'AllMetrics' }] });
    expect(metrics).not.toHaveProperty('enabled_log');
    expect(criteriaOf(stack)).toMatchObject({
      'cache-sessions-memory-high': { metric_name: 'usedmemorypercentage', threshold: 75 },
      'cache-sessions-evictions': {
        metric_name: 'evictedkeys',
        // A second, of which Azure tells the mean alone.
        aggregation: 'Average',
        operator: 'GreaterThan',
        threshold: 0,
      },
      'cache-sessions-load-high': { metric_name: 'serverLoad', threshold: 80 },
      'cache-sessions-cpu-high': { metric_name: 'percentProcessorTime', threshold: 85 },
    });
    expect(ofType(stack, 'azurerm_monitor_activity_log_alert')).toHaveLength(1);
  });

  test('of a cache may fill and evict before anybody is called', () => {
    const other: TerraformStack = testStack();
    new Cache(other, 'Catalog', { place, network, encryption, monitoring, name: 'catalog', spec: spec() });
    expect(criteriaOf(other)).toMatchObject({
      'cache-catalog-memory-high': { threshold: 95 },
      'cache-catalog-evictions': { aggregation: 'Average', operator: 'GreaterThan', threshold: 16 },
    });
  });
});
