import { Documents } from '../../lib/azure/documents';
import { accountSettings, containerSettings } from '../../lib/azure/documents-settings';
import { documents } from '../../lib/platform/nouns/documents';
import { encryption, identity, monitoring, network, ofType, only, place, testStack } from '../support/azure';

const spec = documents.parse({
  regions: ['southeastasia', 'westus'],
  collections: {
    orders: { partitionKey: '/customerId', maxThousandRequestUnits: 4, expireDays: 30 },
    products: { partitionKey: '/productId' },
  },
});

describe('documents in the terms of Cosmos DB', () => {
  test('have a copy in each region, over zones where it has them, and a next one for writes', () => {
    expect(accountSettings(spec, place)).toEqual({
      consistencyPolicy: { consistencyLevel: 'Session' },
      geoLocation: [
        { location: 'eastasia', failoverPriority: 0, zoneRedundant: true },
        { location: 'southeastasia', failoverPriority: 1, zoneRedundant: true },
        { location: 'westus', failoverPriority: 2, zoneRedundant: false },
      ],
      automaticFailoverEnabled: true,
      backup: { type: 'Continuous', tier: 'Continuous30Days' },
    });
  });

  test.each([
    ['one region', { regions: [] }, {}, { automaticFailoverEnabled: false }],
    ['a week', { restoreDays: 7 as const }, {}, { backup: { type: 'Continuous', tier: 'Continuous7Days' } }],
    [
      'a stage that is not protected',
      { regions: [] },
      { isProtected: false },
      { geoLocation: [{ location: 'eastasia', failoverPriority: 0, zoneRedundant: false }] },
    ],
    [
      'bounded staleness',
      { consistency: 'bounded-staleness' as const },
      {},
      {
        consistencyPolicy: {
          consistencyLevel: 'BoundedStaleness',
          maxIntervalInSeconds: 300,
          maxStalenessPrefix: 100_000,
        },
      },
    ],
  ])('with %s', (_, patch, where, expected) => {
    expect(accountSettings({ ...spec, ...patch }, { ...place, ...where })).toMatchObject(expected);
  });

  test('are divided by a key, pay as they go and leave in time', () => {
    const { orders, products } = spec.collections;
    expect(orders && containerSettings(orders)).toEqual({
      partitionKeyPaths: ['/customerId'],
      partitionKeyVersion: 2,
      autoscaleSettings: { maxThroughput: 4000 },
      defaultTtl: 2_592_000,
    });
    expect(products && containerSettings(products)).not.toHaveProperty('defaultTtl');
  });
});

describe('documents', () => {
  const stack = testStack();
  const shop = new Documents(stack, 'Shop', { place, network, encryption, monitoring, name: 'shop', spec });
  shop.grant(shop, identity('order'), { service: 'order', kind: 'documents' });
  shop.grant(shop, identity('analytics'), { service: 'analytics', kind: 'readsDocuments' });
  const account = only(stack, 'azurerm_cosmosdb_account');

  test('are closed, know no keys, and are encrypted with our own', () => {
    expect(account).toMatchObject({
      name: expect.stringMatching(/^cosmos-shop-production-shop-\w{6}$/),
      local_authentication_disabled: true,
      access_key_metadata_writes_enabled: false,
      public_network_access_enabled: false,
      network_acl_bypass_for_azure_services: false,
      minimal_tls_version: 'Tls12',
      default_identity_type: `UserAssignedIdentity=${encryption.identity.id}`,
      key_vault_key_id: encryption.keyIds.database,
      tags: { 'data-class': 'confidential' },
      lifecycle: { prevent_destroy: true },
    });
    expect(only(stack, 'azurerm_private_endpoint')).toMatchObject({
      subnet_id: network.subnetIds.endpoints,
      private_service_connection: { subresource_names: ['Sql'] },
      private_dns_zone_group: { private_dns_zone_ids: [network.zoneIds.documents] },
    });
  });

  test('are kept: the account, the database and each collection', () => {
    expect(ofType(stack, 'azurerm_cosmosdb_sql_container').map(({ name }) => name)).toEqual(['orders', 'products']);
    for (const type of ['azurerm_cosmosdb_sql_database', 'azurerm_cosmosdb_sql_container']) {
      for (const each of ofType(stack, type)) expect(each.lifecycle).toEqual({ prevent_destroy: true });
    }
    expect(ofType(stack, 'azurerm_management_lock')).toHaveLength(4);
  });

  test('are open to those who use them, for reading alone where no more was asked', () => {
    const roles = ofType(stack, 'azurerm_cosmosdb_sql_role_assignment').map(
      ({ principal_id: who, role_definition_id: role, scope }) => [who, String(role).slice(-1), String(scope)],
    );
    expect(roles).toEqual([
      ['principal-of-analytics', '1', expect.stringMatching(/\/dbs\//)],
      ['principal-of-order', '2', expect.stringMatching(/\/dbs\//)],
    ]);
    expect(ofType(stack, 'azurerm_role_assignment')).toEqual([]);
  });

  test('fail when they are used as something else', () => {
    expect(() => shop.grant(shop, identity('order'), { service: 'order', kind: 'reads' })).toThrow(
      'test/Shop answers to documents and readsDocuments, got reads',
    );
  });

  test('call somebody, and write down who asked', () => {
    expect(ofType(stack, 'azurerm_monitor_metric_alert').map(({ name }) => name)).toEqual(
      ['busy', 'region-lost', 'throttled', 'unavailable'].map((alert) => `documents-shop-${alert}`),
    );
    expect(only(stack, 'azurerm_monitor_diagnostic_setting').enabled_log).toEqual(
      ['ControlPlaneRequests', 'DataPlaneRequests', 'PartitionKeyRUConsumption'].map((category) => ({ category })),
    );
  });
});
