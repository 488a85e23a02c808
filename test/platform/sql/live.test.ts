import { databaseSql } from '../../../lib/platform/sql/database';
import type { SqlStep } from '../../../lib/platform/sql/step';
import { describeLive, LiveDatabase, platform, stepsOf } from '../../support/live-database';
import type { Answer } from '../../support/postgres';

describeLive('the SQL of a platform on a running PostgreSQL', () => {
  let live: LiveDatabase;
  let firstRuns: readonly Answer[];

  beforeAll(() => {
    live = new LiveDatabase();
    firstRuns = ['order', 'catalog'].map((service) => live.apply(stepsOf(service)));
    live.applyProviders(stepsOf('order'));
  }, 60_000);

  afterAll(() => live.server.stop());

  describe('applying it', () => {
    test('works for an administrator who is no superuser', () => {
      expect(firstRuns.map(({ ok, messages }) => (ok ? 'applied' : messages))).toEqual(['applied', 'applied']);
    });

    test('applies the steps of the database once for all services', () => {
      const [first, second] = firstRuns.map(({ messages }) => messages);
      expect(first).toContain('applied database 0001 (closed to everybody)');
      expect(second).not.toContain('applied database');
      expect(second).toContain('applied service catalog 0001 (user and schema)');
    });

    test('changes nothing the second time, and brings settings up to date', () => {
      const ledger =
        'SELECT part, version, checksum, applied_at FROM mainstay.migrations WHERE name <> $$login and limits$$ ORDER BY 1, 2';
      const before = live.root(ledger).rows;
      const again = live.apply(stepsOf('order'));
      expect(again.messages.match(/applied .*/g)).toEqual(['applied service order 0002 (login and limits)']);
      expect(live.root(ledger).rows).toBe(before);
      expect(before.split('\n')).toHaveLength(live.installable(stepsOf('order')).length + 3 - 1);
    });

    test('waits for another run, so that two at once both succeed', async () => {
      live.create('twice');
      const run = (service: string) => live.server.psqlLater('mainstay', live.script(stepsOf(service)), 'twice');
      const answers = await Promise.all([run('order'), run('catalog')]);
      expect(answers.map(({ ok, messages }) => (ok ? 'applied' : messages))).toEqual(['applied', 'applied']);
    });

    test('fails when a step changed after it was applied', () => {
      const changed = stepsOf('order').map((step) =>
        step.part === 'events orders' ? { ...step, sql: `${step.sql}\n-- changed` } : step,
      );
      const answer = live.apply(changed);
      expect(answer.ok).toBe(false);
      expect(answer.messages).toMatch(
        /events orders 0001 \(append-only table and replay\) must stay as it was applied/,
      );
    });

    test('fails when a step fails, leaves nothing of it and keeps the steps before', () => {
      const steps: readonly SqlStep[] = [
        { part: 'trial', version: '0001', name: 'good', runs: 'once', sql: 'CREATE TABLE mainstay.good ();' },
        {
          part: 'trial',
          version: '0002',
          name: 'bad',
          runs: 'once',
          sql: 'CREATE TABLE mainstay.half (); SELECT 1/0;',
        },
      ];
      const answer = live.apply(steps);
      expect(answer.ok).toBe(false);
      expect(live.root(`SELECT to_regclass('mainstay.good'), to_regclass('mainstay.half')`).rows).toBe(
        'mainstay.good|',
      );
      expect(live.root(`SELECT version FROM mainstay.migrations WHERE part = 'trial'`).rows).toBe('0001');
    });

    test('publishes every table for a recovery site', () => {
      expect(live.root('SELECT puballtables FROM pg_publication WHERE pubname = $$mainstay_recovery$$').rows).toBe('t');
    });
  });

  describe('a service', () => {
    test('has a login without password, its limits, and its own schema as the place for names', () => {
      expect(
        live.root(
          `SELECT rolcanlogin, rolconnlimit, rolsuper OR rolcreaterole OR rolcreatedb FROM pg_roles WHERE rolname = 'svc_order'`,
        ).rows,
      ).toBe('t|600|f');
      expect(live.root(`SELECT rolpassword IS NULL FROM pg_authid WHERE rolname = 'svc_order'`).rows).toBe('t');
      expect(live.root(`SELECT pg_has_role('svc_order', 'rds_iam', 'MEMBER')`).rows).toBe('t');
      const settings = ['search_path', 'statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout'];
      expect(live.order(settings.map((name) => `SHOW ${name};`).join('')).rows.split('\n')).toEqual([
        'svc_order, extensions',
        '30s',
        '10s',
        '30s',
      ]);
    });

    test('creates, fills and drops tables of its own, and uses extensions', () => {
      const answer = live.order(
        'CREATE TABLE carts (id int PRIMARY KEY); INSERT INTO carts VALUES (7); SELECT id FROM svc_order.carts;',
      );
      expect(answer).toMatchObject({ ok: true, rows: '7' });
      expect(live.order(`SELECT length(digest('a', 'sha256'))`)).toMatchObject({ ok: true, rows: '32' });
      expect(live.order('DROP TABLE carts').ok).toBe(true);
    });

    test.each([
      [
        'reads a table of another service',
        'SELECT * FROM svc_catalog.prices',
        'permission denied for schema svc_catalog',
      ],
      [
        'reads events of another service',
        'SELECT * FROM svc_catalog.inventory_events',
        'permission denied for schema svc_catalog',
      ],
      [
        'replays events of another service',
        'SELECT * FROM svc_catalog.read_inventory_events()',
        'permission denied for schema svc_catalog',
      ],
      [
        'creates in the schema of another service',
        'CREATE TABLE svc_catalog.mine ()',
        'permission denied for schema svc_catalog',
      ],
      ['creates in schema public', 'CREATE TABLE public.mine ()', 'permission denied for schema public'],
      ['creates a schema', 'CREATE SCHEMA mine', 'permission denied for database store'],
      ['creates a temporary table', 'CREATE TEMPORARY TABLE mine ()', 'permission denied to create temporary tables'],
      ['reads the ledger', 'SELECT * FROM mainstay.migrations', 'permission denied for schema mainstay'],
      ['opens its schema to others', 'GRANT USAGE ON SCHEMA svc_order TO svc_catalog', 'no privileges were granted'],
      [
        'drops its schema, and the events with it',
        'DROP SCHEMA svc_order CASCADE',
        'must be owner of schema svc_order',
      ],
      ['becomes another service', 'SET ROLE svc_catalog', 'permission denied to set role'],
      ['becomes the owner of the events', 'SET ROLE mainstay_owner', 'permission denied to set role'],
    ])('fails when it %s', (_, sql, message) => {
      expect(live.server.psql('svc_catalog', 'CREATE TABLE IF NOT EXISTS prices (id int)', 'store').ok).toBe(true);
      const answer = live.order(sql);
      expect(answer.messages).toContain(message);
      expect(answer.ok && !message.startsWith('no privileges')).toBe(false);
      expect(live.root(`SELECT has_schema_privilege('svc_catalog', 'svc_order', 'USAGE')`).rows).toBe('f');
    });

    test('fails when it connects to a database that it does not use', () => {
      const { store } = platform.databases;
      if (store === undefined) throw new Error('no store');
      live.create('other');
      const closed = databaseSql({ ...platform, databases: { store, other: store } }, 'other');
      expect(live.apply(closed, 'other').ok).toBe(true);
      expect(live.order('SELECT 1', 'other').messages).toContain('permission denied for database "other"');
    });
  });
});
