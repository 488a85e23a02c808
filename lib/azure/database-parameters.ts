import type { Postgres } from '../platform/nouns/database';
import { auditRole } from '../platform/sql/roles';

/** Parameters of a server, by name, as Azure writes them. */
export type Parameters = Readonly<Record<string, string>>;

/** What the parameters of a server depend on. */
export interface ParametersInput {
  readonly spec: Pick<Postgres, 'extensions' | 'insights' | 'pooling' | 'statementTimeoutSeconds'>;
  /** Connections that the server takes. */
  readonly connections: number;
  /** How many services share the pool. */
  readonly users: number;
}

/** Loads the audit log; no service calls it. */
const auditExtension = 'pgaudit';

/**
 * TLS 1.2 or newer for every connection, passwords (that of replication is the only one there ever is) by SCRAM, changes of
 * schemas and roles audited, slow statements and waits logged without the values that people entered.
 */
const always: Parameters = {
  require_secure_transport: 'on',
  ssl_min_protocol_version: 'TLSv1.2',
  password_encryption: 'scram-sha-256',
  'azure.accepted_password_auth_method': 'scram-sha-256',
  shared_preload_libraries: 'pg_stat_statements,pgaudit',
  'pgaudit.log': 'ddl,role',
  'pgaudit.role': auditRole,
  'pgaudit.log_catalog': 'off',
  'pgaudit.log_parameter': 'off',
  log_connections: 'on',
  log_disconnections: 'on',
  log_lock_waits: 'on',
  log_min_duration_statement: '1000',
  log_parameter_max_length: '0',
  log_temp_files: '10240',
  log_autovacuum_min_duration: '10000',
  track_io_timing: 'on',
  'metrics.collector_database_activity': 'on',
};

/**
 * The server follows the other site, and leads it after a failover. A link that is down for half a minute is noticed. How
 * much of the write-ahead log a slot may keep cannot be bounded here, so an alert watches it. Each subscription takes a
 * worker to apply changes, and more while it copies tables at first.
 */
const replication: Parameters = {
  wal_level: 'logical',
  max_replication_slots: '20',
  max_wal_senders: '20',
  max_worker_processes: '32',
  max_logical_replication_workers: '16',
  max_sync_workers_per_subscription: '4',
  wal_sender_timeout: '30000',
};

/** Prepared statements of a client that the pool keeps track of. */
const preparedStatements = 200;

/**
 * The pool in front of the server: whoever waits longer for a connection is refused. Azure bounds it for each user, so its
 * connections are shared out evenly among the services.
 */
function pool({ pooling }: ParametersInput['spec'], connections: number, users: number): Parameters {
  const open = Math.floor((connections * pooling.maxConnectionsPercent) / 100);
  return {
    'pgbouncer.enabled': 'true',
    'pgbouncer.pool_mode': 'transaction',
    'pgbouncer.default_pool_size': String(Math.max(1, Math.floor(open / Math.max(1, users)))),
    'pgbouncer.query_wait_timeout': String(pooling.borrowTimeoutSeconds),
    'pgbouncer.max_prepared_statements': String(preparedStatements),
    'pgbouncer.ignore_startup_parameters': 'extra_float_digits',
    'metrics.pgbouncer_diagnostics': 'on',
  };
}

/** Statements and waits by time spent, which the workspace keeps for as long as other logs. */
const insights = {
  standard: { 'pg_qs.query_capture_mode': 'none', 'pgms_wait_sampling.query_capture_mode': 'none' },
  advanced: { 'pg_qs.query_capture_mode': 'top', 'pgms_wait_sampling.query_capture_mode': 'all' },
} as const satisfies Record<Postgres['insights'], Parameters>;

/** What a server is told, in the order in which it is told: libraries before what they know. */
export const serverParameters = ({ connections, spec, users }: ParametersInput): Parameters => ({
  'azure.extensions': [...new Set([auditExtension, ...spec.extensions])].join(','),
  ...always,
  ...replication,
  max_connections: String(connections),
  idle_in_transaction_session_timeout: String(spec.statementTimeoutSeconds * 1000),
  ...insights[spec.insights],
  ...pool(spec, connections, users),
});
