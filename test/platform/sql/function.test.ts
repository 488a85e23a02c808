import { functionSql } from '../../../lib/platform/sql/function';
import { serviceSql } from '../../../lib/platform/sql/service';
import type { SqlStep } from '../../../lib/platform/sql/step';
import { describeLive, LiveDatabase, platform, stepsOf } from '../../support/live-database';
import { resolved, retailflowWith } from '../../support/platform';

const textOf = (steps: readonly SqlStep[]) => steps.map(({ sql }) => sql).join('\n');
const feeding = (patch: unknown) => resolved(retailflowWith({ functions: { 'feed-archive': patch } }));

describe('the SQL of a function', () => {
  test('is that of a service’s user, and what it reads', () => {
    const steps = functionSql(platform, 'store', 'feed-archive');
    expect(steps.map(({ part, version, runs }) => `${part} ${version} ${runs}`)).toEqual([
      'function feed-archive 0001 once',
      'function feed-archive 0002 always',
      'function feed-archive 0003 always',
    ]);
    const [user] = serviceSql(platform, 'store', 'order', 'azure');
    expect(steps[0]?.sql).toBe(user?.sql.replaceAll('svc_order', 'svc_feed_archive'));
    expect(textOf(steps)).toContain('CONNECTION LIMIT 20;');
    expect(textOf(steps)).toContain(`SET statement_timeout = '7200s';`);
    expect(textOf(steps)).not.toContain('rds_iam');
  });

  test('opens what it copies from, and closes everything else', () => {
    const text = textOf(functionSql(platform, 'store', 'feed-archive'));
    expect(
      [...text.matchAll(/(GRANT|REVOKE) USAGE ON SCHEMA "svc_(\w+)"/g)].map(([, verb, of]) => `${verb} ${of}`),
    ).toEqual([
      'REVOKE analytics',
      'GRANT catalog',
      'REVOKE notification',
      'GRANT order',
      'REVOKE payment',
      'REVOKE user',
    ]);
    expect(text).not.toMatch(/GRANT (INSERT|UPDATE|DELETE|ALL)/);
  });

  test('fails when the function does not use the database', () => {
    const own = feeding({ uses: { databases: [] }, copiesFrom: [] });
    expect(() => functionSql(own, 'store', 'feed-archive')).toThrow(
      'functions.feed-archive.uses.databases must name store',
    );
    expect(() => functionSql(platform, 'analytics-backup', 'feed-analytics')).toThrow('engine postgres');
  });
});

describeLive('the SQL of a function on a running PostgreSQL', () => {
  let live: LiveDatabase;
  /** A server without Entra ID has no such label. */
  const here = (steps: readonly SqlStep[]) =>
    steps.map((step) => ({
      ...step,
      sql: step.sql.replace(/^DO \$do\$ BEGIN EXECUTE format\('SECURITY LABEL.*$/m, ''),
    }));
  const feed = (sql: string) => live.server.psql('svc_feed_archive', sql, 'store');
  const apply = (of = platform) => live.apply(here(functionSql(of, 'store', 'feed-archive')));

  beforeAll(() => {
    live = new LiveDatabase();
    live.apply(stepsOf('order'));
    live.order('CREATE TABLE before (id int); INSERT INTO before VALUES (1)');
    expect(apply()).toMatchObject({ ok: true });
    live.order('CREATE TABLE later (id int); INSERT INTO later VALUES (2)');
  }, 60_000);

  afterAll(() => live.server.stop());

  test('reads what was there, what came later, and events', () => {
    expect(feed('SELECT id FROM svc_order.before').rows).toBe('1');
    expect(feed('SELECT id FROM svc_order.later').rows).toBe('2');
    expect(feed('SELECT count(*) FROM svc_order.orders_events').rows).toBe('0');
  });

  test.each([
    'INSERT INTO svc_order.before VALUES (3)',
    'DELETE FROM svc_order.later',
    'CREATE TABLE svc_order.mine ()',
  ])('fails when it writes: %s', (sql) => {
    expect(feed(sql)).toMatchObject({ ok: false, messages: expect.stringContaining('permission denied') });
  });

  test('leaves whoever applied it no rights of the service', () => {
    expect(live.root(`SELECT pg_has_role('mainstay', 'svc_order', 'USAGE')`).rows).toBe('f');
  });

  test('is closed again when it copies no longer', () => {
    expect(apply(feeding({ copiesFrom: ['catalog'] }))).toMatchObject({ ok: true });
    live.order('CREATE TABLE newest (id int)');
    for (const table of ['before', 'later', 'newest', 'orders_events']) {
      expect(feed(`SELECT * FROM svc_order.${table}`)).toMatchObject({ ok: false });
    }
  });
});
