import * as rds from 'aws-cdk-lib/aws-rds';
import { databaseIdentifier, databaseSettings, engineVersions, zoneOf } from '../../lib/aws/database-settings';
import { instanceClass, type Topology } from '../../lib/aws/database-sizes';
import { databaseLogs } from '../../lib/aws/database-logs';
import { databaseParameters } from '../../lib/aws/database-parameters';
import { postgres } from '../../lib/platform/nouns/database';
import { accepts, type ParameterValues } from '../../lib/review/aws/parameter-values';
import { DB_PARAMETERS, type ParameterScope } from '../../lib/review/aws/data/db-parameters';

const spec = (input: object = {}) =>
  postgres.parse({ engine: 'postgres', capacity: { vcpu: 4, memoryGiB: 32 }, ...input });
const topologies = ['aurora', 'multi-az-cluster', 'multi-az-instance'] as const;

describe('instanceClass', () => {
  test.each<[Topology, number, number, string]>([
    ['aurora', 2, 4, 't4g.medium'],
    ['aurora', 2, 8, 't4g.large'],
    ['aurora', 2, 16, 'r7g.large'],
    ['aurora', 4, 32, 'r7g.xlarge'],
    ['aurora', 64, 512, 'r7g.16xlarge'],
    ['aurora', 192, 1536, 'r8g.48xlarge'],
    ['multi-az-cluster', 2, 8, 'm6gd.large'],
    ['multi-az-cluster', 4, 32, 'r6gd.xlarge'],
    ['multi-az-instance', 2, 4, 't4g.medium'],
    ['multi-az-instance', 2, 8, 'm7g.large'],
    ['multi-az-instance', 16, 128, 'r7g.4xlarge'],
  ])('of %s with %s vcpu and %s GiB is %s', (topology, vcpu, memoryGiB, expected) => {
    expect(instanceClass('store', topology, { vcpu, memoryGiB })).toBe(expected);
  });

  test('fails when the topology has no such size, and lists those that it has', () => {
    expect(() => instanceClass('store', 'multi-az-cluster', { vcpu: 2, memoryGiB: 4 })).toThrow(
      /databases\.store\.capacity must be a size that topology multi-az-cluster has, which are \(in GiB\): 2 vcpu with 8, 4 vcpu with 16,.*got {"vcpu":2,"memoryGiB":4}: choose one of these sizes/,
    );
  });
});

describe('databaseSettings', () => {
  test('of Aurora have neither a disk nor a bound for slots', () => {
    expect(databaseSettings('store', spec(), true)).toEqual({
      instanceClass: 'r7g.xlarge',
      connections: 3200,
      pool: 2880,
      insights: { mode: rds.DatabaseInsightsMode.ADVANCED, retention: rds.PerformanceInsightRetention.MONTHS_15 },
      standby: false,
    });
  });

  test.each([
    ['multi-az-instance', 100, { GiB: 100, maxGiB: 1000 }, 20_480],
    ['multi-az-instance', 16_384, { GiB: 16_384, maxGiB: 65_536 }, 3_355_443],
    ['multi-az-cluster', 100, { GiB: 100, iops: 3000 }, 20_480],
    ['multi-az-cluster', 2000, { GiB: 2000, iops: 6000 }, 409_600],
  ] as const)('of %s with %s GiB have the disk %j', (topology, storageGiB, storage, slotMiB) => {
    expect(databaseSettings('store', spec({ topology, storageGiB }), true)).toMatchObject({ storage, slotMiB });
    expect(Object.keys(databaseSettings('store', spec({ topology, storageGiB }), true).storage ?? {})).toEqual(
      Object.keys(storage),
    );
  });

  test('fails when the disk is smaller than the topology has', () => {
    expect(() => databaseSettings('store', spec({ topology: 'multi-az-cluster', storageGiB: 50 }), true)).toThrow(
      'databases.store.storageGiB must be at least 100 with topology multi-az-cluster on aws, got 50: raise it, or choose another topology',
    );
  });

  test.each([
    ['multi-az-instance', true, true],
    ['multi-az-instance', false, false],
    ['multi-az-cluster', true, false],
    ['aurora', true, false],
  ] as const)('of %s, protected %s, have a standby of their own: %s', (topology, isProtected, standby) => {
    expect(databaseSettings('store', spec({ topology }), isProtected).standby).toBe(standby);
  });

  test('keep a week of history where insights are standard', () => {
    expect(databaseSettings('store', spec({ insights: 'standard' }), true).insights).toEqual({
      mode: rds.DatabaseInsightsMode.STANDARD,
      retention: rds.PerformanceInsightRetention.DEFAULT,
    });
  });
});

describe('databaseIdentifier', () => {
  test('is the name with platform and stage', () => {
    expect(databaseIdentifier('retailflow-production', 'store')).toBe('retailflow-production-store');
  });

  test('fails when RDS takes none of that length', () => {
    expect(() => databaseIdentifier('p'.repeat(40), 'a'.repeat(12))).toThrow(
      /databases\.aaaaaaaaaaaa must be at most 52 characters as a name of RDS, with platform and stage, and this is 53/,
    );
  });
});

describe('zoneOf', () => {
  test('takes the zones in turn', () => {
    expect([0, 1, 2, 3].map((index) => zoneOf(['a', 'b', 'c'], index))).toEqual(['a', 'b', 'c', 'a']);
  });

  test('fails when there are none', () => {
    expect(() => zoneOf([], 0)).toThrow('a database needs the zones of its site, got none');
  });
});

describe('databaseLogs', () => {
  test.each([
    ['aurora', 2, ['/aws/rds/proxy/db', '/aws/rds/cluster/db/postgresql', '/aws/rds/cluster/db/iam-db-auth-error']],
    [
      'multi-az-cluster',
      2,
      [
        '/aws/rds/proxy/db',
        '/aws/rds/cluster/db/postgresql',
        '/aws/rds/cluster/db/upgrade',
        '/aws/rds/cluster/db/iam-db-auth-error',
      ],
    ],
    [
      'multi-az-instance',
      1,
      [
        '/aws/rds/proxy/db',
        '/aws/rds/instance/db/postgresql',
        '/aws/rds/instance/db/upgrade',
        '/aws/rds/instance/db/iam-db-auth-error',
        '/aws/rds/instance/db-replica-1/postgresql',
        '/aws/rds/instance/db-replica-1/upgrade',
        '/aws/rds/instance/db-replica-1/iam-db-auth-error',
      ],
    ],
  ] as const)('of %s with %s readers', (topology, readReplicas, names) => {
    expect(Object.values(databaseLogs('db', { topology, readReplicas }))).toEqual(names);
  });
});

describe('databaseParameters', () => {
  const parameters = (topology: Topology, replicated: boolean) =>
    databaseParameters(spec({ topology }), databaseSettings('store', spec({ topology }), true), replicated);

  test.each(topologies)('of %s force TLS, audit, log and bound connections', (topology) => {
    expect(parameters(topology, false)).toMatchObject({
      'rds.force_ssl': '1',
      ssl_min_protocol_version: 'TLSv1.2',
      'rds.accepted_password_auth_method': 'scram',
      shared_preload_libraries: 'pg_stat_statements,pgaudit',
      'pgaudit.role': 'rds_pgaudit',
      'pgaudit.log': 'ddl,role',
      log_parameter_max_length: '0',
      max_connections: '3200',
      idle_in_transaction_session_timeout: '30000',
    });
  });

  test.each(topologies)('of %s do not replicate without a recovery site', (topology) => {
    expect(Object.keys(parameters(topology, false)).filter((name) => /replication|wal/.test(name))).toEqual([]);
  });

  test.each([
    ['aurora', undefined],
    ['multi-az-cluster', '20480'],
    ['multi-az-instance', '20480'],
  ] as const)('of %s replicate, with slots bounded to %s MiB', (topology, bound) => {
    const replicated = parameters(topology, true);
    expect(replicated).toMatchObject({
      'rds.logical_replication': '1',
      max_replication_slots: '10',
      wal_sender_timeout: '30000',
    });
    expect(replicated['max_slot_wal_keep_size']).toBe(bound);
  });

  test.each(topologies)('of %s are known to RDS, in their ranges', (topology) => {
    const scope: ParameterScope = topology === 'aurora' ? 'aurora-cluster' : 'rds';
    const major = 17;
    for (const [name, value] of Object.entries(parameters(topology, true))) {
      const known = DB_PARAMETERS.filter(
        (parameter) =>
          parameter.name === name &&
          parameter.scopes.includes(scope) &&
          (parameter.since ?? major) <= major &&
          (parameter.until ?? major) >= major,
      );
      expect([name, known.length]).toEqual([name, 1]);
      expect([name, accepts(known[0]?.values as Exclude<ParameterValues, { kind: 'fixed' }>, value)]).toEqual([
        name,
        true,
      ]);
    }
  });
});

test('engine versions are of their majors', () => {
  for (const [major, versions] of Object.entries(engineVersions)) {
    expect(versions.aurora.auroraPostgresMajorVersion).toBe(major);
    expect(versions.rds.postgresMajorVersion).toBe(major);
  }
});
