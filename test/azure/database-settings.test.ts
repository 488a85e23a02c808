import { databaseSettings, serverZones } from '../../lib/azure/database-settings';
import { serverParameters } from '../../lib/azure/database-parameters';
import { postgres, type Postgres } from '../../lib/platform/nouns/database';
import { place } from '../support/azure';

const spec = (patch: object = {}): Postgres =>
  postgres.parse({ engine: 'postgres', capacity: { vcpu: 4, memoryGiB: 32 }, ...patch });

test.each([
  [['1', '2', '3'], 2, true, { writer: '1', standby: '2', replicas: ['3', '2'] }],
  [['1', '2', '3'], 5, true, { writer: '1', standby: '2', replicas: ['3', '2', '1', '3', '2'] }],
  [['1', '2'], 1, true, { writer: '1', standby: '2', replicas: ['2'] }],
  [['3'], 1, true, { writer: '3', standby: '3', replicas: ['3'] }],
  [['1', '2', '3'], 0, false, { writer: '1', replicas: [] }],
])('servers in zones %j with %d replicas and a standby %s', (zones, replicas, standby, expected) => {
  expect(serverZones(zones, replicas, standby)).toEqual(expected);
});

test('fails when a site has no zones', () => {
  expect(() => serverZones([], 0, true)).toThrow('needs the zones of its site, got none');
});

describe('a database in the terms of Azure', () => {
  test('in a protected stage has a standby, and its backups in the paired region', () => {
    expect(databaseSettings('store', spec(), place)).toEqual({
      skuName: 'MO_Standard_E4ds_v5',
      storageMb: 128 * 1024,
      backupRetentionDays: 35,
      backupRegion: 'southeastasia',
      connections: 3200,
      zones: { writer: '1', standby: '2', replicas: ['3', '2'] },
    });
  });

  test('in another stage has neither', () => {
    const settings = databaseSettings('store', spec(), { ...place, isProtected: false });
    expect(settings.backupRegion).toBeUndefined();
    expect(settings.zones.standby).toBeUndefined();
  });

  test('in a region whose pair takes no backups of servers keeps them there', () => {
    expect(databaseSettings('store', spec(), { ...place, location: 'westus3' }).backupRegion).toBeUndefined();
  });

  test.each([
    ['capacity', { capacity: { vcpu: 3, memoryGiB: 7 } }, {}],
    ['capacity of another region', { capacity: { vcpu: 96, memoryGiB: 384 } }, { location: 'japaneast' }],
  ])('fails when the model let a %s pass that Azure does not sell', (_, patch, where) => {
    expect(() => databaseSettings('store', spec(patch), { ...place, ...where })).toThrow(
      'databases.store has a size that Azure does not sell',
    );
  });
});

describe('parameters of a server', () => {
  const parameters = serverParameters({ spec: spec(), connections: 3200, users: 6 });

  test.each([
    ['azure.extensions', 'pgaudit,pgcrypto,pg_stat_statements'],
    ['require_secure_transport', 'on'],
    ['ssl_min_protocol_version', 'TLSv1.2'],
    ['azure.accepted_password_auth_method', 'scram-sha-256'],
    ['shared_preload_libraries', 'pg_stat_statements,pgaudit'],
    ['pgaudit.log', 'ddl,role'],
    ['pgaudit.role', 'rds_pgaudit'],
    ['log_parameter_max_length', '0'],
    ['wal_level', 'logical'],
    ['max_replication_slots', '20'],
    ['max_connections', '3200'],
    ['idle_in_transaction_session_timeout', '30000'],
    ['pgbouncer.enabled', 'true'],
    // 90% of 3,200 connections for 6 services.
    ['pgbouncer.default_pool_size', '480'],
    ['pgbouncer.query_wait_timeout', '30'],
    ['pg_qs.query_capture_mode', 'top'],
  ])('%s is %s', (name, value) => {
    expect(parameters[name]).toBe(value);
  });

  test('allow libraries before what they know, and ask for workers before those that they are for', () => {
    const names = Object.keys(parameters);
    const before = (first: string, second: string) => names.indexOf(first) < names.indexOf(second);
    expect(before('shared_preload_libraries', 'pgaudit.log')).toBe(true);
    expect(before('max_worker_processes', 'max_logical_replication_workers')).toBe(true);
    expect(before('pgbouncer.enabled', 'pgbouncer.pool_mode')).toBe(true);
  });

  test('name an extension once, and set none that Azure keeps to itself', () => {
    const repeated = serverParameters({
      spec: spec({ extensions: ['pgaudit', 'pg_trgm'] }),
      connections: 100,
      users: 0,
    });
    expect(repeated['azure.extensions']).toBe('pgaudit,pg_trgm');
    expect(repeated['pgbouncer.default_pool_size']).toBe('90');
    for (const own of ['max_slot_wal_keep_size', 'log_replication_commands', 'wal_keep_size']) {
      expect(parameters).not.toHaveProperty([own]);
    }
  });

  test('look at statements only where the model asks for it', () => {
    const standard = serverParameters({ spec: spec({ insights: 'standard' }), connections: 100, users: 1 });
    expect(standard['pg_qs.query_capture_mode']).toBe('none');
  });
});
