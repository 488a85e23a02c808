import { about, type Row } from '../../../support/about';
import { reference } from '../../../support/graph';
import { absent, atLeast, containing, exactly } from '../../../support/matchers';
import { encryptionIdentity } from './facts';

const stack = 'data';
const server = reference('data/SqlServer/Server', 'id');

export const analytics: Row = {
  row: 'analytics backup',
  expectations: [
    ...about(
      { stack, type: 'azurerm_mssql_server', count: 1 },
      {
        'the SQL server does not answer the internet': { path: 'public_network_access_enabled', is: false },
        'the SQL server calls nobody': { path: 'outbound_network_restriction_enabled', is: true },
        'the SQL server speaks TLS 1.2 or newer': { path: 'minimum_tls_version', is: '1.2' },
        'nobody logs in to the SQL server with a password': {
          path: 'azuread_administrator.azuread_authentication_only',
          is: true,
        },
        'the job of migrations administers the SQL server': {
          path: 'azuread_administrator.login_username',
          is: 'id-retailflow-production-migration',
        },
        'the administrator of the SQL server is that very identity': {
          path: 'azuread_administrator.object_id',
          is: reference('foundation/Identities/Migration', 'principal_id'),
        },
        'the SQL server has no login of its own': { path: 'administrator_login', is: absent },
        'no password of the SQL server is written anywhere': { path: 'administrator_login_password', is: absent },
        'the SQL server has the identity of encryption, and no other': {
          path: 'identity.identity_ids',
          is: exactly(encryptionIdentity),
        },
        'the SQL server encrypts by the identity of encryption': {
          path: 'primary_user_assigned_identity_id',
          is: encryptionIdentity,
        },
        'the SQL server is looked over for weaknesses': { path: 'express_vulnerability_assessment_enabled', is: true },
      },
    ),
    ...about(
      { stack, type: 'azurerm_mssql_server_transparent_data_encryption', count: 1 },
      {
        'SQL databases are encrypted with the key of databases': {
          path: 'key_vault_key_id',
          is: reference('foundation/Keys/Database', 'output.properties.keyUriWithVersion'),
        },
        'SQL databases follow a rotation of their key': { path: 'auto_rotation_enabled', is: true },
        'a rotation of the key of SQL databases is not undone': {
          path: 'lifecycle.ignore_changes',
          is: containing('key_vault_key_id'),
        },
        'encryption is that of the SQL server': { path: 'server_id', is: server },
      },
    ),
    ...['extended_auditing_policy', 'microsoft_support_auditing_policy'].flatMap((policy) =>
      about(
        { stack, type: `azurerm_mssql_server_${policy}`, count: 1 },
        {
          [`what is done in the SQL server is written down: ${policy}`]: { path: 'enabled', is: true },
          [`what is done in the SQL server goes to the workspace: ${policy}`]: {
            path: 'log_monitoring_enabled',
            is: true,
          },
          [`what is written down is that of the SQL server: ${policy}`]: { path: 'server_id', is: server },
        },
      ),
    ),
    ...about(
      { stack, type: 'azurerm_mssql_server_security_alert_policy', count: 1 },
      {
        'attacks on the SQL server are told': { path: 'state', is: 'Enabled' },
        'attacks that are told are those on the SQL server': {
          path: 'server_name',
          is: reference('data/SqlServer/Server', 'name'),
        },
      },
    ),
    ...about(
      { stack, type: 'azurerm_monitor_diagnostic_setting', where: /^data\/SqlServer\/Diagnostics$/, count: 1 },
      {
        'the audit of the SQL server is sent': {
          path: 'enabled_log',
          is: containing({ category: 'SQLSecurityAuditEvents' }, { category: 'DevOpsOperationsAudit' }),
        },
        'the audit of the SQL server is that of its master': {
          path: 'target_resource_id',
          is: `${server}/databases/master`,
        },
      },
    ),
    ...about(
      { stack, type: 'azurerm_mssql_database', count: 1 },
      {
        'reports have a copy of their own on the SQL server': { path: 'server_id', is: server },
        'the copy of reports has the name of the definition': { path: 'name', is: 'analytics_backup' },
        'the copy of reports has the size of the definition': { path: 'sku_name', is: 'GP_Gen5_2' },
        'the copy of reports has the disk of the definition': { path: 'max_size_gb', is: 250 },
        'the copy of reports stands in several zones': { path: 'zone_redundant', is: true },
        'backups of the copy lie in several zones and in Singapore': { path: 'storage_account_type', is: 'GeoZone' },
        'the copy can be had back as it was, for 35 days': {
          path: 'short_term_retention_policy.retention_days',
          is: 35,
        },
        'the copy of a month is kept for a year': {
          path: 'long_term_retention_policy.monthly_retention',
          is: 'P12M',
        },
        'the copy of a week is kept for five': { path: 'long_term_retention_policy.weekly_retention', is: 'P5W' },
        'changes of the copy are kept twice a day at least': {
          path: 'short_term_retention_policy.backup_interval_in_hours',
          is: atLeast(1),
        },
        'the copy of reports is encrypted': { path: 'transparent_data_encryption_enabled', is: true },
      },
    ),
  ],
};
