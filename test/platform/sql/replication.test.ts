import allocations from '../../../allocations/retailflow.json';
import { resolve } from '../../../lib/platform/resolve';
import { databaseSql } from '../../../lib/platform/sql/database';
import { leaseSeconds, silentSeconds } from '../../../lib/platform/sql/keeper';
import { beatSeconds } from '../../../lib/platform/sql/heartbeat';
import { passwordSetting, recoverySlot } from '../../../lib/platform/sql/publisher';
import { followingSql, leadingSql, replicationSql } from '../../../lib/platform/sql/replication';
import { migrationStatements } from '../../../lib/platform/sql/runner';
import { sequenceMargin } from '../../../lib/platform/sql/sequences';
import type { SqlStep } from '../../../lib/platform/sql/step';
import { connectionOf, type Publisher } from '../../../lib/platform/sql/subscription';
import retailflow from '../../../platforms/retailflow';

const production = resolve(retailflow, { stage: 'production', allocations });
const development = resolve(retailflow, { stage: 'development', allocations });
const publisher: Publisher = { host: 'store.example.com', port: 5432, proof: 'channel-binding' };
const textOf = (steps: readonly SqlStep[]): string => steps.map(({ sql }) => sql).join('\n');
const { slot, user } = leadingSql(production, 'store', 'aws');
const following = followingSql(production, 'store', publisher);

/** Every text of SQL that recovery ships. */
const all: readonly (readonly [string, readonly SqlStep[]])[] = [
  ['replicationSql on aws', replicationSql(production, 'store', 'aws')],
  ['replicationSql on azure', replicationSql(production, 'store', 'azure')],
  ['the user of the other site', user],
  ['the slot', slot],
  ['the subscription', following],
];

describe.each(all)('%s', (_, steps) => {
  test('has parts and versions of its own, in the order of versions', () => {
    const names = steps.map(({ part, version }) => `${part} ${version}`);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !/^replication [a-z ]+ \d{4}$/.test(name))).toEqual([]);
  });

  test('splits into statements that hold each step whole', () => {
    const statements = migrationStatements(steps);
    expect(steps.filter(({ sql }) => !statements.some((statement) => statement.includes(sql)))).toEqual([]);
  });

  test('lets nobody keep the role of replication, which may log in nowhere', () => {
    const text = textOf(steps);
    const taken = text.match(/GRANT mainstay_replication TO CURRENT_USER/g)?.length ?? 0;
    expect(text.match(/REVOKE mainstay_replication FROM CURRENT_USER/g)?.length ?? 0).toBe(taken);
    expect(text).not.toMatch(
      /mainstay_replication[^;]*PASSWORD|GRANT (rds_iam|azure_ad_user) TO "?mainstay_replication/,
    );
  });

  test('gives functions to nobody but who is named: PUBLIC has none', () => {
    const text = textOf(steps);
    const made = [
      ...text.matchAll(/CREATE OR REPLACE (?:FUNCTION|PROCEDURE) (mainstay\.\w+)\(([^)]*)\)[^$]*?LANGUAGE/g),
    ];
    const callable = made.filter(([whole]) => !/RETURNS trigger/.test(whole)).map(([, name = '']) => name);
    const open = callable.filter((name) => !new RegExp(`REVOKE ALL ON (FUNCTION|PROCEDURE) ${name}\\(`).test(text));
    expect(open).toEqual([]);
  });

  test('fixes the search path of every function that acts as somebody else', () => {
    const definers = textOf(steps).match(/SECURITY DEFINER[^\n]*/g) ?? [];
    expect(definers.filter((line) => !line.includes('SET search_path = pg_catalog'))).toEqual([]);
  });
});

test('the role of replication has neither a password nor an identity of a cloud, wherever it is made or named', () => {
  const text = [...databaseSql(production, 'store'), ...all.flatMap(([, steps]) => steps)]
    .map(({ sql }) => sql)
    .join('\n');
  expect(text).toContain('CREATE ROLE "mainstay_replication" LOGIN;');
  const naming = text.split('\n').filter((line) => line.includes('mainstay_replication'));
  expect(naming.filter((line) => /PASSWORD|rds_iam|SECURITY LABEL/.test(line))).toEqual([]);
});

describe('replicationSql', () => {
  const [aws, azure] = (['aws', 'azure'] as const).map((dialect) =>
    textOf(replicationSql(production, 'store', dialect)),
  );

  test('differs between clouds in how the keeper logs in alone', () => {
    const [one = [], other = []] = [aws?.split('\n'), azure?.split('\n')];
    const differing = one.flatMap((line, index) => (line === other[index] ? [] : [line]));
    expect(one).toHaveLength(other.length);
    expect(differing).toEqual(['GRANT rds_iam TO mainstay_keeper;']);
  });

  test('keeps what belongs to one site from being replicated', () => {
    for (const table of ['write_lease', 'promotions']) {
      expect(aws).toContain(`ALTER TABLE mainstay.${table} ENABLE REPLICA TRIGGER keep_local;`);
    }
    for (const table of ['heartbeat', 'sequence_positions']) {
      expect(aws).not.toContain(`ALTER TABLE mainstay.${table} ENABLE REPLICA TRIGGER`);
    }
  });

  test('makes what it says it makes', () => {
    const made = [...(aws ?? '').matchAll(/CREATE OR REPLACE (?:FUNCTION|PROCEDURE) mainstay\.(\w+)/g)];
    expect(made.map(([, name]) => name)).toHaveLength(19);
  });

  test('names runbooks in its hints that are there', () => {
    const named = new Set([...(aws ?? '').matchAll(/Runbook: ([a-z-]+)\./g)].map(([, name]) => name));
    expect([...named].sort()).toEqual(['failback', 'failover']);
  });

  test('lets the keeper call what it needs, and nothing that opens a site', () => {
    const granted = [...(aws ?? '').matchAll(/GRANT EXECUTE ON FUNCTION mainstay\.(\w+)\([^)]*\) TO mainstay_keeper/g)];
    expect(granted.map(([, name]) => name)).toEqual([
      'beat',
      'behind',
      'is_open',
      'may_write',
      'release_write_lease',
      'renew_write_lease',
      'slot_lag',
      'tend_tables',
    ]);
  });
});

describe('leadingSql', () => {
  test('makes a bounded, password-protected user by the means of each cloud', () => {
    expect(textOf(user)).toContain('GRANT rds_replication TO mainstay_standby;');
    expect(textOf(user)).toContain('ALTER ROLE mainstay_standby CONNECTION LIMIT 16;');
    const there = textOf(leadingSql(production, 'store', 'azure').user);
    expect(there).toContain('ALTER ROLE mainstay_standby REPLICATION;');
    expect(there).not.toContain('rds_');
  });

  test('makes a slot that the standbys of the primary take over, from version 17 on, and warns of one without bounds', () => {
    expect(textOf(slot)).toContain(
      `pg_create_logical_replication_slot('${recoverySlot('store')}', 'pgoutput', failover => true)`,
    );
    expect(textOf(slot)).toContain('bounds no slot on this server');
  });
});

describe('followingSql', () => {
  test('closes the site before it subscribes, and makes no slot', () => {
    const text = textOf(following);
    const closed = text.indexOf('UPDATE mainstay.write_lease SET open = false');
    expect(closed).toBeGreaterThan(0);
    expect(text.indexOf('CREATE SUBSCRIPTION')).toBeGreaterThan(closed);
    expect(text).toMatch(/create_slot = false, enabled = false, copy_data = true/);
    expect(text).toMatch(/streaming = parallel, origin = none, failover = true/);
  });

  test('holds no password: the session is told it, and refused without one', () => {
    for (const text of [textOf(user), textOf(following)]) {
      expect(text).toContain(`the session must be told ${passwordSetting}`);
      expect(text.match(/password='?[A-Za-z0-9]/)).toBeNull();
    }
  });

  test.each([
    ['verify-full', ["sslmode='verify-full'", "channel_binding='require'", "sslrootcert='system'"]],
    ['channel-binding', ["sslmode='require'", "channel_binding='require'"]],
    ['loopback', ["sslmode='disable'"]],
  ] as const)('proves the server by %s', (proof, settings) => {
    const connection = connectionOf('store', { ...publisher, proof });
    for (const setting of settings) expect(connection).toContain(setting);
    expect(connection.includes('sslrootcert')).toBe(proof === 'verify-full');
    expect(connection).toContain("user='mainstay_standby'");
  });

  test('escapes what a name may hold', () => {
    expect(connectionOf('store', { ...publisher, host: `a'b\\c` })).toContain(`host='a\\'b\\\\c'`);
  });
});

describe('figures of replication', () => {
  test('leave a keeper many beats before its site may not write any more', () => {
    expect(silentSeconds).toBeGreaterThan(beatSeconds);
    expect(leaseSeconds).toBeGreaterThanOrEqual(10 * beatSeconds);
  });

  test('give sequences room for twice the recovery point', () => {
    expect(sequenceMargin(production)).toBe(120_000);
    expect(sequenceMargin({ goals: { ...production.goals, recovery: undefined } })).toBe(120_000);
  });

  test.each([
    ['replicationSql', () => replicationSql(development, 'store', 'aws')],
    ['leadingSql', () => leadingSql(development, 'store', 'aws')],
    ['followingSql', () => followingSql(development, 'store', publisher)],
  ])('fails when a database has one site alone: %s', (_, make) => {
    expect(make).toThrow('databases.store.on must have recovery, and the stage a recovery site');
  });
});
