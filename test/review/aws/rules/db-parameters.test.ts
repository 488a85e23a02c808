import { DB_PARAMETERS } from '../../../../lib/review/aws/data/db-parameters';
import { dbParameters } from '../../../../lib/review/aws/rules/db-parameters';
import { change, judges, messagesOf } from '../fixtures';

const VALID = {
  AuroraCluster: {
    Type: 'AWS::RDS::DBClusterParameterGroup',
    Properties: {
      Family: 'aurora-postgresql17',
      Parameters: {
        'rds.logical_replication': '1',
        'rds.force_ssl': '1',
        shared_preload_libraries: 'pg_stat_statements,pgaudit, auto_explain',
        'pgaudit.log': 'ddl,role,-misc',
        'pgaudit.role': 'rds_pgaudit',
        'auto_explain.log_min_duration': '250',
        'auto_explain.sample_rate': '0.05',
        max_replication_slots: '20',
        max_slot_wal_keep_size: '102400',
        wal_sender_timeout: 30_000,
        log_statement: 'ddl',
        max_connections: 'LEAST({DBInstanceClassMemory/9531392},5000)',
        'rds.allowed_extensions': 'pgcrypto,pg_stat_statements',
        timezone: { Ref: 'Zone' },
      },
    },
  },
  AuroraInstance: {
    Type: 'AWS::RDS::DBParameterGroup',
    Properties: {
      Family: 'aurora-postgresql16',
      Parameters: {
        log_min_duration_statement: '500',
        statement_timeout: '0',
        track_io_timing: '1',
        work_mem: '65536',
      },
    },
  },
  Rds: {
    Type: 'AWS::RDS::DBParameterGroup',
    Properties: {
      Family: 'postgres17',
      Parameters: {
        hot_standby_feedback: '1',
        sync_replication_slots: '1',
        synchronized_standby_slots: 'rds_eu_west_1_db_x',
        max_slot_wal_keep_size: '51200',
        log_connections: '1',
        idle_in_transaction_session_timeout: '60000',
      },
    },
  },
  MultiAzCluster: {
    Type: 'AWS::RDS::DBClusterParameterGroup',
    Properties: {
      Family: 'postgres18',
      Parameters: { 'rds.force_ssl': '1', log_connections: 'authentication,authorization' },
    },
  },
};

describe('db-parameters', () => {
  judges(dbParameters, VALID, [
    [
      'a name is unknown',
      'AuroraCluster/Properties/Parameters/rds.logical_replicaton',
      '1',
      /AuroraCluster: Parameters\.rds\.logical_replicaton is unknown to aurora-postgresql17 \(aurora-cluster\): did you mean rds\.logical_replication or .* Known are .*track_io_timing/,
    ],
    [
      'a name is for clusters only',
      'AuroraInstance/Properties/Parameters/rds.force_ssl',
      '1',
      'Parameters.rds.force_ssl is not for aurora-postgresql16 (aurora-instance)',
    ],
    [
      'a name is for RDS only',
      'AuroraCluster/Properties/Parameters/log_checkpoints',
      '1',
      'Parameters.log_checkpoints is not for aurora-postgresql17 (aurora-cluster)',
    ],
    [
      'a switch is a word',
      'Rds/Properties/Parameters/log_connections',
      'on',
      'Parameters.log_connections must be 0 or 1, got "on"',
    ],
    [
      'a number is below its range',
      'AuroraCluster/Properties/Parameters/max_replication_slots',
      '2',
      'must be an integer from 5 to 262143, got "2"',
    ],
    [
      'a number is above its range',
      'AuroraCluster/Properties/Parameters/wal_sender_timeout',
      4_000_000,
      'must be an integer from 0 to 3600000, got 4000000',
    ],
    [
      'a number has a unit',
      'Rds/Properties/Parameters/max_slot_wal_keep_size',
      '50GB',
      'must be an integer from -1 to 2147483647, got "50GB"',
    ],
    [
      'an integer has a fraction',
      'AuroraCluster/Properties/Parameters/auto_explain.log_min_duration',
      '2.5',
      'must be an integer from -1',
    ],
    [
      'a fraction is above one',
      'AuroraCluster/Properties/Parameters/auto_explain.sample_rate',
      '5',
      'must be a number from 0 to 1',
    ],
    [
      'a word is not among the allowed',
      'AuroraCluster/Properties/Parameters/log_statement',
      'dll',
      'must be one of none, ddl, mod, all, got "dll"',
    ],
    [
      'the audit role is another',
      'AuroraCluster/Properties/Parameters/pgaudit.role',
      'auditor',
      'must be one of rds_pgaudit',
    ],
    [
      'a word of a list is not among the allowed',
      'AuroraCluster/Properties/Parameters/pgaudit.log',
      'ddl,rol',
      'must be a comma-separated list of ddl, function',
    ],
    [
      'a library is RDS’s only',
      'AuroraCluster/Properties/Parameters/shared_preload_libraries',
      'pg_stat_statements,pgaudit,auto_explain,pg_transport',
      'Parameters.shared_preload_libraries must be a comma-separated list of auto_explain',
    ],
    [
      'a parameter cannot be set',
      'Rds/Properties/Parameters/rds.extensions',
      'pgcrypto',
      'Parameters.rds.extensions cannot be set: set rds.allowed_extensions',
    ],
    [
      'a parameter cannot be set on Aurora',
      'AuroraCluster/Properties/Parameters/hot_standby_feedback',
      '1',
      'cannot be set: leave it out: Aurora keeps it on',
    ],
    [
      'a family is unknown',
      'AuroraInstance/Properties/Family',
      'aurora-postgresql9',
      'Family must be one of aurora-postgresql16, postgres16, aurora-postgresql17',
    ],
    ['a family is another engine’s', 'AuroraInstance/Properties/Family', 'mysql8.4', 'got "mysql8.4"'],
    ['a text is empty', 'AuroraCluster/Properties/Parameters/rds.allowed_extensions', ' ', 'must be a non-empty text'],
  ]);

  test('fails when names are for a later version', async () => {
    const messages = await messagesOf(dbParameters, change(VALID, 'Rds/Properties/Family', 'postgres16'));
    expect(messages.map((message) => message.split(': ')[1])).toEqual([
      'Parameters.sync_replication_slots is not for postgres16 (rds)',
      'Parameters.synchronized_standby_slots is not for postgres16 (rds)',
    ]);
  });

  test('fails when the library of a parameter is left out of the libraries', async () => {
    const path = 'AuroraCluster/Properties/Parameters/shared_preload_libraries';
    expect(await messagesOf(dbParameters, change(VALID, path, 'pg_stat_statements,auto_explain'))).toEqual([
      "AuroraCluster: Parameters.pgaudit.log needs pgaudit in shared_preload_libraries, got 'pg_stat_statements,auto_explain': add it",
      "AuroraCluster: Parameters.pgaudit.role needs pgaudit in shared_preload_libraries, got 'pg_stat_statements,auto_explain': add it",
    ]);
  });

  test('takes the libraries of a group that does not list them to be loaded by another', async () => {
    const parameters = { Family: 'aurora-postgresql17', Parameters: { 'pgaudit.log': 'all' } };
    const group = { Type: 'AWS::RDS::DBParameterGroup', Properties: parameters };
    expect(await messagesOf(dbParameters, { Group: group })).toEqual([]);
  });
});

describe('the table of parameters', () => {
  const places = DB_PARAMETERS.flatMap(({ name, scopes, since = 16, until = 18 }) =>
    scopes.flatMap((scope) =>
      [16, 17, 18]
        .filter((version) => version >= since && version <= until)
        .map((version) => `${name} ${scope} ${version}`),
    ),
  );

  test('has one entry a parameter, scope and version', () => {
    expect(places.filter((place, index) => places.indexOf(place) < index)).toEqual([]);
  });

  test('bounds the WAL that slots keep, and lets slots survive a failover where the engine can', () => {
    expect(places).toContain('max_slot_wal_keep_size rds 17');
    expect(places).toContain('sync_replication_slots rds 17');
    expect(places).not.toContain('sync_replication_slots rds 16');
    expect(places).not.toContain('sync_replication_slots aurora-cluster 17');
    expect(places).not.toContain('rds.logical_replication aurora-instance 17');
  });
});
