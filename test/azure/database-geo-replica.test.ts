import { followingQuery } from '../../lib/azure/database-alerts';
import { GeoReplica, type GeoReplicaProps } from '../../lib/azure/database-geo-replica';
import { postgres } from '../../lib/platform/nouns/database';
import { encryption, monitoring, network, ofType, only, place, resourceId, testStack } from '../support/azure';

const servers = 'azurerm_postgresql_flexible_server';
const writer = { id: resourceId('Microsoft.DBforPostgreSQL/flexibleServers', 'psql-writer') };

function synthesized(props: Partial<GeoReplicaProps> = {}) {
  const stack = testStack();
  new GeoReplica(stack, 'Store', {
    place: { ...place, location: 'northeurope' },
    network,
    encryption,
    monitoring,
    name: 'store',
    spec: postgres.parse({ engine: 'postgres', capacity: { vcpu: 4, memoryGiB: 32 }, readReplicas: 2 }),
    users: ['order', 'user'],
    writer,
    writerSettings: { skuName: 'MO_Standard_E4ds_v5', storageMb: 131_072 },
    endpointName: 'psqlve-shop',
    ...props,
  });
  return stack;
}

describe('a replica in another region', () => {
  const stack = synthesized();

  test('is one server, of the size of its writer, private, and encrypted with the key of its own region', () => {
    expect(only(stack, servers)).toMatchObject({
      create_mode: 'Replica',
      source_server_id: writer.id,
      location: 'northeurope',
      sku_name: 'MO_Standard_E4ds_v5',
      storage_mb: 131_072,
      auto_grow_enabled: true,
      public_network_access_enabled: false,
      delegated_subnet_id: network.subnetIds.postgres,
      private_dns_zone_id: network.zoneIds.postgres,
      authentication: { active_directory_auth_enabled: true, password_auth_enabled: false },
      customer_managed_key: {
        key_vault_key_id: encryption.keyIds.database,
        primary_user_assigned_identity_id: encryption.identity.id,
      },
      tags: { 'data-class': 'confidential' },
    });
    for (const absent of ['high_availability', 'backup_retention_days', 'geo_redundant_backup_enabled']) {
      expect(only(stack, servers)).not.toHaveProperty(absent);
    }
  });

  test('is kept, and left alone when it is promoted', () => {
    expect(only(stack, servers).lifecycle).toMatchObject({
      prevent_destroy: true,
      ignore_changes: expect.arrayContaining(['create_mode', 'source_server_id', 'storage_mb']),
    });
    expect(only(stack, 'azurerm_management_lock')).toMatchObject({ lock_level: 'CanNotDelete' });
  });

  test('is what the pair of names leads to beside the writer, or it could not be promoted', () => {
    expect(only(stack, 'azurerm_postgresql_flexible_server_virtual_endpoint')).toMatchObject({
      name: 'psqlve-shop',
      type: 'ReadWrite',
      source_server_id: writer.id,
      replica_server_id: expect.stringContaining('Store_Replica_Server'),
      lifecycle: { ignore_changes: ['source_server_id', 'replica_server_id'] },
    });
  });

  test('is told what its writer is told, one after the other', () => {
    const told = ofType(stack, 'azurerm_postgresql_flexible_server_configuration');
    const values = Object.fromEntries(told.map(({ name, value }) => [name, value]));
    expect(values).toMatchObject({ 'pgbouncer.enabled': 'true', wal_level: 'logical', require_secure_transport: 'on' });
    expect(told.every(({ depends_on }) => Array.isArray(depends_on) && depends_on.length === 1)).toBe(true);
  });

  test('calls people when it is behind, when it says nothing of it, and when it is unwell', () => {
    const alerts = ofType(stack, 'azurerm_monitor_metric_alert').map(({ name }) => name);
    expect([...alerts].sort()).toEqual([
      'database-store-connections-high',
      'database-store-cpu-high',
      'database-store-down',
      'database-store-lag-high',
      'database-store-memory-high',
      'database-store-storage-high',
    ]);
    expect(only(stack, 'azurerm_monitor_scheduled_query_rules_alert_v2')).toMatchObject({
      name: 'database-store-not-following',
      criteria: [{ operator: 'GreaterThan', threshold: 0, metric_measure_column: 'silent' }],
      action: { action_groups: [monitoring.actionGroupId] },
    });
    expect(only(stack, 'azurerm_monitor_activity_log_alert')).toMatchObject({ name: 'database-store-unhealthy' });
    expect(only(stack, 'azurerm_monitor_diagnostic_setting')).toMatchObject({
      log_analytics_workspace_id: monitoring.workspaceId,
    });
  });

  test.each([
    [undefined, 300],
    [30, 300],
    [2, 120],
  ])('where %p minutes may be lost, somebody is called at %d s', (pointMinutes, threshold) => {
    const lag = ofType(synthesized({ pointMinutes }), 'azurerm_monitor_metric_alert').find(
      ({ name }) => name === 'database-store-lag-high',
    );
    expect(lag).toMatchObject({
      criteria: [{ metric_name: 'physical_replication_delay_in_seconds', aggregation: 'Minimum', threshold }],
      window_size: 'PT5M',
      severity: 1,
    });
  });

  test('may have machines of another generation than its source', () => {
    const other = { skuName: 'MO_Standard_E4ds_v4', storageMb: 131_072 };
    expect(() => synthesized({ writerSettings: other })).not.toThrow();
  });

  test('fails when it is not as large as its source', () => {
    expect(() => synthesized({ writerSettings: { skuName: 'MO_Standard_E8ds_v5', storageMb: 131_072 } })).toThrow(
      'must be as large as its writer to take over, got MO_Standard_E4ds_v5 for MO_Standard_E8ds_v5',
    );
  });
});

test('who asks whether a replica follows gets one row, with or without any log', () => {
  expect(followingQuery('/id').split('\n').at(-2)).toBe('| summarize told = count()');
  expect(followingQuery('/id')).toContain("ResourceId =~ '/id'");
});
