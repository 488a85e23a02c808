import type { Postgres } from '../platform/nouns/database';
import { auditRole } from '../platform/sql/roles';
import type { DatabaseSettings } from './database-settings';

/** Parameters of a database, by name, as RDS writes them. */
export type Parameters = Readonly<Record<string, string>>;

/**
 * TLS 1.2 or newer for every connection, passwords (the administrator's is the only one) by SCRAM, changes of schemas and
 * roles audited, slow statements and waits logged without the values that people entered.
 *
 * Timeouts of statements are settings of each service's user, where migrations and replication are free of them.
 */
const always: Parameters = {
  'rds.force_ssl': '1',
  ssl_min_protocol_version: 'TLSv1.2',
  'rds.accepted_password_auth_method': 'scram',
  password_encryption: 'scram-sha-256',
  shared_preload_libraries: 'pg_stat_statements,pgaudit',
  'pgaudit.log': 'ddl,role',
  'pgaudit.role': auditRole,
  'pgaudit.log_catalog': '0',
  'pgaudit.log_parameter': '0',
  log_connections: '1',
  log_disconnections: '1',
  log_lock_waits: '1',
  log_min_duration_statement: '1000',
  log_parameter_max_length: '0',
  log_temp_files: '10240',
  log_autovacuum_min_duration: '10000',
  'rds.force_autovacuum_logging_level': 'warning',
  track_io_timing: '1',
};

/** A standby on another cloud reads the write-ahead log; a link that is down for half a minute is noticed. */
const replication: Parameters = {
  'rds.logical_replication': '1',
  max_replication_slots: '10',
  max_wal_senders: '20',
  log_replication_commands: '1',
  wal_sender_timeout: '30000',
};

/** What the database is told, by topology; `replicated` where the platform has a recovery site. */
export function databaseParameters(
  { statementTimeoutSeconds }: Pick<Postgres, 'statementTimeoutSeconds'>,
  { connections, slotMiB }: Pick<DatabaseSettings, 'connections' | 'slotMiB'>,
  replicated: boolean,
): Parameters {
  return {
    ...always,
    max_connections: String(connections),
    idle_in_transaction_session_timeout: String(statementTimeoutSeconds * 1000),
    ...(replicated ? replication : {}),
    ...(replicated && slotMiB !== undefined ? { max_slot_wal_keep_size: String(slotMiB) } : {}),
  };
}
