import type { TerraformStack } from 'cdktf';
import { SqlDatabase } from '../../lib/azure/sql-database';
import { SqlServer } from '../../lib/azure/sql-server';
import { sqlDatabaseSettings } from '../../lib/azure/sql-settings';
import { sqlServer } from '../../lib/platform/nouns/database';
import { encryption, monitoring, network, ofType, only, place, testStack } from '../support/azure';

const spec = sqlServer.parse({ engine: 'sqlserver', capacity: { vcpu: 2, memoryGiB: 8 } });

const longTerm = { longTermRetentionPolicy: { weeklyRetention: 'P5W', monthlyRetention: 'P12M' } };

const serverIn = (stack: TerraformStack): SqlServer =>
  new SqlServer(stack, 'Sql', {
    place,
    network,
    encryption,
    monitoring,
    migration: { principalId: 'principal-of-migration', word: 'migration' },
    dataClass: 'confidential',
  });

describe('a SQL Server database in the terms of Azure SQL', () => {
  const kept = { shortTermRetentionPolicy: { retentionDays: 35, backupIntervalInHours: 12 } };
  test.each([
    ['in a protected stage', {}, { zoneRedundant: true, storageAccountType: 'GeoZone', ...longTerm }],
    ['in one zone', { zones: ['1'] }, { zoneRedundant: false, storageAccountType: 'Geo', ...longTerm }],
    [
      'without a paired region',
      { location: 'italynorth' },
      { zoneRedundant: true, storageAccountType: 'Zone', ...longTerm },
    ],
    ['in another stage', { isProtected: false }, { zoneRedundant: false, storageAccountType: 'Local' }],
  ])('%s', (_, where, expected) => {
    expect(sqlDatabaseSettings('reports', spec, { ...place, ...where })).toEqual({
      skuName: 'GP_Gen5_2',
      maxSizeGb: 250,
      licenseType: 'LicenseIncluded',
      ...kept,
      ...expected,
    });
  });

  test('fails when the model let a size pass that Azure does not sell', () => {
    const large = { ...spec, capacity: { vcpu: 96, memoryGiB: 480 } };
    expect(() => sqlDatabaseSettings('reports', large, place)).toThrow(
      'databases.reports has a size that Azure does not sell',
    );
  });
});

describe('a Hyperscale database in the terms of Azure SQL', () => {
  const hyperscale = (patch: object = {}) =>
    sqlServer.parse({
      engine: 'sqlserver',
      tier: 'hyperscale',
      capacity: { vcpu: 4, memoryGiB: 20 },
      readReplicas: 2,
      ...patch,
    });
  test.each([
    [
      'in a protected stage',
      {},
      {},
      { skuName: 'HS_Gen5_4', zoneRedundant: true, storageAccountType: 'GeoZone', ...longTerm },
    ],
    [
      'with much memory',
      { capacity: { vcpu: 4, memoryGiB: 32 } },
      {},
      { skuName: 'HS_MOPRMS_4', zoneRedundant: true, storageAccountType: 'GeoZone', ...longTerm },
    ],
    [
      'without a replica that could stand in another zone',
      { readReplicas: 0 },
      { isProtected: false },
      { skuName: 'HS_Gen5_4', readReplicaCount: 0, zoneRedundant: false, storageAccountType: 'Local' },
    ],
  ])('%s', (_, patch, where, expected) => {
    const settings = sqlDatabaseSettings('reports', hyperscale(patch), { ...place, ...where });
    expect(settings).toEqual({
      readReplicaCount: 2,
      shortTermRetentionPolicy: { retentionDays: 35 },
      ...expected,
    });
    // The disk takes what it needs, and there is one licence.
    for (const absent of ['maxSizeGb', 'licenseType']) expect(settings).not.toHaveProperty(absent);
  });

  test('fails when the model let a size pass that Azure does not sell', () => {
    expect(() => sqlDatabaseSettings('reports', hyperscale({ capacity: { vcpu: 5, memoryGiB: 20 } }), place)).toThrow(
      'databases.reports has a size that Azure does not sell',
    );
  });

  test('has replicas by names of their own, which span zones as it does and can be made again', () => {
    const stack = testStack();
    const server = serverIn(stack);
    const spec = hyperscale({ namedReplicas: { reports: { capacity: { vcpu: 2, memoryGiB: 10 } } } });
    new SqlDatabase(stack, 'OrderDatabase', { place, monitoring, server, name: 'order', spec });
    const [source, replica] = ofType(stack, 'azurerm_mssql_database');
    expect(source).toMatchObject({ name: 'order', lifecycle: { prevent_destroy: true } });
    expect(replica).toMatchObject({
      name: 'order_reports',
      create_mode: 'Secondary',
      secondary_type: 'Named',
      creation_source_database_id: expect.stringMatching(/^\$\{azurerm_mssql_database\.OrderDatabase_\w+\.id\}$/),
      sku_name: 'HS_Gen5_2',
      read_replica_count: 1,
      zone_redundant: true,
      transparent_data_encryption_enabled: true,
      tags: { 'data-class': 'confidential' },
    });
    expect(replica).not.toHaveProperty('short_term_retention_policy');
    expect(replica).not.toHaveProperty('lifecycle');
    const alerts = ofType(stack, 'azurerm_monitor_metric_alert').map(({ name }) => name);
    for (const database of ['order', 'order-reports']) {
      expect(alerts).toEqual(
        expect.arrayContaining(
          ['cpu-high', 'workers-high', 'sessions-high', 'log-writes-high', 'connections-failed'].map(
            (alert) => `sql-${database}-${alert}`,
          ),
        ),
      );
    }
    // Storage grows by itself.
    expect(alerts).not.toContain('sql-order-storage-high');
  });
});

describe('Azure SQL', () => {
  const stack = testStack();
  const server = serverIn(stack);
  new SqlDatabase(stack, 'ReportsDatabase', { place, monitoring, server, name: 'analytics-backup', spec });

  test('is closed on both sides, knows no passwords, and is kept', () => {
    const created = only(stack, 'azurerm_mssql_server');
    expect(created).toMatchObject({
      name: expect.stringMatching(/^sql-shop-production-\w{6}$/),
      version: '12.0',
      minimum_tls_version: '1.2',
      public_network_access_enabled: false,
      outbound_network_restriction_enabled: true,
      // At an endpoint, a redirection would lead to any port.
      connection_policy: 'Proxy',
      express_vulnerability_assessment_enabled: true,
      azuread_administrator: {
        azuread_authentication_only: true,
        login_username: 'id-shop-production-migration',
        object_id: 'principal-of-migration',
      },
      identity: { type: 'UserAssigned', identity_ids: [encryption.identity.id] },
      primary_user_assigned_identity_id: encryption.identity.id,
      lifecycle: { prevent_destroy: true },
    });
    for (const absent of ['administrator_login', 'administrator_login_password']) {
      expect(created).not.toHaveProperty(absent);
    }
    expect(ofType(stack, 'azurerm_mssql_firewall_rule')).toEqual([]);
    expect(only(stack, 'azurerm_private_endpoint')).toMatchObject({
      private_service_connection: { subresource_names: ['sqlServer'] },
      private_dns_zone_group: { private_dns_zone_ids: [network.zoneIds.sql] },
    });
  });

  test('is encrypted with our key and follows its rotations', () => {
    expect(only(stack, 'azurerm_mssql_server_transparent_data_encryption')).toMatchObject({
      key_vault_key_id: encryption.keyVersionIds.database,
      auto_rotation_enabled: true,
      lifecycle: { ignore_changes: ['key_vault_key_id'] },
    });
  });

  test('writes down what is done in it, and says when that looks like an attack', () => {
    for (const policy of [
      only(stack, 'azurerm_mssql_server_extended_auditing_policy'),
      only(stack, 'azurerm_mssql_server_microsoft_support_auditing_policy'),
    ]) {
      expect(policy).toMatchObject({ enabled: true, log_monitoring_enabled: true });
    }
    expect(only(stack, 'azurerm_mssql_server_security_alert_policy').state).toBe('Enabled');
    const audit = ofType(stack, 'azurerm_monitor_diagnostic_setting').find(({ target_resource_id: id }) =>
      String(id).endsWith('/databases/master'),
    );
    expect(audit?.enabled_log).toEqual([{ category: 'DevOpsOperationsAudit' }, { category: 'SQLSecurityAuditEvents' }]);
  });

  test('has databases that are kept, with logs and people who are called', () => {
    expect(only(stack, 'azurerm_mssql_database')).toMatchObject({
      name: 'analytics_backup',
      sku_name: 'GP_Gen5_2',
      zone_redundant: true,
      transparent_data_encryption_enabled: true,
      tags: { 'data-class': 'confidential' },
      lifecycle: { prevent_destroy: true },
    });
    expect(ofType(stack, 'azurerm_management_lock')).toHaveLength(2);
    expect(ofType(stack, 'azurerm_monitor_metric_alert').map(({ name }) => name)).toEqual(
      expect.arrayContaining(['sql-analytics-backup-cpu-high', 'sql-analytics-backup-storage-high']),
    );
    expect(ofType(stack, 'azurerm_monitor_activity_log_alert')).toHaveLength(1);
  });
});
