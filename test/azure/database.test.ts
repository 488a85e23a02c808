import { Database, type DatabaseProps } from '../../lib/azure/database';
import { postgres } from '../../lib/platform/nouns/database';
import {
  encryption,
  identity,
  monitoring,
  network,
  ofType,
  only,
  place,
  resourceId,
  testStack,
} from '../support/azure';

const geoKey = { keyId: 'https://kvgeo.vault.azure.net/keys/backup', identity: identity('backup') };

function synthesized(patch: object = {}, props: Partial<DatabaseProps> = {}) {
  const stack = testStack();
  const database = new Database(stack, 'Store', {
    place,
    network,
    encryption,
    monitoring,
    name: 'store',
    spec: postgres.parse({ engine: 'postgres', capacity: { vcpu: 4, memoryGiB: 32 }, readReplicas: 1, ...patch }),
    users: ['order', 'user'],
    administrators: { name: 'People', objectId: '5a1b2c3d-0000-4000-8000-000000000001' },
    migration: identity('migration'),
    geoKey,
    ...props,
  });
  return { stack, database };
}

const servers = 'azurerm_postgresql_flexible_server';
const administrators = 'azurerm_postgresql_flexible_server_active_directory_administrator';
const parameters = 'azurerm_postgresql_flexible_server_configuration';

const writerOf = (stack: ReturnType<typeof testStack>) =>
  ofType(stack, servers).find(({ create_mode }) => create_mode === 'Default');
const replicasOf = (stack: ReturnType<typeof testStack>) =>
  ofType(stack, servers).filter(({ create_mode }) => create_mode === 'Replica');

describe('a PostgreSQL database on Azure', () => {
  const { stack } = synthesized();

  test('is private, encrypted with the keys of both regions, and lets nobody in with a password', () => {
    expect(writerOf(stack)).toMatchObject({
      version: '17',
      sku_name: 'MO_Standard_E4ds_v5',
      storage_mb: 131_072,
      auto_grow_enabled: true,
      zone: '1',
      public_network_access_enabled: false,
      delegated_subnet_id: network.subnetIds.postgres,
      private_dns_zone_id: network.zoneIds.postgres,
      authentication: {
        active_directory_auth_enabled: true,
        password_auth_enabled: false,
        tenant_id: place.tenantId,
      },
      identity: { type: 'UserAssigned', identity_ids: [encryption.identity.id, geoKey.identity.id] },
      customer_managed_key: {
        key_vault_key_id: encryption.keyIds.database,
        primary_user_assigned_identity_id: encryption.identity.id,
        geo_backup_key_vault_key_id: geoKey.keyId,
        geo_backup_user_assigned_identity_id: geoKey.identity.id,
      },
      high_availability: { mode: 'ZoneRedundant', standby_availability_zone: '2' },
      backup_retention_days: 35,
      geo_redundant_backup_enabled: true,
      maintenance_window: { day_of_week: 0, start_hour: 22, start_minute: 0 },
      tags: { platform: 'shop', stage: 'production', 'data-class': 'confidential' },
    });
    expect(writerOf(stack)).not.toHaveProperty('administrator_login');
    expect(ofType(stack, 'azurerm_private_endpoint')).toEqual([]);
    expect(ofType(stack, 'azurerm_postgresql_flexible_server_firewall_rule')).toEqual([]);
  });

  test('is kept, replicas too, and what Azure changes by itself is left alone', () => {
    for (const server of ofType(stack, servers)) {
      expect(server.lifecycle).toEqual({
        prevent_destroy: true,
        ignore_changes: [
          'zone',
          'high_availability[0].standby_availability_zone',
          'storage_mb',
          'create_mode',
          'source_server_id',
        ],
      });
    }
    expect(only(stack, 'azurerm_postgresql_flexible_server_database')).toMatchObject({
      name: 'store',
      charset: 'UTF8',
      lifecycle: { prevent_destroy: true },
    });
    expect(ofType(stack, 'azurerm_management_lock')).toHaveLength(3);
  });

  test('has replicas of the same size in another zone, without standby and backups of their own', () => {
    const [replica, ...others] = replicasOf(stack);
    expect(others).toEqual([]);
    expect(replica).toMatchObject({
      zone: '3',
      sku_name: 'MO_Standard_E4ds_v5',
      storage_mb: 131_072,
      auto_grow_enabled: true,
      public_network_access_enabled: false,
      identity: { identity_ids: [encryption.identity.id] },
      customer_managed_key: { key_vault_key_id: encryption.keyIds.database },
    });
    for (const absent of ['high_availability', 'backup_retention_days', 'geo_redundant_backup_enabled']) {
      expect(replica).not.toHaveProperty(absent);
    }
    expect(replica?.customer_managed_key).not.toHaveProperty('geo_backup_key_vault_key_id');
  });

  test('is administered by the group and by the job of migrations alone', () => {
    expect(
      ofType(stack, administrators).map(({ object_id, principal_name, principal_type, tenant_id }) => [
        principal_type,
        principal_name,
        object_id,
        tenant_id,
      ]),
    ).toEqual([
      ['Group', 'People', '5a1b2c3d-0000-4000-8000-000000000001', place.tenantId],
      ['ServicePrincipal', 'id-shop-production-migration', 'principal-of-migration', place.tenantId],
    ]);
  });

  test('is found by names that follow a promotion', () => {
    expect(only(stack, 'azurerm_postgresql_flexible_server_virtual_endpoint')).toMatchObject({
      name: expect.stringMatching(/^psqlve-shop-production-store-\w{6}$/),
      type: 'ReadWrite',
      source_server_id: expect.stringContaining('Store_Writer_Server'),
      replica_server_id: expect.stringContaining('Store_Replica1_Server'),
      lifecycle: { ignore_changes: ['source_server_id', 'replica_server_id'] },
    });
  });

  test('is changed by one resource after the other, from the server to the names', () => {
    const all = [
      ...ofType(stack, servers),
      ...ofType(stack, parameters),
      only(stack, 'azurerm_postgresql_flexible_server_database'),
      ...ofType(stack, administrators),
      only(stack, 'azurerm_postgresql_flexible_server_virtual_endpoint'),
    ];
    const before = all.flatMap(({ depends_on }) => depends_on ?? []);
    expect(before).toHaveLength(all.length - 1);
    expect(new Set(before).size).toBe(all.length - 1);
    for (const address of before) expect(address).toMatch(/^azurerm_postgresql_flexible_server(_\w+)?\.Store_\w+$/);
  });

  test('tells every server the same', () => {
    const values = new Map<unknown, unknown[]>();
    for (const { name, value } of ofType(stack, parameters)) {
      values.set(name, [...(values.get(name) ?? []), value]);
    }
    expect(values.get('wal_level')).toEqual(['logical', 'logical']);
    for (const pair of values.values()) expect(pair).toEqual([pair[0], pair[0]]);
  });

  test('sends logs and metrics of every server, and calls people', () => {
    expect(ofType(stack, 'azurerm_monitor_diagnostic_setting')).toHaveLength(2);
    const alerts = ofType(stack, 'azurerm_monitor_metric_alert').map(({ name }) => name);
    expect([...alerts].sort()).toEqual([
      'database-store-1-connections-high',
      'database-store-1-cpu-high',
      'database-store-1-down',
      'database-store-1-lag-high',
      'database-store-1-memory-high',
      'database-store-1-storage-high',
      'database-store-connections-high',
      'database-store-cpu-high',
      'database-store-down',
      'database-store-memory-high',
      'database-store-replica-slot-lag-high',
      'database-store-slot-lag-high',
      'database-store-storage-high',
      'database-store-transaction-ids-high',
    ]);
    expect(ofType(stack, 'azurerm_monitor_activity_log_alert').map(({ criteria }) => criteria)).toEqual(
      Array.from({ length: 2 }, () => ({
        category: 'ResourceHealth',
        resource_health: { current: ['Degraded', 'Unavailable'], reason: ['PlatformInitiated', 'Unknown'] },
      })),
    );
  });
});

describe('a PostgreSQL database that asks for less, or for more', () => {
  test('without replicas is its own reader', () => {
    const { stack } = synthesized({ readReplicas: 0 });
    expect(replicasOf(stack)).toEqual([]);
    expect(only(stack, 'azurerm_postgresql_flexible_server_virtual_endpoint').replica_server_id).toContain(
      'Store_Writer_Server',
    );
    const alerts = ofType(stack, 'azurerm_monitor_metric_alert').map(({ name }) => name);
    expect(alerts).not.toContain('database-store-replica-slot-lag-high');
  });

  test('in one zone has its standby there', () => {
    const { stack } = synthesized({}, { place: { ...place, zones: ['1'] } });
    expect(writerOf(stack)?.high_availability).toEqual({ mode: 'SameZone', standby_availability_zone: '1' });
  });

  test('of a stage that is not protected has no standby and no copies of its backups', () => {
    const stack = testStack();
    new Database(stack, 'Store', {
      place: { ...place, isProtected: false },
      network,
      encryption,
      monitoring,
      name: 'store',
      spec: postgres.parse({ engine: 'postgres', capacity: { vcpu: 2, memoryGiB: 8 } }),
      users: [],
      administrators: { name: 'People', objectId: '5a1b2c3d-0000-4000-8000-000000000001' },
      migration: identity('migration'),
    });
    expect(writerOf(stack)).toMatchObject({ geo_redundant_backup_enabled: false });
    expect(writerOf(stack)).not.toHaveProperty('high_availability');
    expect(writerOf(stack)?.identity).toEqual({ type: 'UserAssigned', identity_ids: [encryption.identity.id] });
  });

  test('lets one administrator in with a password where something must follow it that knows no Entra ID', () => {
    const { stack } = synthesized(
      {},
      {
        passwordLogin: { user: 'replication', password: '${var.password}', version: 2 },
      },
    );
    expect(writerOf(stack)).toMatchObject({
      authentication: { active_directory_auth_enabled: true, password_auth_enabled: true },
      administrator_login: 'replication',
      administrator_password_wo: '${var.password}',
      administrator_password_wo_version: 2,
    });
    expect(writerOf(stack)).not.toHaveProperty('administrator_password');
  });

  test('fails when its backups are copied to a region where it has no key', () => {
    const stack = testStack();
    expect(
      () =>
        new Database(stack, 'Store', {
          place,
          network,
          encryption: { ...encryption, vaultId: resourceId('Microsoft.KeyVault/vaults', 'other') },
          monitoring,
          name: 'store',
          spec: postgres.parse({ engine: 'postgres', capacity: { vcpu: 2, memoryGiB: 8 } }),
          users: [],
          administrators: { name: 'People', objectId: '5a1b2c3d-0000-4000-8000-000000000001' },
          migration: identity('migration'),
        }),
    ).toThrow('copies its backups to southeastasia and needs a key there');
  });
});
