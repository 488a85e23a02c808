import { about, at, none, one, type Row } from '../../../support/about';
import type { Expectation } from '../../../support/expectations';
import { reference } from '../../../support/graph';
import { absent, containing, exactly, like, noneOf, oneLike } from '../../../support/matchers';
import { encryptionIdentity, key, subnet, zone } from './facts';

const stack = 'data';
const tenant = '00000000-0000-0000-0000-000000000000';
const servers = ['Writer', 'Replica1', 'Replica2'] as const;
const server = (name: string): string => reference(`data/StoreDatabase/${name}/Server`, 'id');

/** Parameters of every server: the sentence that each makes true. */
const parameters: Readonly<Record<string, readonly [sentence: string, name: string, value: string]>> = {
  RequireSecureTransport: ['refuses what is not encrypted', 'require_secure_transport', 'on'],
  SslMinProtocolVersion: ['speaks TLS 1.2 or newer', 'ssl_min_protocol_version', 'TLSv1.2'],
  PasswordEncryption: ['keeps passwords by SCRAM', 'password_encryption', 'scram-sha-256'],
  AzureAcceptedPasswordAuthMethod: [
    'takes passwords by SCRAM alone',
    'azure.accepted_password_auth_method',
    'scram-sha-256',
  ],
  SharedPreloadLibraries: ['loads its audit log', 'shared_preload_libraries', 'pg_stat_statements,pgaudit'],
  PgauditLog: ['audits changes of schemas and roles', 'pgaudit.log', 'ddl,role'],
  PgauditRole: ['audits what the audit role is given', 'pgaudit.role', 'rds_pgaudit'],
  PgauditLogParameter: ['writes no values of customers into the audit log', 'pgaudit.log_parameter', 'off'],
  PgauditLogCatalog: ['leaves its own catalogue out of the audit log', 'pgaudit.log_catalog', 'off'],
  AzureExtensions: [
    'allows the extensions of the definition',
    'azure.extensions',
    'pgaudit,pgcrypto,pg_stat_statements',
  ],
  LogConnections: ['logs who comes', 'log_connections', 'on'],
  LogDisconnections: ['logs who goes', 'log_disconnections', 'on'],
  LogLockWaits: ['logs who waits for a lock', 'log_lock_waits', 'on'],
  LogMinDurationStatement: ['logs statements that take a second', 'log_min_duration_statement', '1000'],
  LogParameterMaxLength: ['writes no values of customers into the log', 'log_parameter_max_length', '0'],
  LogTempFiles: ['logs statements that spill to disk', 'log_temp_files', '10240'],
  LogAutovacuumMinDuration: ['logs long clean-ups', 'log_autovacuum_min_duration', '10000'],
  TrackIoTiming: ['measures its disk', 'track_io_timing', 'on'],
  MetricsCollectorDatabaseActivity: ['says how busy each database is', 'metrics.collector_database_activity', 'on'],
  MetricsPgbouncerDiagnostics: ['says how full its pool is', 'metrics.pgbouncer_diagnostics', 'on'],
  WalLevel: ['can follow the other site, and lead it', 'wal_level', 'logical'],
  MaxReplicationSlots: ['has slots for its followers', 'max_replication_slots', '20'],
  MaxWalSenders: ['has senders for its followers', 'max_wal_senders', '20'],
  MaxWorkerProcesses: ['has workers enough', 'max_worker_processes', '32'],
  MaxLogicalReplicationWorkers: ['has workers that apply changes', 'max_logical_replication_workers', '16'],
  MaxSyncWorkersPerSubscription: ['has workers that copy tables', 'max_sync_workers_per_subscription', '4'],
  WalSenderTimeout: ['notices a lost follower in half a minute', 'wal_sender_timeout', '30000'],
  MaxConnections: ['takes as many connections as its memory allows', 'max_connections', '3200'],
  IdleInTransactionSessionTimeout: ['ends idle transactions', 'idle_in_transaction_session_timeout', '30000'],
  PgQsQueryCaptureMode: ['keeps what statements cost', 'pg_qs.query_capture_mode', 'top'],
  PgmsWaitSamplingQueryCaptureMode: ['keeps what statements wait for', 'pgms_wait_sampling.query_capture_mode', 'all'],
  PgbouncerEnabled: ['has a pool before it', 'pgbouncer.enabled', 'true'],
  PgbouncerPoolMode: ['shares connections by transaction', 'pgbouncer.pool_mode', 'transaction'],
  PgbouncerDefaultPoolSize: ['gives each service its part of the pool', 'pgbouncer.default_pool_size', '360'],
  PgbouncerQueryWaitTimeout: ['refuses who waits half a minute', 'pgbouncer.query_wait_timeout', '30'],
  PgbouncerMaxPreparedStatements: [
    'keeps prepared statements through the pool',
    'pgbouncer.max_prepared_statements',
    '200',
  ],
  PgbouncerIgnoreStartupParameters: [
    'lets drivers of Java in',
    'pgbouncer.ignore_startup_parameters',
    'extra_float_digits',
  ],
};

const told: readonly Expectation[] = servers.flatMap((name) =>
  Object.entries(parameters).map(([id, [sentence, parameter, value]]) =>
    one(
      `${name} ${sentence}`,
      'azurerm_postgresql_flexible_server_configuration',
      `data/StoreDatabase/${name}/${id}`,
      // One after another, or Azure is busy with the one before.
      { name: parameter, value, server_id: server(name), 'depends_on.0': like(/^azurerm_postgresql_flexible_server/) },
    ),
  ),
);

const writer: readonly Expectation[] = about(
  { stack, type: 'azurerm_postgresql_flexible_server', where: at('data/StoreDatabase/Writer/Server'), count: 1 },
  {
    'the writer has a standby in another zone': { path: 'high_availability.mode', is: 'ZoneRedundant' },
    'the standby of the writer stands in zone 2': { path: 'high_availability.standby_availability_zone', is: '2' },
    'the writer stands in zone 1': { path: 'zone', is: '1' },
    'backups of the database are copied to Singapore': { path: 'geo_redundant_backup_enabled', is: true },
    'the database can be had back as it was, for 35 days': { path: 'backup_retention_days', is: 35 },
    'copies of backups are encrypted with a key where they lie': {
      path: 'customer_managed_key.geo_backup_key_vault_key_id',
      is: reference('data/BackupKey/Key', 'output.properties.keyUri'),
    },
    'copies of backups are encrypted by an identity where they lie': {
      path: 'customer_managed_key.geo_backup_user_assigned_identity_id',
      is: reference('data/BackupKey/Identity', 'id'),
    },
    'the writer has the identities that encrypt, and no other': {
      path: 'identity.identity_ids',
      is: exactly(encryptionIdentity, reference('data/BackupKey/Identity', 'id')),
    },
    'the writer is made by itself': { path: 'create_mode', is: 'Default' },
    'the writer waits until it may use the key of its backups': { path: 'depends_on[*]', is: oneLike(/BackupKey_Use/) },
  },
);

const readers: readonly Expectation[] = (
  [
    ['Replica1', '3'],
    ['Replica2', '2'],
  ] as const
).map(([name, number]) =>
  one(
    `${name} reads along in zone ${number}`,
    'azurerm_postgresql_flexible_server',
    `data/StoreDatabase/${name}/Server`,
    {
      create_mode: 'Replica',
      source_server_id: server('Writer'),
      zone: number,
      high_availability: absent,
      'identity.identity_ids': exactly(encryptionIdentity),
    },
  ),
);

/** Encrypts the copies of backups where they lie: the same as the site's own vault, in the other region. */
const backupKey: readonly Expectation[] = [
  one('the key of copied backups lies where they do', 'azurerm_key_vault', 'data/BackupKey/Vault', {
    location: 'southeastasia',
  }),
  one(
    'the identity of copied backups stands where they do',
    'azurerm_user_assigned_identity',
    'data/BackupKey/Identity',
    {
      location: 'southeastasia',
    },
  ),
  one('there is a key for copied backups', 'azapi_resource', 'data/BackupKey/Key', {
    name: 'backup',
    parent_id: reference('data/BackupKey/Vault', 'id'),
    'body.properties.keyOps': exactly('wrapKey', 'unwrapKey'),
  }),
  one('copied backups use their key, and nothing else does', 'azurerm_role_assignment', 'data/BackupKey/Use', {
    scope: reference('data/BackupKey/Key', 'id'),
    role_definition_name: 'Key Vault Crypto Service Encryption User',
    principal_id: reference('data/BackupKey/Identity', 'principal_id'),
  }),
];

const administratorType = 'azurerm_postgresql_flexible_server_active_directory_administrator';

/** People of the platform, and the job that makes users and schemas. */
const administrators: readonly Expectation[] = [
  one(
    'the administrators of the platform administer the server',
    administratorType,
    'data/StoreDatabase/Administrators',
    {
      principal_type: 'Group',
      principal_name: 'RetailFlow platform',
      object_id: tenant,
      server_name: reference('data/StoreDatabase/Writer/Server', 'name'),
    },
  ),
  one('the job of migrations administers the server', administratorType, 'data/StoreDatabase/Migration', {
    principal_type: 'ServicePrincipal',
    principal_name: 'id-retailflow-production-migration',
    object_id: reference('foundation/Identities/Migration', 'principal_id'),
    server_name: reference('data/StoreDatabase/Writer/Server', 'name'),
  }),
  { name: 'nobody else administers the server', stack, type: administratorType, count: 2 },
];

export const database: Row = {
  row: 'database',
  expectations: [
    { name: 'the database has a writer and two readers', stack, type: 'azurerm_postgresql_flexible_server', count: 3 },
    ...writer,
    ...readers,
    ...about(
      { type: 'azurerm_postgresql_flexible_server' },
      {
        'servers are of the version of the definition': { path: 'version', is: '17' },
        'servers are of one size, so that a reader can lead': { path: 'sku_name', is: 'MO_Standard_E4ds_v5' },
        'servers have the same disk, so that a reader can lead': { path: 'storage_mb', is: 131_072 },
        'disks of servers grow': { path: 'auto_grow_enabled', is: true },
        'servers do not answer the internet': { path: 'public_network_access_enabled', is: false },
        'servers stand in the subnet of PostgreSQL': { path: 'delegated_subnet_id', is: subnet('Postgres') },
        'servers are found by a private name': { path: 'private_dns_zone_id', is: zone('Postgres') },
        'people and services log in by Entra': { path: 'authentication.active_directory_auth_enabled', is: true },
        'nobody logs in with a password': { path: 'authentication.password_auth_enabled', is: false },
        'people and services are of the tenant': { path: 'authentication.tenant_id', is: tenant },
        'no server has an administrator with a password': { path: 'administrator_login', is: absent },
        'no password of a server is written anywhere': { path: 'administrator_password', is: absent },
        'disks of servers are encrypted with the key of databases': {
          path: 'customer_managed_key.key_vault_key_id',
          is: key('Database'),
        },
        'disks of servers are encrypted by the identity of encryption': {
          path: 'customer_managed_key.primary_user_assigned_identity_id',
          is: encryptionIdentity,
        },
        'Azure mends servers before Monday’s work in Asia': { path: 'maintenance_window.start_hour', is: 22 },
        'Azure mends servers on one day': { path: 'maintenance_window.day_of_week', is: 0 },
        'a takeover by the standby is not undone': {
          path: 'lifecycle.ignore_changes',
          is: containing('zone', 'high_availability[0].standby_availability_zone'),
        },
        'a promotion is not undone': {
          path: 'lifecycle.ignore_changes',
          is: containing('create_mode', 'source_server_id'),
        },
        'a disk that grew is not made small': { path: 'lifecycle.ignore_changes', is: containing('storage_mb') },
        'a change of the version is not left to chance': { path: 'lifecycle.ignore_changes[*]', is: noneOf('version') },
      },
    ),
    ...told,
    {
      name: 'servers are told nothing else',
      type: 'azurerm_postgresql_flexible_server_configuration',
      count: servers.length * Object.keys(parameters).length,
    },
    ...administrators,
    ...about(
      { stack, type: 'azurerm_postgresql_flexible_server_database', count: 1 },
      {
        'the database has the name that services know': { path: 'name', is: 'store' },
        'the database stands on the writer': { path: 'server_id', is: server('Writer') },
        'the database writes every alphabet': { path: 'charset', is: 'UTF8' },
      },
    ),
    ...about(
      { stack, type: 'azurerm_postgresql_flexible_server_virtual_endpoint', count: 1 },
      {
        'services call the writer by a name that follows a promotion': { path: 'type', is: 'ReadWrite' },
        'the name of the writer leads to the writer': { path: 'source_server_id', is: server('Writer') },
        'the name of the reader leads to a reader': { path: 'replica_server_id', is: server('Replica1') },
        'names that followed a promotion are left alone': {
          path: 'lifecycle.ignore_changes',
          is: containing('source_server_id', 'replica_server_id'),
        },
      },
    ),
    ...backupKey,
    none({ type: 'azurerm_postgresql_server' }, 'there is no server of the kind that Azure has retired'),
    none(
      { type: 'azurerm_postgresql_flexible_server_firewall_rule' },
      'no address has a way around the network to a server',
    ),
  ],
};
