import { about, one, type Row } from '../../../support/about';
import type { Expectation } from '../../../support/expectations';
import { reference } from '../../../support/graph';
import { absent, atLeast, containing, oneLike } from '../../../support/matchers';
import { key, subscription } from './facts';

const stack = 'operations';
const dataGroup = `${subscription}/resourceGroups/rg-retailflow-production-data`;
const vault = reference('operations/Backup/Vault', 'id');

const roles: readonly (readonly [name: string, sentence: string, role: string, on: string])[] = [
  ['DatabasesRead', 'finds the group of the database', 'Reader', dataGroup],
  [
    'StoreDatabaseBackup',
    'backs the database up',
    'PostgreSQL Flexible Server Long Term Retention Backup Role',
    reference('data/StoreDatabase/Writer/Server', 'id'),
  ],
  [
    'AssetsObjectsBackup',
    'backs files of the shop up',
    'Storage Account Backup Contributor',
    reference('data/AssetsStorage/Account', 'id'),
  ],
  [
    'HotObjectsBackup',
    'backs objects up',
    'Storage Account Backup Contributor',
    reference('data/HotStorage/Account', 'id'),
  ],
  [
    'KeyUse',
    'encrypts what it keeps',
    'Key Vault Crypto Service Encryption User',
    `${reference('foundation/Keys/Vault', 'id')}/keys/storage`,
  ],
];

const allowed: readonly Expectation[] = [
  ...roles.map(([name, sentence, role, on]) =>
    one(`the backup vault ${sentence}`, 'azurerm_role_assignment', `operations/Backup/${name}`, {
      role_definition_name: role,
      scope: on,
      principal_id: reference('operations/Backup/Vault', 'identity.principal_id'),
    }),
  ),
  {
    name: 'the backup vault may do nothing else',
    type: 'azurerm_role_assignment',
    where: /^operations\/Backup\//,
    count: roles.length,
  },
];

export const backup: Row = {
  row: 'operations: backups',
  expectations: [
    ...about(
      { stack, type: 'azurerm_data_protection_backup_vault', count: 1 },
      {
        'backups lie in Singapore, too': { path: 'redundancy', is: 'GeoRedundant' },
        'backups can be restored in Singapore': { path: 'cross_region_restore_enabled', is: true },
        'backups are not removed before their time': { path: 'immutability', is: 'Unlocked' },
        'removed backups can be had back': { path: 'soft_delete', is: 'AlwaysOn' },
        'removed backups can be had back for two weeks': { path: 'retention_duration_in_days', is: atLeast(14) },
        'the backup vault is known by name': { path: 'identity.type', is: 'SystemAssigned' },
      },
    ),
    ...about(
      { stack, type: 'azurerm_data_protection_backup_vault_customer_managed_key', count: 1 },
      {
        'backups are encrypted with the key of storage': { path: 'key_vault_key_id', is: key('Storage') },
        'what is encrypted is the backup vault': { path: 'data_protection_backup_vault_id', is: vault },
        'the backup vault waits until it may use its key': { path: 'depends_on[*]', is: oneLike(/Backup_KeyUse/) },
      },
    ),
    ...about(
      { stack, type: 'azurerm_data_protection_backup_policy_postgresql_flexible_server', count: 1 },
      {
        'the database is backed up each week': {
          path: 'backup_repeating_time_intervals',
          is: ['R/2026-01-04T18:00:00+00:00/P1W'],
        },
        'backups of the database are kept for 35 days': {
          path: 'default_retention_rule.life_cycle',
          is: containing({ data_store_type: 'VaultStore', duration: 'P35D' }),
        },
        'the first backup of a month is kept for a year': {
          path: 'retention_rule',
          is: containing({
            criteria: { absolute_criteria: 'FirstOfMonth' },
            life_cycle: [{ data_store_type: 'VaultStore', duration: 'P12M' }],
          }),
        },
        'backups of the database are planned in the vault': { path: 'vault_id', is: vault },
      },
    ),
    ...about(
      { stack, type: 'azurerm_data_protection_backup_instance_postgresql_flexible_server', count: 1 },
      {
        'it is the writer that is backed up': {
          path: 'server_id',
          is: reference('data/StoreDatabase/Writer/Server', 'id'),
        },
        'the writer is backed up as planned': {
          path: 'backup_policy_id',
          is: reference('operations/Backup/DatabasePolicy', 'id'),
        },
        'the writer is backed up in the vault': { path: 'vault_id', is: vault },
      },
    ),
    ...about(
      { stack, type: 'azurerm_data_protection_backup_policy_blob_storage', count: 2 },
      {
        'objects can be had back as they were, for 30 days': {
          path: 'operational_default_retention_duration',
          is: 'P30D',
        },
        'objects are restored where they are, and not copied': { path: 'vault_default_retention_duration', is: absent },
        'backups of objects are planned in the vault': { path: 'vault_id', is: vault },
      },
    ),
    ...['Assets', 'Hot'].map((name) =>
      one(
        `objects of ${name} are backed up as planned`,
        'azurerm_data_protection_backup_instance_blob_storage',
        `operations/Backup/${name}Objects`,
        {
          storage_account_id: reference(`data/${name}Storage/Account`, 'id'),
          backup_policy_id: reference(`operations/Backup/${name}ObjectPolicy`, 'id'),
          vault_id: vault,
        },
      ),
    ),
    ...about(
      { stack, type: 'azurerm_data_protection_backup_instance_blob_storage', count: 2 },
      { 'objects are backed up in the vault': { path: 'vault_id', is: vault } },
    ),
    ...allowed,
  ],
};
