import fc from 'fast-check';
import { Backup, vaultSettings, type BackupProps } from '../../lib/azure/backup';
import { restoreDays } from '../../lib/azure/storage-settings';
import { encryption, monitoring, ofType, only, place, resourceId, resourcesOf, testStack } from '../support/azure';

const serverId = resourceId('Microsoft.DBforPostgreSQL/flexibleServers', 'psql');
const groupId = '/subscriptions/7f2b8c0e-3a51-4a0c-9d8e-5b1f6c2d4e3a/resourceGroups/rg-shop-production-data';
const accountId = resourceId('Microsoft.Storage/storageAccounts', 'hot');

const made = (patch: Partial<BackupProps> = {}) => {
  const stack = testStack();
  new Backup(stack, 'Backup', {
    place,
    monitoring,
    encryption,
    retentionDays: 35,
    databases: { store: serverId },
    databaseGroupId: groupId,
    accounts: { hot: { id: accountId, restoreDays: 30 } },
    ...patch,
  });
  return stack;
};

describe('how the vault keeps recovery points', () => {
  const copied = { redundancy: 'GeoRedundant', crossRegionRestoreEnabled: true };
  test.each([
    [{ isProtected: true, location: 'eastasia' }, copied],
    [{ isProtected: true, location: 'italynorth' }, { redundancy: 'ZoneRedundant' }],
    [{ isProtected: false, location: 'eastasia' }, { redundancy: 'ZoneRedundant' }],
  ])('%j', (where, expected) => {
    expect(vaultSettings(where)).toEqual(expected);
  });
});

describe('for how many days objects can be taken back', () => {
  test.each([
    ['hot', 90, 30],
    ['assets', 90, 30],
    ['hot', 35, 30],
    ['hot', 12, 7],
    ['hot', 5, undefined],
    ['archive', 90, undefined],
  ] as const)('%s, kept %d days after their deletion: %s', (kind, softDelete, days) => {
    expect(restoreDays(kind, softDelete)).toBe(days);
  });

  test('is less than they are kept, as Azure asks', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 365 }), (softDelete) => {
        expect(restoreDays('hot', softDelete) ?? 0).toBeLessThan(softDelete);
      }),
    );
  });
});

describe('the backup vault', () => {
  const stack = made();

  test('gives nothing back before its time, is encrypted with our key, and kept', () => {
    expect(only(stack, 'azurerm_data_protection_backup_vault')).toMatchObject({
      datastore_type: 'VaultStore',
      redundancy: 'GeoRedundant',
      cross_region_restore_enabled: true,
      immutability: 'Unlocked',
      soft_delete: 'AlwaysOn',
      retention_duration_in_days: 14,
      identity: { type: 'SystemAssigned' },
      lifecycle: { prevent_destroy: true },
      tags: { 'data-class': 'restricted' },
    });
    expect(only(stack, 'azurerm_management_lock').scope).toContain('azurerm_data_protection_backup_vault.');
    expect(only(stack, 'azurerm_data_protection_backup_vault_customer_managed_key')).toMatchObject({
      key_vault_key_id: encryption.keyIds.storage,
      depends_on: [expect.stringMatching(/^azurerm_role_assignment\.Backup_KeyUse_/)],
    });
  });

  test('takes databases every week and keeps the first of a month for a year', () => {
    expect(only(stack, 'azurerm_data_protection_backup_policy_postgresql_flexible_server')).toMatchObject({
      backup_repeating_time_intervals: ['R/2026-01-04T18:00:00+00:00/P1W'],
      default_retention_rule: { life_cycle: [{ data_store_type: 'VaultStore', duration: 'P35D' }] },
      retention_rule: [
        {
          name: 'Monthly',
          criteria: { absolute_criteria: 'FirstOfMonth' },
          life_cycle: [{ data_store_type: 'VaultStore', duration: 'P12M' }],
        },
      ],
    });
    expect(only(stack, 'azurerm_data_protection_backup_instance_postgresql_flexible_server')).toMatchObject({
      server_id: serverId,
    });
  });

  test('takes objects back within their account, and copies none to another tenant', () => {
    const policy = only(stack, 'azurerm_data_protection_backup_policy_blob_storage');
    expect(policy).toMatchObject({ operational_default_retention_duration: 'P30D' });
    expect(policy).not.toHaveProperty('vault_default_retention_duration');
    const instance = only(stack, 'azurerm_data_protection_backup_instance_blob_storage');
    expect(instance).toMatchObject({ storage_account_id: accountId });
    expect(instance).not.toHaveProperty('storage_account_container_names');
  });

  test('may back these up, and nothing else', () => {
    expect(
      ofType(stack, 'azurerm_role_assignment')
        .map((each) => [each['role_definition_name'], each['scope']])
        .sort(),
    ).toEqual([
      ['Key Vault Crypto Service Encryption User', `${encryption.vaultId}/keys/storage`],
      ['PostgreSQL Flexible Server Long Term Retention Backup Role', serverId],
      // Without it, Azure cannot look up the group of the server, and takes no instance.
      ['Reader', groupId],
      ['Storage Account Backup Contributor', accountId],
    ]);
  });

  test('reads the group of databases once, however many there are', () => {
    const several = made({ databases: { store: serverId, orders: `${serverId}-orders` } });
    const readers = ofType(several, 'azurerm_role_assignment').filter(
      ({ role_definition_name: role }) => role === 'Reader',
    );
    expect(readers.map(({ scope }) => scope)).toEqual([groupId]);
  });

  test('waits for what it may', () => {
    expect(
      only(stack, 'azurerm_data_protection_backup_instance_postgresql_flexible_server')['depends_on'],
    ).toHaveLength(2);
    expect(only(stack, 'azurerm_data_protection_backup_instance_blob_storage')['depends_on']).toHaveLength(1);
  });

  test('calls somebody when a backup fails', () => {
    expect(only(stack, 'azurerm_monitor_metric_alert')).toMatchObject({
      criteria: [{ metric_name: 'BackupHealthEvent', threshold: 1 }],
      description: expect.stringContaining('docs/runbooks/azure-backup.md'),
    });
  });

  test('keeps nothing for a year in a stage that is not protected', () => {
    const open = made({ place: { ...place, isProtected: false } });
    expect(only(open, 'azurerm_data_protection_backup_policy_postgresql_flexible_server')).not.toHaveProperty(
      'retention_rule',
    );
  });

  test('has no policy for what there is none of', () => {
    const empty = Object.keys(resourcesOf(made({ databases: {}, accounts: {} })));
    expect(empty.filter((type) => /_policy_|_instance_/.test(type))).toEqual([]);
  });
});
