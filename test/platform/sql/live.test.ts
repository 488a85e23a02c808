import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import allocations from '../../../allocations/retailflow.json';
import { resolve } from '../../../lib/platform/resolve';
import { databaseSql } from '../../../lib/platform/sql/database';
import { migrationScript } from '../../../lib/platform/sql/runner';
import { serviceSql } from '../../../lib/platform/sql/service';
import type { SqlStep } from '../../../lib/platform/sql/step';
import retailflow from '../../../platforms/retailflow';
import { postgresPrograms, TestServer, type Answer } from '../../support/postgres';

const platform = resolve(retailflow, { stage: 'production', allocations });
const ofDatabase = databaseSql(platform, 'store');
const stepsOf = (service: string): readonly SqlStep[] => [...ofDatabase, ...serviceSql(platform, 'store', service, 'aws')];

/** The administrator of a managed server is no superuser; the provider lets it do these as if it were one. */
const providers = (step: SqlStep): boolean =>
  ['extension pgaudit', 'extension pg_stat_statements'].includes(step.part) || step.sql.startsWith('CREATE PUBLICATION');

const programs = postgresPrograms();
const { skip } = describe;
const [suite, reason] =
  programs === undefined
    ? [skip, ' (skipped: no PostgreSQL server is installed; set PG_BIN to the folder of initdb and postgres)']
    : [describe, ''];

suite(`the SQL of a platform on a running PostgreSQL${reason}`, () => {
  let server: TestServer;
  let firstRuns: readonly Answer[];

  const asAdministrator = (steps: readonly SqlStep[], database = 'store') =>
    server.psql('mainstay', migrationScript(steps), database);
  const installable = (step: SqlStep) =>
    !step.part.startsWith('extension ') || server.extensions.has(step.part.slice('extension '.length));
  const mine = (steps: readonly SqlStep[]) => steps.filter((step) => installable(step) && !providers(step));
  const order = (sql: string, database = 'store') => server.psql('svc_order', sql, database);
  const catalog = (sql: string) => server.psql('svc_catalog', sql, 'store');
  const root = (sql: string, database = 'store') => server.psql('postgres', sql, database);
  const append = (stream: string, version: number, metadata = '{"correlation_id": "r-1"}') =>
    `INSERT INTO svc_order.orders_events (stream_id, stream_version, type, payload, metadata)
     VALUES ('${stream}', ${version}, 'Placed', '{"total": 10}', '${metadata}');`;

  const prepare = (database: string) => {
    root(`CREATE DATABASE ${database} OWNER mainstay`, 'postgres');
    root('ALTER SCHEMA public OWNER TO pg_database_owner', database);
  };

  beforeAll(() => {
    server = new TestServer(programs ?? '');
    root('CREATE ROLE rds_iam NOLOGIN; CREATE ROLE mainstay LOGIN CREATEROLE CREATEDB;', 'postgres');
    root('GRANT rds_iam TO mainstay WITH ADMIN OPTION', 'postgres');
    prepare('store');
    firstRuns = ['order', 'catalog'].map((service) => asAdministrator(mine(stepsOf(service))));
    root(migrationScript(stepsOf('order').filter(installable)));
  }, 60_000);

  afterAll(() => server.stop());

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
      const ledger = 'SELECT part, version, checksum, applied_at FROM mainstay.migrations WHERE name <> $$login and limits$$ ORDER BY 1, 2';
      const before = root(ledger).rows;
      const again = asAdministrator(mine(stepsOf('order')));
      expect(again.messages.match(/applied .*/g)).toEqual(['applied service order 0002 (login and limits)']);
      expect(root(ledger).rows).toBe(before);
      expect(before.split('\n')).toHaveLength(stepsOf('order').filter(installable).length + 2 - 1);
    });

    test('waits for another run, so that two at once both succeed', async () => {
      prepare('twice');
      const run = (service: string) => server.psqlLater('mainstay', migrationScript(mine(stepsOf(service))), 'twice');
      const answers = await Promise.all([run('order'), run('catalog')]);
      expect(answers.map(({ ok, messages }) => (ok ? 'applied' : messages))).toEqual(['applied', 'applied']);
    });

    test('fails when a step changed after it was applied', () => {
      const changed = mine(stepsOf('order')).map((step) =>
        step.part === 'events orders' ? { ...step, sql: `${step.sql}\n-- changed` } : step,
      );
      const answer = asAdministrator(changed);
      expect(answer.ok).toBe(false);
      expect(answer.messages).toMatch(/events orders 0001 \(append-only table and replay\) must stay as it was applied/);
    });

    test('fails when a step fails, leaves nothing of it and keeps the steps before', () => {
      const steps: readonly SqlStep[] = [
        { part: 'trial', version: '0001', name: 'good', runs: 'once', sql: 'CREATE TABLE mainstay.good ();' },
        { part: 'trial', version: '0002', name: 'bad', runs: 'once', sql: 'CREATE TABLE mainstay.half (); SELECT 1/0;' },
      ];
      const answer = asAdministrator(steps);
      expect(answer.ok).toBe(false);
      expect(root(`SELECT to_regclass('mainstay.good'), to_regclass('mainstay.half')`).rows).toBe('mainstay.good|');
      expect(root(`SELECT version FROM mainstay.migrations WHERE part = 'trial'`).rows).toBe('0001');
    });

    test('publishes every table for a recovery site', () => {
      expect(root('SELECT puballtables FROM pg_publication WHERE pubname = $$mainstay_recovery$$').rows).toBe('t');
    });
  });

  describe('a service', () => {
    test('has a login without password, its limits, and its own schema as the place for names', () => {
      expect(root(`SELECT rolcanlogin, rolconnlimit, rolsuper OR rolcreaterole OR rolcreatedb FROM pg_roles WHERE rolname = 'svc_order'`).rows).toBe('t|600|f');
      expect(root(`SELECT rolpassword IS NULL FROM pg_authid WHERE rolname = 'svc_order'`).rows).toBe('t');
      expect(root(`SELECT pg_has_role('svc_order', 'rds_iam', 'MEMBER')`).rows).toBe('t');
      const settings = ['search_path', 'statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout'];
      expect(order(settings.map((name) => `SHOW ${name};`).join('')).rows.split('\n')).toEqual([
        'svc_order, extensions',
        '30s',
        '10s',
        '30s',
      ]);
    });

    test('creates, fills and drops tables of its own, and uses extensions', () => {
      const answer = order('CREATE TABLE carts (id int PRIMARY KEY); INSERT INTO carts VALUES (7); SELECT id FROM svc_order.carts;');
      expect(answer).toMatchObject({ ok: true, rows: '7' });
      expect(order(`SELECT length(digest('a', 'sha256'))`)).toMatchObject({ ok: true, rows: '32' });
      expect(order('DROP TABLE carts').ok).toBe(true);
    });

    test.each([
      ['reads a table of another service', 'SELECT * FROM svc_catalog.prices', 'permission denied for schema svc_catalog'],
      ['reads events of another service', 'SELECT * FROM svc_catalog.inventory_events', 'permission denied for schema svc_catalog'],
      ['replays events of another service', 'SELECT * FROM svc_catalog.read_inventory_events()', 'permission denied for schema svc_catalog'],
      ['creates in the schema of another service', 'CREATE TABLE svc_catalog.mine ()', 'permission denied for schema svc_catalog'],
      ['creates in schema public', 'CREATE TABLE public.mine ()', 'permission denied for schema public'],
      ['creates a schema', 'CREATE SCHEMA mine', 'permission denied for database store'],
      ['creates a temporary table', 'CREATE TEMPORARY TABLE mine ()', 'permission denied to create temporary tables'],
      ['reads the ledger', 'SELECT * FROM mainstay.migrations', 'permission denied for schema mainstay'],
      ['opens its schema to others', 'GRANT USAGE ON SCHEMA svc_order TO svc_catalog', 'no privileges were granted'],
      ['drops its schema, and the events with it', 'DROP SCHEMA svc_order CASCADE', 'must be owner of schema svc_order'],
      ['becomes another service', 'SET ROLE svc_catalog', 'permission denied to set role'],
      ['becomes the owner of the events', 'SET ROLE mainstay_owner', 'permission denied to set role'],
    ])('fails when it %s', (_, sql, message) => {
      expect(catalog('CREATE TABLE IF NOT EXISTS prices (id int)').ok).toBe(true);
      const answer = order(sql);
      expect(answer.messages).toContain(message);
      expect(answer.ok && !message.startsWith('no privileges')).toBe(false);
      expect(root(`SELECT has_schema_privilege('svc_catalog', 'svc_order', 'USAGE')`).rows).toBe('f');
    });

    test('fails when it connects to a database that it does not use', () => {
      prepare('other');
      expect(asAdministrator(mine(ofDatabase), 'other').ok).toBe(false);
      root('REVOKE ALL ON DATABASE other FROM PUBLIC', 'other');
      expect(order('SELECT 1', 'other').messages).toContain('permission denied for database "other"');
    });
  });

  describe('an event store', () => {
    beforeAll(() => {
      expect(order([1, 2, 3].map((version) => append('o-1', version)).join('')).messages).toBe('');
    });

    test('replays in order, from any position, page by page', () => {
      const read = (after: string, maximum: number) =>
        order(`SELECT position, stream_id, stream_version, metadata->>'correlation_id' FROM read_orders_events(${after}, ${maximum})`).rows.split('\n');
      const page = read('0', 2);
      expect(page.map((row) => row.split('|').slice(1).join(' '))).toEqual(['o-1 1 r-1', 'o-1 2 r-1']);
      expect(read(page[1]?.split('|')[0] ?? '', 2).map((row) => row.split('|')[2])).toEqual(['3']);
    });

    test.each([
      ['two writers append the same version of a stream', append('o-1', 3), 'duplicate key value'],
      ['an event has no correlation id', append('o-2', 1, '{}'), 'violates check constraint'],
      ['a version is not positive', append('o-2', 0), 'violates check constraint'],
      ['a service forges the time', 'INSERT INTO orders_events (recorded_at) VALUES (now())', 'permission denied for table orders_events'],
      ['a service forges the position', 'INSERT INTO orders_events (position) OVERRIDING SYSTEM VALUE VALUES (1)', 'permission denied for table orders_events'],
    ])('fails when %s', (_, sql, message) => {
      expect(order(sql)).toMatchObject({ ok: false, messages: expect.stringContaining(message) as string });
    });

    const changes = [
      'UPDATE svc_order.orders_events SET payload = $${}$$',
      'DELETE FROM svc_order.orders_events',
      'TRUNCATE svc_order.orders_events',
    ];

    test.each(changes)('fails when its owner runs %s', (sql) => {
      expect(order(sql)).toMatchObject({ ok: false, messages: expect.stringContaining('permission denied') as string });
    });

    test.each([
      'DROP TABLE svc_order.orders_events',
      'ALTER TABLE svc_order.orders_events DISABLE TRIGGER ALL',
      'DROP TRIGGER refuse_change ON svc_order.orders_events',
      'CREATE RULE silently AS ON INSERT TO svc_order.orders_events DO INSTEAD NOTHING',
      'DROP FUNCTION svc_order.read_orders_events(bigint, integer)',
    ])('fails when its owner runs %s', (sql) => {
      expect(order(sql)).toMatchObject({ ok: false, messages: expect.stringContaining('must be owner of') as string });
    });

    test.each(changes)('fails when the administrator, or a superuser who plays a replica, runs %s', (sql) => {
      const refused = { ok: false, messages: expect.stringContaining('events are append-only') as string };
      expect(server.psql('mainstay', sql, 'store')).toMatchObject(refused);
      expect(root(`SET session_replication_role = replica; ${sql}`)).toMatchObject(refused);
    });

    test('keeps every event through all of that', () => {
      expect(order(`SELECT count(*) FROM orders_events WHERE stream_id = 'o-1'`).rows).toBe('3');
    });

    test('makes appends take turns, so that no reader passes an event that is not there yet', async () => {
      const slow = server.psqlLater('svc_order', `BEGIN; ${append('o-3', 1)} SELECT pg_sleep(1.5); COMMIT;`, 'store');
      await new Promise((resolve) => setTimeout(resolve, 500));
      const impatient = order(`SET lock_timeout = '200ms'; ${append('o-4', 1)}`);
      expect(impatient).toMatchObject({ ok: false, messages: expect.stringContaining('lock timeout') as string });
      const patient = await server.psqlLater('svc_order', append('o-4', 1), 'store');
      expect([(await slow).ok, patient.ok]).toEqual([true, true]);
      expect(order(`SELECT stream_id FROM orders_events WHERE stream_id IN ('o-3', 'o-4') ORDER BY position`).rows).toBe('o-3\no-4');
    });

    test('is audited, where the server has pgaudit', () => {
      const audited = [/AUDIT: OBJECT,.*WRITE,INSERT,TABLE,svc_order\.orders_events/, /AUDIT: SESSION,.*ROLE,GRANT/];
      const log = server.log();
      expect(audited.map((line) => line.test(log))).toEqual(audited.map(() => server.extensions.has('pgaudit')));
    });
  });

  describe('a recovery site', () => {
    beforeAll(() => {
      prepare('standby');
      expect(asAdministrator(mine(stepsOf('order')), 'standby').messages).not.toContain('ERROR');
      root(`SELECT pg_create_logical_replication_slot('standby', 'pgoutput')`);
      root(
        `CREATE SUBSCRIPTION standby CONNECTION 'host=${server.host} dbname=store user=postgres'
         PUBLICATION mainstay_recovery WITH (create_slot = false, slot_name = 'standby')`,
        'standby',
      );
    });

    afterAll(() => {
      root('DROP SUBSCRIPTION standby', 'standby');
    });

    const eventually = async (sql: string, wanted: string): Promise<string> => {
      for (let tries = 0; tries < 100; tries += 1) {
        const { rows } = root(sql, 'standby');
        if (rows === wanted) return rows;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      return root(sql, 'standby').rows;
    };

    test('receives events at their positions and keeps a ledger of its own', async () => {
      expect(await eventually('SELECT count(*) FROM svc_order.orders_events', '5')).toBe('5');
      expect(order(append('o-5', 1)).ok).toBe(true);
      expect(await eventually(`SELECT count(*) FROM svc_order.orders_events WHERE stream_id = 'o-5'`, '1')).toBe('1');
      const positions = 'SELECT string_agg(position::text, $$ $$ ORDER BY position) FROM svc_order.orders_events';
      expect(root(positions, 'standby').rows).toBe(root(positions).rows);
      expect(root('SELECT count(*) FROM mainstay.migrations WHERE part LIKE $$%catalog%$$', 'standby').rows).toBe('0');
    });

    test('goes on receiving while the primary brings its own schema up to date', async () => {
      expect(asAdministrator(mine(stepsOf('order'))).ok).toBe(true);
      expect(order(append('o-6', 1)).ok).toBe(true);
      expect(await eventually(`SELECT count(*) FROM svc_order.orders_events WHERE stream_id = 'o-6'`, '1')).toBe('1');
    });
  });
});
