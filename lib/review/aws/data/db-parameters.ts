import type { ParameterValues } from '../parameter-values';

/**
 * Where a parameter can be set: in a cluster's group of Aurora PostgreSQL, in an instance's group of Aurora PostgreSQL,
 * or in a group of RDS for PostgreSQL, for instances and Multi-AZ clusters alike.
 */
export type ParameterScope = 'aurora-cluster' | 'aurora-instance' | 'rds';

/** A database parameter that RDS knows, as it is within some scopes and versions. */
export interface DbParameter {
  readonly name: string;
  readonly scopes: readonly ParameterScope[];
  readonly values: ParameterValues;
  /** First PostgreSQL major version that has it. @default - every version of the table */
  readonly since?: number;
  /** Last PostgreSQL major version that has it so. @default - every version of the table */
  readonly until?: number;
}

/** The PostgreSQL major versions that the table is good for. */
export const POSTGRES_VERSIONS = [16, 17, 18];

const EVERYWHERE: readonly ParameterScope[] = ['aurora-cluster', 'aurora-instance', 'rds'];
/** Not in the groups of Aurora's instances, which hold only what may differ from one instance to the next. */
const SERVER_WIDE: readonly ParameterScope[] = ['aurora-cluster', 'rds'];
const AURORA_CLUSTER: readonly ParameterScope[] = ['aurora-cluster'];
const AURORA: readonly ParameterScope[] = ['aurora-cluster', 'aurora-instance'];
const RDS: readonly ParameterScope[] = ['rds'];

const INT32 = 2_147_483_647;
/** Most processes that PostgreSQL can be configured for. */
const MAX_BACKENDS = 262_143;

const SWITCH: ParameterValues = { kind: 'switch' };
const TEXT: ParameterValues = { kind: 'text' };
const integer = (min: number, max = INT32): ParameterValues => ({ kind: 'integer', min, max });
const number = (min: number, max: number): ParameterValues => ({ kind: 'number', min, max });
const oneOf = (...words: readonly string[]): ParameterValues => ({ kind: 'one-of', words });
const listOf = (...words: readonly string[]): ParameterValues => ({ kind: 'list-of', words });
const fixed = (instead: string): ParameterValues => ({ kind: 'fixed', instead });

const LEVELS = ['debug5', 'debug4', 'debug3', 'debug2', 'debug1', 'info', 'notice', 'warning', 'error', 'log'];
const AUDIT = ['ddl', 'function', 'misc', 'read', 'role', 'write'];
const TLS = ['TLSv1.2', 'TLSv1.3'];

const AURORA_LIBRARIES = [
  'auto_explain',
  'orafce',
  'pg_cron',
  'pg_hint_plan',
  'pg_prewarm',
  'pg_similarity',
  'pg_stat_statements',
  'pg_tle',
  'pgaudit',
  'pglogical',
  'plprofiler',
];
const RDS_LIBRARIES = [...AURORA_LIBRARIES, 'pg_bigm', 'pg_transport', 'pgactive', 'plrust'].sort();

type Row = readonly [
  name: string,
  scopes: readonly ParameterScope[],
  values: ParameterValues,
  versions?: { readonly since?: number; readonly until?: number },
];

const REPLICATION: readonly Row[] = [
  ['rds.logical_replication', SERVER_WIDE, SWITCH],
  ['rds.logical_slot_sync_dbname', RDS, TEXT, { since: 17 }],
  ['rds.logical_wal_cache', AURORA_CLUSTER, integer(-1, MAX_BACKENDS)],
  ['rds.logically_replicate_unlogged_tables', AURORA_CLUSTER, SWITCH],
  ['rds.global_db_rpo', AURORA_CLUSTER, integer(20)],
  ['wal_level', EVERYWHERE, fixed('set rds.logical_replication, which raises it to logical')],
  ['hot_standby_feedback', RDS, SWITCH],
  ['hot_standby_feedback', AURORA, fixed('leave it out: Aurora keeps it on')],
  ['max_standby_streaming_delay', RDS, integer(-1)],
  ['max_standby_streaming_delay', AURORA, integer(1000, 30_000)],
  ['max_replication_slots', SERVER_WIDE, integer(5, MAX_BACKENDS)],
  ['max_wal_senders', SERVER_WIDE, integer(5, MAX_BACKENDS)],
  ['max_slot_wal_keep_size', EVERYWHERE, integer(-1)],
  ['max_logical_replication_workers', SERVER_WIDE, integer(0, MAX_BACKENDS)],
  ['max_sync_workers_per_subscription', SERVER_WIDE, integer(0, MAX_BACKENDS)],
  ['logical_decoding_work_mem', EVERYWHERE, integer(64)],
  ['sync_replication_slots', RDS, SWITCH, { since: 17 }],
  ['synchronized_standby_slots', RDS, TEXT, { since: 17 }],
  ['idle_replication_slot_timeout', RDS, integer(0), { since: 18 }],
  ['wal_sender_timeout', SERVER_WIDE, integer(0, 3_600_000)],
  ['wal_receiver_timeout', SERVER_WIDE, integer(0, 3_600_000)],
  ['wal_keep_size', RDS, integer(0)],
  ['max_wal_size', RDS, integer(2)],
  ['min_wal_size', RDS, integer(2)],
  ['checkpoint_timeout', RDS, integer(30, 3600)],
  ['checkpoint_completion_target', RDS, number(0, 1)],
  ['synchronous_commit', RDS, oneOf('on', 'off', 'local', 'remote_write', 'remote_apply')],
  ['synchronous_commit', AURORA_CLUSTER, oneOf('on', 'off', 'local')],
  ['track_commit_timestamp', SERVER_WIDE, SWITCH],
];

const SECURITY: readonly Row[] = [
  ['rds.force_ssl', SERVER_WIDE, SWITCH],
  ['rds.accepted_password_auth_method', SERVER_WIDE, oneOf('md5+scram', 'scram')],
  ['rds.restrict_password_commands', SERVER_WIDE, SWITCH],
  ['rds.allowed_extensions', SERVER_WIDE, TEXT],
  ['rds.extensions', EVERYWHERE, fixed('set rds.allowed_extensions, which narrows it')],
  ['password_encryption', SERVER_WIDE, oneOf('md5', 'scram-sha-256')],
  ['ssl_min_protocol_version', SERVER_WIDE, oneOf('TLSv1', 'TLSv1.1', ...TLS)],
  ['ssl_max_protocol_version', SERVER_WIDE, oneOf('TLSv1', 'TLSv1.1', ...TLS)],
  ['row_security', EVERYWHERE, SWITCH],
  ['pgaudit.log', EVERYWHERE, listOf(...AUDIT, 'none', 'all', ...AUDIT.map((name) => `-${name}`))],
  ['pgaudit.role', EVERYWHERE, oneOf('rds_pgaudit')],
  ['pgaudit.log_catalog', EVERYWHERE, SWITCH],
  ['pgaudit.log_level', EVERYWHERE, oneOf(...LEVELS.filter((level) => level !== 'error'))],
  ['pgaudit.log_parameter', EVERYWHERE, SWITCH],
  ['pgaudit.log_relation', EVERYWHERE, SWITCH],
  ['pgaudit.log_statement_once', EVERYWHERE, SWITCH],
];

const LOGGING: readonly Row[] = [
  ['log_connections', EVERYWHERE, SWITCH, { until: 17 }],
  [
    'log_connections',
    EVERYWHERE,
    listOf('0', '1', 'receipt', 'authentication', 'authorization', 'setup_durations', 'all'),
    { since: 18 },
  ],
  ['log_disconnections', EVERYWHERE, SWITCH],
  ['log_statement', EVERYWHERE, oneOf('none', 'ddl', 'mod', 'all')],
  ['log_min_duration_statement', EVERYWHERE, integer(-1)],
  ['log_min_duration_sample', EVERYWHERE, integer(-1)],
  ['log_statement_sample_rate', EVERYWHERE, number(0, 1)],
  ['log_transaction_sample_rate', SERVER_WIDE, number(0, 1)],
  ['log_duration', EVERYWHERE, SWITCH],
  ['log_lock_waits', EVERYWHERE, SWITCH],
  ['log_temp_files', EVERYWHERE, integer(-1)],
  ['log_hostname', EVERYWHERE, SWITCH],
  ['log_replication_commands', EVERYWHERE, SWITCH],
  ['log_checkpoints', RDS, SWITCH],
  ['log_autovacuum_min_duration', SERVER_WIDE, integer(-1)],
  ['log_error_verbosity', EVERYWHERE, oneOf('terse', 'default', 'verbose')],
  ['log_min_messages', EVERYWHERE, oneOf(...LEVELS, 'fatal')],
  ['log_min_error_statement', EVERYWHERE, oneOf(...LEVELS, 'fatal', 'panic')],
  ['log_parameter_max_length', EVERYWHERE, integer(-1, 1_073_741_823)],
  ['log_parameter_max_length_on_error', EVERYWHERE, integer(-1, 1_073_741_823)],
  ['log_rotation_age', RDS, integer(1, 1440)],
  ['log_rotation_age', AURORA, integer(10, 1440)],
  ['log_rotation_size', EVERYWHERE, integer(50_000, 1_000_000)],
  ['log_destination', EVERYWHERE, oneOf('stderr', 'csvlog')],
  ['rds.log_retention_period', EVERYWHERE, integer(1440, 10_080)],
  ['rds.force_admin_logging_level', EVERYWHERE, oneOf('disabled', ...LEVELS, 'fatal', 'panic')],
  ['rds.force_autovacuum_logging_level', SERVER_WIDE, oneOf('disabled', ...LEVELS, 'fatal', 'panic')],
  ['auto_explain.log_min_duration', EVERYWHERE, integer(-1)],
  ['auto_explain.log_analyze', EVERYWHERE, SWITCH],
  ['auto_explain.log_buffers', EVERYWHERE, SWITCH],
  ['auto_explain.log_format', EVERYWHERE, oneOf('text', 'xml', 'json', 'yaml')],
  ['auto_explain.log_nested_statements', EVERYWHERE, SWITCH],
  ['auto_explain.log_timing', EVERYWHERE, SWITCH],
  ['auto_explain.log_triggers', EVERYWHERE, SWITCH],
  ['auto_explain.log_verbose', EVERYWHERE, SWITCH],
  ['auto_explain.sample_rate', EVERYWHERE, number(0, 1)],
];

const STATISTICS: readonly Row[] = [
  ['pg_stat_statements.max', EVERYWHERE, integer(100)],
  ['pg_stat_statements.save', EVERYWHERE, SWITCH],
  ['pg_stat_statements.track', EVERYWHERE, oneOf('none', 'top', 'all')],
  ['pg_stat_statements.track_planning', EVERYWHERE, SWITCH],
  ['pg_stat_statements.track_utility', EVERYWHERE, SWITCH],
  ['track_activities', EVERYWHERE, SWITCH],
  ['track_activity_query_size', EVERYWHERE, integer(100, 1_048_576)],
  ['track_counts', EVERYWHERE, SWITCH],
  ['track_functions', EVERYWHERE, oneOf('none', 'pl', 'all')],
  ['track_io_timing', EVERYWHERE, SWITCH],
  ['track_wal_io_timing', SERVER_WIDE, SWITCH],
];

const LIMITS: readonly Row[] = [
  ['max_connections', EVERYWHERE, integer(6, MAX_BACKENDS)],
  ['max_worker_processes', EVERYWHERE, integer(0, MAX_BACKENDS)],
  ['max_parallel_workers', EVERYWHERE, integer(0, 1024)],
  ['max_parallel_workers_per_gather', EVERYWHERE, integer(0, 1024)],
  ['max_parallel_maintenance_workers', EVERYWHERE, integer(0, 1024)],
  ['max_locks_per_transaction', EVERYWHERE, integer(10)],
  ['max_prepared_transactions', SERVER_WIDE, integer(0, MAX_BACKENDS)],
  ['idle_in_transaction_session_timeout', EVERYWHERE, integer(0)],
  ['idle_session_timeout', EVERYWHERE, integer(0)],
  ['statement_timeout', EVERYWHERE, integer(0)],
  ['lock_timeout', RDS, integer(0)],
  ['transaction_timeout', RDS, integer(0), { since: 17 }],
  ['deadlock_timeout', EVERYWHERE, integer(1)],
  ['client_connection_check_interval', EVERYWHERE, integer(0)],
  ['tcp_keepalives_count', EVERYWHERE, integer(0)],
  ['tcp_keepalives_idle', EVERYWHERE, integer(0)],
  ['tcp_keepalives_interval', EVERYWHERE, integer(0)],
  ['shared_buffers', EVERYWHERE, integer(128, 1_073_741_823)],
  ['effective_cache_size', EVERYWHERE, integer(1)],
  ['work_mem', EVERYWHERE, integer(64)],
  ['maintenance_work_mem', EVERYWHERE, integer(1024)],
  ['hash_mem_multiplier', EVERYWHERE, number(1, 1000)],
  ['temp_buffers', EVERYWHERE, integer(100, 1_073_741_823)],
  ['temp_file_limit', EVERYWHERE, integer(-1)],
  ['random_page_cost', EVERYWHERE, number(0, 1.797_69e308)],
  ['seq_page_cost', EVERYWHERE, number(0, 1.797_69e308)],
  ['default_statistics_target', EVERYWHERE, integer(1, 10_000)],
  ['plan_cache_mode', SERVER_WIDE, oneOf('auto', 'force_generic_plan', 'force_custom_plan')],
  ['autovacuum', SERVER_WIDE, SWITCH],
  ['autovacuum_analyze_scale_factor', SERVER_WIDE, number(0, 100)],
  ['autovacuum_analyze_threshold', SERVER_WIDE, integer(0)],
  ['autovacuum_freeze_max_age', SERVER_WIDE, integer(100_000_000, 750_000_000)],
  ['autovacuum_max_workers', SERVER_WIDE, integer(1, MAX_BACKENDS)],
  ['autovacuum_naptime', SERVER_WIDE, integer(1, 2_147_483)],
  ['autovacuum_vacuum_cost_delay', SERVER_WIDE, number(-1, 100)],
  ['autovacuum_vacuum_cost_limit', SERVER_WIDE, integer(-1, 10_000)],
  ['autovacuum_vacuum_insert_scale_factor', SERVER_WIDE, number(0, 100)],
  ['autovacuum_vacuum_insert_threshold', SERVER_WIDE, integer(-1)],
  ['autovacuum_vacuum_scale_factor', SERVER_WIDE, number(0, 100)],
  ['autovacuum_vacuum_threshold', SERVER_WIDE, integer(0)],
  ['autovacuum_work_mem', SERVER_WIDE, integer(-1)],
  ['rds.adaptive_autovacuum', SERVER_WIDE, SWITCH],
];

const EXTENSIONS: readonly Row[] = [
  ['shared_preload_libraries', AURORA, listOf(...AURORA_LIBRARIES)],
  ['shared_preload_libraries', RDS, listOf(...RDS_LIBRARIES)],
  ['apg_ccm_enabled', AURORA_CLUSTER, SWITCH],
  ['rds.enable_plan_management', AURORA_CLUSTER, SWITCH],
  ['cron.database_name', EVERYWHERE, TEXT],
  ['cron.log_run', EVERYWHERE, oneOf('on', 'off')],
  ['cron.log_statement', EVERYWHERE, oneOf('on', 'off')],
  ['cron.max_running_jobs', EVERYWHERE, integer(0, 1000)],
  ['cron.use_background_workers', EVERYWHERE, oneOf('on', 'off')],
  ['search_path', EVERYWHERE, TEXT],
  ['session_replication_role', EVERYWHERE, oneOf('origin', 'replica', 'local')],
  ['timezone', SERVER_WIDE, TEXT],
];

/**
 * The parameters that a platform sets; a name outside the table is a finding, so that adding one is a decision made
 * here.
 *
 * Sources, read in November 2026: Aurora user guide, "Amazon Aurora PostgreSQL parameters" (which parameters a
 * cluster's and an instance's group have); RDS user guide, "Working with parameters on your RDS for PostgreSQL DB
 * instance" and "Managing logical slot synchronization for RDS for PostgreSQL"; the service's own description of
 * Aurora's default groups (types and ranges); PostgreSQL's documentation (limits, and since which version).
 */
export const DB_PARAMETERS: readonly DbParameter[] = [
  ...REPLICATION,
  ...SECURITY,
  ...LOGGING,
  ...STATISTICS,
  ...LIMITS,
  ...EXTENSIONS,
].map(([name, scopes, values, versions = {}]) => ({ name, scopes, values, ...versions }));
