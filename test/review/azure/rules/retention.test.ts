import { heldIn } from '../../../../lib/review/azure/held';
import { retention } from '../../../../lib/review/azure/rules/retention';
import { compareLock } from '../../../../lib/review/stateful-lock';
import { judges, siteOf } from '../fixtures';

const kept = { lifecycle: { prevent_destroy: true } };
const lock = (scope: string) => ({ scope, lock_level: 'CanNotDelete' });
const valid = {
  'azurerm_servicebus_namespace.Bus': kept,
  'azurerm_servicebus_topic.Orders': { ...kept, namespace_id: '${azurerm_servicebus_namespace.Bus.id}' },
  'azurerm_servicebus_subscription.Mail': { ...kept, topic_id: '${azurerm_servicebus_topic.Orders.id}' },
  'azurerm_management_lock.Bus': lock('${azurerm_servicebus_namespace.Bus.id}'),
  'azapi_resource.Key': { ...kept, type: 'Microsoft.KeyVault/vaults/keys@2023-07-01' },
  'azurerm_postgresql_flexible_server.Replica': { create_mode: 'Replica' },
  'azurerm_mssql_database.Reports': {
    create_mode: 'Secondary',
    secondary_type: 'Named',
    server_id: '${azurerm_servicebus_namespace.Bus.id}',
  },
  'azurerm_subnet.Pods': {},
};

describe('retention', () => {
  judges(retention, valid, [
    [
      'Terraform may destroy it',
      'azurerm_servicebus_namespace.Bus/lifecycle',
      undefined,
      /^azurerm_servicebus_namespace\.Bus: lifecycle\.prevent_destroy must be true, got nothing, which loses the messages/,
    ],
    [
      'Terraform may destroy a part of it',
      'azurerm_servicebus_subscription.Mail/lifecycle/prevent_destroy',
      false,
      /got false/,
    ],
    [
      'a replica is a copy and no reader of its source',
      'azurerm_mssql_database.Reports/secondary_type',
      'Geo',
      /^azurerm_mssql_database\.Reports: lifecycle\.prevent_destroy must be true, got nothing, which loses the database/,
    ],
    [
      'Terraform may destroy a key',
      'azapi_resource.Key/lifecycle',
      undefined,
      /which loses everything that is encrypted with the key/,
    ],
    [
      'what holds it has a lock of another',
      'azurerm_storage_account.Hot',
      kept,
      /^azurerm_storage_account\.Hot: must have a management lock \(CanNotDelete\), got none, which loses the objects/,
    ],
    [
      'a server is no replica any more',
      'azurerm_postgresql_flexible_server.Replica',
      kept,
      /must have a management lock/,
    ],
    [
      'a replica whose source stands elsewhere, and which may take over, has none',
      'azurerm_postgresql_flexible_server.Replica',
      {
        ...kept,
        create_mode: 'Replica',
        source_server_id: '${data.terraform_remote_state.cross-stack-reference-input-shop-production-other.outputs.id}',
      },
      /Replica: must have a management lock/,
    ],
  ]);

  judges(
    retention,
    {
      'azurerm_storage_account.Hot': { ...kept, resource_group_name: '${azurerm_resource_group.Group.name}' },
      'azurerm_resource_group.Group': {},
      'azurerm_management_lock.Group': lock('${azurerm_resource_group.Group.id}'),
    },
    [['the lock of its group is gone', 'azurerm_management_lock.Group', undefined, /must have a management lock/]],
  );
});

describe('the lock of what a site holds', () => {
  const site = siteOf({ resources: valid });
  const held = heldIn(site, 'shop-production');
  const [[key, entries = []] = []] = held.entries;

  test('lists it by address, under the name of the site', () => {
    expect(key).toBe('shop-production/azure');
    expect(entries).toEqual([
      {
        stack: 'shop-production-data',
        logicalId: 'azapi_resource.Key',
        type: 'Microsoft.KeyVault/vaults/keys',
        path: 'shop-production-data/Key',
      },
      ...[
        ['namespace', 'Bus'],
        ['subscription', 'Mail'],
        ['topic', 'Orders'],
      ].map(([kind, name]) => ({
        stack: 'shop-production-data',
        logicalId: `azurerm_servicebus_${kind}.${name}`,
        type: `azurerm_servicebus_${kind}`,
        path: `shop-production-data/${name}`,
      })),
    ]);
  });

  test('fails when an address is gone, or is not locked yet', () => {
    expect(compareLock({ 'shop-production/azure': entries }, held)).toEqual([]);
    const moved = entries.map((each, index) =>
      index === 1 ? { ...each, logicalId: 'azurerm_servicebus_namespace.Old' } : each,
    );
    expect(compareLock({ 'shop-production/azure': moved }, held).map(({ message }) => message)).toEqual([
      expect.stringMatching(
        /^azurerm_servicebus_namespace has left shop-production-data, .* loses the messages .* --accept-loss shop-production-data\/azurerm_servicebus_namespace\.Old$/,
      ),
      expect.stringMatching(/^azurerm_servicebus_namespace holds data and is not in the lock yet: run npm run lock$/),
    ]);
  });
});
