import { setTimeout as wait } from 'node:timers/promises';
import { describeLive, LiveDatabase, stepsOf } from '../../support/live-database';

const append = (stream: string, version: number, metadata = '{"correlation_id": "r-1"}') =>
  `INSERT INTO svc_order.orders_events (stream_id, stream_version, type, payload, metadata)
   VALUES ('${stream}', ${version}, 'Placed', '{"total": 10}', '${metadata}');`;

const refused = (message: string) => ({ ok: false, messages: expect.stringContaining(message) });

describeLive('event stores on a running PostgreSQL', () => {
  let live: LiveDatabase;

  beforeAll(() => {
    live = new LiveDatabase();
    for (const service of ['order', 'catalog']) live.apply(stepsOf(service));
    live.applyProviders(stepsOf('order'));
  }, 60_000);

  afterAll(() => live.server.stop());

  /** What a question is answered in the end, by default in the database of the primary. */
  const eventually = async (sql: string, wanted: string, database = 'store'): Promise<string> => {
    for (let tries = 0; tries < 100; tries += 1) {
      const { rows } = live.root(sql, database);
      if (rows === wanted) return rows;
      await wait(100);
    }
    return live.root(sql, database).rows;
  };

  describe('an event store', () => {
    beforeAll(() => {
      expect(live.order([1, 2, 3].map((version) => append('o-1', version)).join('')).messages).toBe('');
    });

    test('replays in order, from any position, page by page', () => {
      const read = (after: string, maximum: number) =>
        live
          .order(
            `SELECT position, stream_id, stream_version, metadata->>'correlation_id' FROM read_orders_events(${after}, ${maximum})`,
          )
          .rows.split('\n');
      const page = read('0', 2);
      expect(page.map((row) => row.split('|').slice(1).join(' '))).toEqual(['o-1 1 r-1', 'o-1 2 r-1']);
      expect(read(page[1]?.split('|')[0] ?? '', 2).map((row) => row.split('|')[2])).toEqual(['3']);
    });

    test.each([
      ['two writers append the same version of a stream', append('o-1', 3), 'duplicate key value'],
      ['an event has no correlation id', append('o-2', 1, '{}'), 'violates check constraint'],
      ['a version is not positive', append('o-2', 0), 'violates check constraint'],
      [
        'a service forges the time',
        'INSERT INTO orders_events (recorded_at) VALUES (now())',
        'permission denied for table orders_events',
      ],
      [
        'a service forges the position',
        'INSERT INTO orders_events (position) OVERRIDING SYSTEM VALUE VALUES (1)',
        'permission denied for table orders_events',
      ],
    ])('fails when %s', (_, sql, message) => {
      expect(live.order(sql)).toMatchObject(refused(message));
    });

    const changes = [
      'UPDATE svc_order.orders_events SET payload = $${}$$',
      'DELETE FROM svc_order.orders_events',
      'TRUNCATE svc_order.orders_events',
    ];

    test.each(changes)('fails when its owner runs %s', (sql) => {
      expect(live.order(sql)).toMatchObject(refused('permission denied'));
    });

    test.each([
      'DROP TABLE svc_order.orders_events',
      'ALTER TABLE svc_order.orders_events DISABLE TRIGGER ALL',
      'DROP TRIGGER refuse_change ON svc_order.orders_events',
      'CREATE RULE silently AS ON INSERT TO svc_order.orders_events DO INSTEAD NOTHING',
      'DROP FUNCTION svc_order.read_orders_events(bigint, integer)',
    ])('fails when its owner runs %s', (sql) => {
      expect(live.order(sql)).toMatchObject(refused('must be owner of'));
    });

    test.each(changes)('fails when the administrator, or a superuser who plays a replica, runs %s', (sql) => {
      const denied = refused('events are append-only');
      expect(live.server.psql('mainstay', sql, 'store')).toMatchObject(denied);
      expect(live.root(`SET session_replication_role = replica; ${sql}`)).toMatchObject(denied);
    });

    test('keeps every event through all of that', () => {
      expect(live.order(`SELECT count(*) FROM orders_events WHERE stream_id = 'o-1'`).rows).toBe('3');
    });

    test('makes appends take turns, so that no reader passes an event that is not there yet', async () => {
      const sessions = (state: string) => `SELECT count(*) FROM pg_stat_activity WHERE ${state}`;
      const slow = live.server.open('svc_order', `BEGIN; ${append('o-3', 1)}\n`, 'store');
      expect(await eventually(sessions(`state = 'idle in transaction'`), '1')).toBe('1');
      const impatient = live.order(`SET lock_timeout = '200ms'; ${append('o-4', 1)}`);
      expect(impatient).toMatchObject(refused('lock timeout'));
      const patient = live.server.psqlLater('svc_order', append('o-4', 1), 'store');
      expect(await eventually(sessions(`wait_event_type = 'Lock'`), '1')).toBe('1');
      expect(await slow('COMMIT;')).toMatchObject({ ok: true });
      expect(await patient).toMatchObject({ ok: true });
      expect(
        live.order(`SELECT stream_id FROM orders_events WHERE stream_id IN ('o-3', 'o-4') ORDER BY position`).rows,
      ).toBe('o-3\no-4');
    });

    test('is audited, where the server has pgaudit', () => {
      const audited = [/AUDIT: OBJECT,.*WRITE,INSERT,TABLE,svc_order\.orders_events/, /AUDIT: SESSION,.*ROLE,GRANT/];
      const log = live.server.log();
      expect(audited.map((line) => line.test(log))).toEqual(audited.map(() => live.server.extensions.has('pgaudit')));
    });
  });

  describe('a recovery site', () => {
    beforeAll(() => {
      live.create('standby');
      for (const service of ['order', 'catalog']) {
        expect(live.apply(stepsOf(service), 'standby').messages).not.toContain('ERROR');
      }
      live.root(`SELECT pg_create_logical_replication_slot('standby', 'pgoutput')`);
      const subscribed = live.root(
        `CREATE SUBSCRIPTION standby CONNECTION 'host=${live.server.host} dbname=store user=postgres'
         PUBLICATION mainstay_recovery WITH (create_slot = false, slot_name = 'standby')`,
        'standby',
      );
      expect(subscribed.messages).not.toContain('ERROR');
    });

    afterAll(() => {
      live.root('DROP SUBSCRIPTION standby', 'standby');
    });

    test('receives events at their positions and keeps a ledger of its own', async () => {
      expect(await eventually('SELECT count(*) FROM svc_order.orders_events', '5', 'standby')).toBe('5');
      expect(live.order(append('o-5', 1)).ok).toBe(true);
      expect(
        await eventually(`SELECT count(*) FROM svc_order.orders_events WHERE stream_id = 'o-5'`, '1', 'standby'),
      ).toBe('1');
      const positions = 'SELECT string_agg(position::text, $$ $$ ORDER BY position) FROM svc_order.orders_events';
      expect(live.root(positions, 'standby').rows).toBe(live.root(positions).rows);
      const published = `SELECT count(*) FROM mainstay.migrations WHERE part = 'recovery' AND version = '0002'`;
      expect([live.root(published).rows, live.root(published, 'standby').rows]).toEqual(['1', '0']);
    }, 30_000);

    test('goes on receiving while the primary brings its own schema up to date', async () => {
      expect(live.apply(stepsOf('order')).ok).toBe(true);
      expect(live.order(append('o-6', 1)).ok).toBe(true);
      expect(
        await eventually(`SELECT count(*) FROM svc_order.orders_events WHERE stream_id = 'o-6'`, '1', 'standby'),
      ).toBe('1');
    }, 30_000);
  });
});
