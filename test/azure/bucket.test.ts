import { ArchiveWriter } from '../../lib/azure/archive-writer';
import { Bucket } from '../../lib/azure/bucket';
import { StorageAccount } from '../../lib/azure/storage-account';
import { immutableFor, lifecycleRule, softDeleteDays, storageSettings } from '../../lib/azure/storage-settings';
import { storageKind } from '../../lib/platform/azure-storage';
import { bucket, type Bucket as Model } from '../../lib/platform/nouns/storage';
import { encryption, identity, monitoring, network, ofType, only, place, testStack } from '../support/azure';

const spec = (patch: object = {}): Model => bucket.parse({ holds: 'uploads', ...patch });

describe('how an account keeps its objects', () => {
  test.each([
    ['hot', true, 'eastasia', 'RAGZRS', 'cold'],
    ['assets', true, 'eastasia', 'RAGZRS', 'cold'],
    ['hot', true, 'italynorth', 'ZRS', 'cold'],
    ['hot', false, 'eastasia', 'ZRS', 'cold'],
    ['archive', true, 'eastasia', 'GRS', 'archive'],
    ['archive', true, 'italynorth', 'ZRS', 'cold'],
    ['archive', false, 'eastasia', 'LRS', 'archive'],
  ] as const)('%s, protected %s, in %s: %s', (kind, isProtected, location, replication, tier) => {
    expect(storageSettings(kind, { isProtected, location })).toMatchObject({
      accountReplicationType: replication,
      archiveTier: tier,
    });
  });

  test('never asks for the archive tier where objects lie in zones', () => {
    for (const isProtected of [true, false]) {
      for (const location of ['eastasia', 'italynorth', 'brazilsouth', 'germanywestcentral']) {
        const settings = storageSettings('archive', { isProtected, location });
        if (settings.archiveTier === 'archive') expect(settings.accountReplicationType).not.toMatch(/ZRS/);
      }
    }
  });
});

test.each([
  ['assets', 'assets'],
  ['uploads', 'hot'],
  ['archive', 'archive'],
] as const)('a bucket that holds %s stands in the %s account', (holds, kind) => {
  expect(storageKind({ holds })).toBe(kind);
});

test.each([
  [[], 1],
  [[30, 90], 90],
  [[3650], 365],
])('superseded versions of %j days can be had back for %d', (days, expected) => {
  expect(softDeleteDays(days.map((noncurrentDays) => ({ noncurrentDays })))).toBe(expected);
});

test.each([
  [{ holds: 'archive' }, true, 365],
  [{ holds: 'archive', expireDays: 2555 }, true, 2555],
  [{ holds: 'archive' }, false, undefined],
  [{ holds: 'uploads' }, true, undefined],
] as const)('%j in a stage that is protected (%s) cannot be changed for %s days', (each, isProtected, days) => {
  expect(immutableFor(each, { isProtected })).toBe(days);
});

describe('how objects grow cold and leave', () => {
  const filters = (name: string) => ({ blobTypes: ['blockBlob'], prefixMatch: [`${name}/`] });
  test.each([
    ['exports', spec(), 'archive', { version: { deleteAfterDaysSinceCreation: 90 } }],
    [
      'exports',
      spec({ expireDays: 90, noncurrentDays: 7 }),
      'archive',
      {
        baseBlob: { deleteAfterDaysSinceModificationGreaterThan: 90 },
        version: { deleteAfterDaysSinceCreation: 7 },
      },
    ],
    [
      'exports',
      spec({ coldAfterDays: 30 }),
      'archive',
      {
        baseBlob: { tierToColdAfterDaysSinceModificationGreaterThan: 30 },
        version: { deleteAfterDaysSinceCreation: 90 },
      },
    ],
    [
      'archive',
      spec({ holds: 'archive', coldAfterDays: 90, expireDays: 3650 }),
      'archive',
      {
        baseBlob: {
          tierToArchiveAfterDaysSinceModificationGreaterThan: 90,
          deleteAfterDaysSinceModificationGreaterThan: 3650,
        },
        version: { deleteAfterDaysSinceCreation: 90 },
      },
    ],
    [
      'archive',
      spec({ holds: 'archive', coldAfterDays: 90 }),
      'cold',
      {
        baseBlob: { tierToColdAfterDaysSinceModificationGreaterThan: 90 },
        version: { deleteAfterDaysSinceCreation: 90 },
      },
    ],
  ] as const)('%s of %j with the tier %s', (name, model, archiveTier, actions) => {
    expect(lifecycleRule(name, model, { archiveTier })).toEqual({
      name,
      enabled: true,
      filters: filters(name),
      actions,
    });
  });
});

describe('buckets on Azure', () => {
  const stack = testStack();
  const shared = { place, network, encryption, monitoring };
  const exported = spec({ dataClass: 'confidential' });
  const assets = spec({ holds: 'assets', dataClass: 'public' });
  const archived = spec({ holds: 'archive', coldAfterDays: 90, dataClass: 'restricted' });
  const hot = new StorageAccount(stack, 'HotStorage', {
    ...shared,
    kind: 'hot',
    buckets: { assets, exports: exported },
  });
  const cold = new StorageAccount(stack, 'ArchiveStorage', {
    ...shared,
    kind: 'archive',
    buckets: { archive: archived },
  });
  const archiveWriter = new ArchiveWriter(stack, 'ArchiveWriter', { place, storage: cold });
  const exports = new Bucket(stack, 'ExportsBucket', { place, storage: hot, name: 'exports', spec: exported });
  const archive = new Bucket(stack, 'ArchiveBucket', {
    place,
    storage: cold,
    name: 'archive',
    spec: archived,
    archiveWriter,
  });
  exports.grant(stack, identity('analytics'), { service: 'analytics', kind: 'writes' });
  exports.grant(stack, identity('report'), { service: 'report', kind: 'reads' });
  archive.grant(stack, identity('order'), { service: 'order', kind: 'writes' });

  const accountNamed = (pattern: RegExp) =>
    ofType(stack, 'azurerm_storage_account').find(({ name }) => pattern.test(String(name)));

  test('stand in accounts without keys, closed, encrypted twice, with everything to be had back', () => {
    const accounts = ofType(stack, 'azurerm_storage_account');
    expect(accounts).toHaveLength(2);
    for (const account of accounts) {
      expect(account).toMatchObject({
        account_kind: 'StorageV2',
        shared_access_key_enabled: false,
        default_to_oauth_authentication: true,
        local_user_enabled: false,
        allow_nested_items_to_be_public: false,
        cross_tenant_replication_enabled: false,
        public_network_access_enabled: false,
        https_traffic_only_enabled: true,
        min_tls_version: 'TLS1_2',
        infrastructure_encryption_enabled: true,
        network_rules: { default_action: 'Deny' },
        identity: { identity_ids: [encryption.identity.id] },
        customer_managed_key: {
          key_vault_key_id: encryption.keyIds.storage,
          user_assigned_identity_id: encryption.identity.id,
        },
        blob_properties: {
          versioning_enabled: true,
          change_feed_enabled: true,
          delete_retention_policy: { days: 90 },
          container_delete_retention_policy: { days: 90 },
        },
        lifecycle: { prevent_destroy: true },
      });
      expect(account).not.toHaveProperty('queue_properties');
      expect(account).not.toHaveProperty('static_website');
    }
  });

  test('are taken back to any second of a month, but for the archive, which nobody changes', () => {
    expect(accountNamed(/^stshopproductionh/)).toMatchObject({ blob_properties: { restore_policy: { days: 30 } } });
    expect(accountNamed(/^stshopproductiona/)?.['blob_properties']).not.toHaveProperty('restore_policy');
  });

  test('that are used are copied to three zones and another region, an archive to another region', () => {
    expect(accountNamed(/^stshopproductionho/)).toMatchObject({
      account_replication_type: 'RAGZRS',
      access_tier: 'Hot',
      tags: { 'data-class': 'confidential' },
    });
    expect(accountNamed(/^stshopproductionar/)).toMatchObject({
      account_replication_type: 'GRS',
      access_tier: 'Cool',
      tags: { 'data-class': 'restricted' },
    });
  });

  test('are private containers that are kept; those of an archive cannot be changed for a year', () => {
    const containers = ofType(stack, 'azurerm_storage_container');
    expect(containers.map(({ name }) => name)).toEqual(expect.arrayContaining(['exports', 'archive']));
    for (const container of containers) {
      expect(container).toMatchObject({ container_access_type: 'private', lifecycle: { prevent_destroy: true } });
      expect(container).not.toHaveProperty('storage_account_name');
    }
    expect(only(stack, 'azurerm_storage_container_immutability_policy')).toMatchObject({
      storage_container_resource_manager_id: expect.stringContaining('azurerm_storage_container.ArchiveBucket'),
      immutability_period_in_days: 365,
      locked: false,
      protected_append_writes_all_enabled: false,
    });
    expect(ofType(stack, 'azurerm_management_lock')).toHaveLength(4);
  });

  test('are found on the network, tell who reads and writes, and call people', () => {
    const endpoints = ofType(stack, 'azurerm_private_endpoint');
    expect(endpoints).toHaveLength(2);
    for (const endpoint of endpoints) {
      expect(endpoint).toMatchObject({
        private_service_connection: { subresource_names: ['blob'] },
        private_dns_zone_group: { private_dns_zone_ids: [network.zoneIds.blob] },
      });
    }
    for (const setting of ofType(stack, 'azurerm_monitor_diagnostic_setting')) {
      expect(setting.target_resource_id).toMatch(/\/blobServices\/default$/);
      expect(setting.enabled_log).toEqual([{ category_group: 'allLogs' }]);
    }
    expect(ofType(stack, 'azurerm_monitor_metric_alert').map(({ name }) => name)).toEqual(
      expect.arrayContaining(['storage-hot-unavailable', 'storage-archive-unavailable', 'storage-hot-throttled']),
    );
  });

  test('are open to whom they were told to; nobody who writes to an archive removes from it', () => {
    const roles = ofType(stack, 'azurerm_role_assignment').map(({ principal_id, role_definition_name, scope }) => [
      principal_id,
      role_definition_name,
      scope,
    ]);
    const container = (id: string) => expect.stringContaining(`azurerm_storage_container.${id}`);
    expect(roles).toHaveLength(3);
    expect(roles).toEqual(
      expect.arrayContaining([
        ['principal-of-analytics', 'Storage Blob Data Contributor', container('ExportsBucket')],
        ['principal-of-report', 'Storage Blob Data Reader', container('ExportsBucket')],
        ['principal-of-order', expect.stringContaining('azurerm_role_definition.'), container('ArchiveBucket')],
      ]),
    );
    const [permissions] = only(stack, 'azurerm_role_definition').permissions as [Record<string, readonly string[]>];
    expect(permissions.data_actions?.filter((action) => /delete|\*/.test(action))).toEqual([]);
    expect(permissions).not.toHaveProperty('actions');
    expect(only(stack, 'azurerm_role_definition').assignable_scopes).toEqual([
      `/subscriptions/${place.subscriptionId}/resourceGroups/${place.resourceGroupName}`,
    ]);
  });

  test('fail when they are used as something else, or an archive has no role for those who write', () => {
    expect(() => exports.grant(stack, identity('x'), { service: 'x', kind: 'sends' })).toThrow(
      'answers to reads and writes, got sends',
    );
    expect(() => new Bucket(stack, 'Other', { place, storage: cold, name: 'other', spec: archived })).toThrow(
      'is an archive and needs the role of those who write to it',
    );
  });
});
