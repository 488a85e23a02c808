import { App } from 'cdktf';
import { azurePair } from '../../../lib/platform/azure-sites';
import { createSites, type SiteStacks } from '../../../stacks/azure/site';
import { ofType, only, resourcesOf } from '../../support/azure';
import { resolved } from '../../support/platform';
import { twoAzureSites } from '../../support/two-azure-sites';

function made(...patches: Parameters<typeof twoAzureSites>) {
  const platform = resolved(twoAzureSites(...patches));
  const pair = azurePair(platform);
  if (pair === undefined) throw new Error('there must be two sites on azure');
  const app = new App({ stackTraces: false, context: { excludeStackIdFromLogicalIds: 'true' } });
  const [primary, recovery] = createSites(app, platform, [pair.primary, pair.recovery]);
  if (recovery === undefined) throw new Error('there must be stacks of two sites');
  return { primary: primary.stacks, recovery: recovery.stacks };
}

const servers = 'azurerm_postgresql_flexible_server';
const endpoint = 'azurerm_postgresql_flexible_server_virtual_endpoint';
const theWriter = expect.stringContaining('StoreDatabase_Writer_Server');

/** Which account is copied into which, bucket by bucket. */
function copiesOf({ copies }: SiteStacks) {
  if (copies === undefined) throw new Error('there must be a stack of copies');
  // Tells accounts of one stack from those of another.
  copies.prepareStack();
  return ofType(copies, 'azurerm_storage_object_replication').flatMap((each) =>
    (each['rules'] as readonly Record<string, string>[]).map((rule) => ({
      name: rule['source_container_name'],
      from: each['source_storage_account_id'],
      to: each['destination_storage_account_id'],
      of: rule['copy_blobs_created_after'],
    })),
  );
}

const theirs = (stack: string, kind: string): unknown =>
  expect.stringMatching(new RegExp(`-techflow-production-${stack}\\..*${kind}Storage_Account`));

describe('the second of two sites on Azure', () => {
  const { primary, recovery } = made();

  test('has a replica of the database, and the pair of names with it', () => {
    expect(only(recovery.data, servers)).toMatchObject({
      create_mode: 'Replica',
      location: 'northeurope',
      source_server_id: theWriter,
    });
    expect(ofType(primary.data, endpoint)).toEqual([]);
    expect(only(recovery.data, endpoint)).toMatchObject({
      name: expect.stringMatching(/^psqlve-techflow-production-store-/),
      source_server_id: theWriter,
      replica_server_id: expect.stringContaining('StoreDatabase_Replica_Server'),
    });
    const writer = ofType(primary.data, servers).find(({ create_mode }) => create_mode === 'Default');
    const { sku_name, storage_mb, version } = only(recovery.data, servers);
    expect({ sku_name, storage_mb, version }).toEqual({
      sku_name: writer?.['sku_name'],
      storage_mb: writer?.['storage_mb'],
      version: writer?.['version'],
    });
  });

  test('has no database, no administrators and no backups of a database of its own: those of the writer come over', () => {
    expect(ofType(recovery.data, 'azurerm_postgresql_flexible_server_database')).toEqual([]);
    expect(ofType(recovery.data, 'azurerm_postgresql_flexible_server_active_directory_administrator')).toEqual([]);
    expect(ofType(recovery.operations, 'azurerm_data_protection_backup_instance_postgresql_flexible_server')).toEqual(
      [],
    );
  });

  test('has copies of all that buckets hold, in a stack that can be applied alone', () => {
    expect(copiesOf(recovery)).toEqual([
      { name: 'archive', from: theirs('data', 'Archive'), to: theirs('recovery-data', 'Archive'), of: 'Everything' },
      { name: 'assets', from: theirs('data', 'Assets'), to: theirs('recovery-data', 'Assets'), of: 'Everything' },
    ]);
    expect(primary.copies).toBeUndefined();
    for (const { data } of [primary, recovery]) {
      expect(ofType(data, 'azurerm_storage_object_replication')).toEqual([]);
    }
  });

  test('copies back what is written there while it leads, and changes nothing else for it', () => {
    const back = made({ objectsBackSince: '2026-03-01T04:00:00Z' });
    expect(copiesOf(back.recovery)).toEqual([
      {
        name: 'archive',
        from: theirs('recovery-data', 'Archive'),
        to: theirs('data', 'Archive'),
        of: '2026-03-01T04:00:00Z',
      },
      { name: 'assets', from: theirs('recovery-data', 'Assets'), to: theirs('data', 'Assets'), of: 'Everything' },
    ]);
    expect(resourcesOf(back.recovery.data)).toEqual(resourcesOf(recovery.data));
    expect(resourcesOf(back.primary.data)).toEqual(resourcesOf(primary.data));
  });

  test('has caches of its own, which the services of both sites may use as one identity each', () => {
    expect(ofType(recovery.data, 'azurerm_managed_redis')).toHaveLength(2);
    const access = resourcesOf(recovery.data)['azurerm_managed_redis_access_policy_assignment'] ?? {};
    expect(Object.values(access).map(({ object_id }) => String(object_id))).toEqual(
      expect.arrayContaining([expect.stringContaining('Identities_Workflow')]),
    );
  });

  test('watches copies of messages by itself, whoever watches the first', () => {
    for (const { messaging } of [primary, recovery]) {
      const alerts = ofType(messaging, 'azurerm_monitor_metric_alert').map(({ name }) => name);
      expect(alerts).toContain('service-bus-copies-behind');
    }
  });

  test('is asked by Front Door of the first while that is unwell, and has a name of its own', () => {
    const origins = ofType(primary.edge, 'azurerm_cdn_frontdoor_origin').map((origin) => [
      origin['name'],
      origin['priority'],
      (origin['private_link'] as { location?: string }).location,
    ]);
    expect(origins).toEqual(
      expect.arrayContaining([
        ['gateway', 1, 'westeurope'],
        ['gateway-recovery', 2, 'northeurope'],
        ['assets', 1, 'westeurope'],
        ['assets-recovery', 2, 'northeurope'],
      ]),
    );
    expect(ofType(recovery.edge, 'azurerm_cdn_frontdoor_profile')).toEqual([]);
    const records = ofType(primary.edge, 'azurerm_dns_a_record').map(({ name }) => name);
    expect(records).toEqual(['@', 'recovery']);
    expect(ofType(recovery.edge, 'azurerm_dns_a_record')).toEqual([]);
  });

  test('is looked at from outside under that name', () => {
    const looked = ofType(recovery.operations, 'azurerm_application_insights_standard_web_test');
    expect(looked.map(({ request }) => (request as { url?: string }).url)).toEqual([
      'https://recovery.app.example.com/status/ready',
      'https://recovery.app.example.com/',
    ]);
  });

  test('is upgraded before the first, and neither by itself', () => {
    for (const { cluster } of [primary, recovery]) {
      expect(only(cluster, 'azurerm_kubernetes_cluster')).toMatchObject({ node_os_upgrade_channel: 'None' });
      expect(only(cluster, 'azurerm_kubernetes_cluster')).not.toHaveProperty('automatic_upgrade_channel');
    }
    const { fleet } = recovery;
    if (fleet === undefined) throw new Error('the second site must have the fleet');
    expect(primary.fleet).toBeUndefined();
    expect(only(fleet, 'azurerm_kubernetes_fleet_update_strategy')).toMatchObject({
      stage: [{ name: 'recovery' }, { name: 'primary' }],
    });
    const members = ofType(fleet, 'azurerm_kubernetes_fleet_member');
    expect(members.map(({ group }) => group)).toEqual(['primary', 'recovery']);
  });
});

test('a second site that does without copies of objects has none, and its buckets take writes', () => {
  const { recovery } = made({ waives: { objects: { reason: 'nobody asks for old reports', minutes: 0 } } });
  expect(recovery.copies).toBeUndefined();
  expect(ofType(recovery.data, 'azurerm_storage_container').length).toBeGreaterThan(0);
});
