import allocations from '../../../allocations/retailflow.json';
import { sqlServer } from '../../../lib/platform/nouns/database';
import type { Platform } from '../../../lib/platform/platform';
import { resolve } from '../../../lib/platform/resolve';
import { connectionLimit, connections, serverConnections } from '../../../lib/platform/sql/connections';
import { databaseSql } from '../../../lib/platform/sql/database';
import { migrationScript } from '../../../lib/platform/sql/runner';
import { serviceSql, type Dialect } from '../../../lib/platform/sql/service';
import { identifier, literal, type SqlStep } from '../../../lib/platform/sql/step';
import retailflow from '../../../platforms/retailflow';

const production = resolve(retailflow, { stage: 'production', allocations });
const development = resolve(retailflow, { stage: 'development', allocations });
const dialects: readonly Dialect[] = ['aws', 'azure'];
const services = ['analytics', 'catalog', 'notification', 'order', 'payment', 'user'];
const textOf = (steps: readonly SqlStep[]) => steps.map(({ sql }) => sql).join('\n');
const partsOf = (steps: readonly SqlStep[]) => steps.map(({ part, version }) => `${part} ${version}`);
const { store } = production.databases;

describe('databaseSql', () => {
  test('closes the database, installs what the platform needs and publishes it', () => {
    const steps = databaseSql(production, 'store');
    expect(partsOf(steps)).toEqual([
      'database 0001',
      'database 0002',
      'database 0003',
      'extension pgaudit 0001',
      'extension pgcrypto 0001',
      'extension pg_stat_statements 0001',
      'recovery 0001',
      'recovery 0002',
      'recovery 0003',
    ]);
    expect(steps[0]?.sql).toBe('REVOKE ALL ON DATABASE "store" FROM PUBLIC;\nREVOKE ALL ON SCHEMA public FROM PUBLIC;');
    expect(steps.every(({ runs }) => runs === 'once')).toBe(true);
  });

  test('publishes nothing without a recovery site, or where the database has no place on it', () => {
    if (store === undefined) throw new Error('no store');
    const here: Platform = { ...production, databases: { store: { ...store, on: ['primary'] } } };
    for (const platform of [development, here]) {
      const steps = databaseSql(platform, 'store');
      expect(steps.map(({ part }) => part)).not.toContain('recovery');
      expect(textOf(steps)).not.toContain('PUBLICATION');
    }
  });

  test('names neither services nor stores, so that a new one changes no other', () => {
    const text = textOf(databaseSql(production, 'store'));
    expect(text).not.toMatch(/svc_|_events\b/);
  });

  test('adds an extension without changing any other step', () => {
    if (store?.engine !== 'postgres') throw new Error('no store');
    const more: Platform = {
      ...production,
      databases: { store: { ...store, extensions: [...store.extensions, 'pg_trgm'] } },
    };
    const before = databaseSql(production, 'store');
    const after = databaseSql(more, 'store');
    expect(after.filter(({ part }) => part !== 'extension pg_trgm')).toEqual(before);
    expect(after).toHaveLength(before.length + 1);
  });

  test('fails when the platform has no such database', () => {
    expect(() => databaseSql(production, 'stroe')).toThrow(
      'databases.stroe must be a database with engine postgres, got nothing',
    );
  });
});

describe('serviceSql', () => {
  test.each(dialects)('on %s gives a login without password, one schema, limits and its event stores', (dialect) => {
    const steps = serviceSql(production, 'store', 'order', dialect);
    const text = textOf(steps);
    expect(partsOf(steps)).toEqual([
      'service order 0001',
      'service order 0002',
      'service order 0003',
      'outbox order 0001',
      'events orders 0001',
    ]);
    expect(text).not.toMatch(/password/i);
    expect(text).not.toContain('svc_catalog');
    expect(text.match(/^GRANT .*/gm)?.filter((grant) => grant.endsWith('"svc_order";'))).toEqual([
      'GRANT CONNECT ON DATABASE "store" TO "svc_order";',
      'GRANT USAGE, CREATE ON SCHEMA "svc_order" TO "svc_order";',
      ...(dialect === 'aws' ? ['GRANT rds_iam TO "svc_order";'] : []),
      'GRANT SELECT, DELETE, INSERT (message_id, destination, group_key, payload, metadata), UPDATE (sent_at) ON TABLE "svc_order".mainstay_outbox TO "svc_order";',
      'GRANT EXECUTE ON FUNCTION "svc_order".take_outbox(integer), "svc_order".sent_outbox(uuid[]), "svc_order".purge_outbox(interval) TO "svc_order";',
      'GRANT SELECT, INSERT (stream_id, stream_version, type, payload, metadata) ON TABLE "svc_order"."orders_events" TO "svc_order";',
      'GRANT EXECUTE ON FUNCTION "svc_order"."read_orders_events"(bigint, integer) TO "svc_order";',
    ]);
    expect(text).toContain('CREATE SCHEMA IF NOT EXISTS "svc_order" AUTHORIZATION mainstay_owner;');
  });

  test.each(services)('differs between clouds in the one line that ties %s to its identity', (service) => {
    const [aws, azure] = dialects.map((dialect) =>
      textOf(serviceSql(production, 'store', service, dialect)).split('\n'),
    );
    const differing = (aws ?? []).flatMap((line, index) => (line === azure?.[index] ? [] : [[line, azure?.[index]]]));
    expect(aws).toHaveLength(azure?.length ?? 0);
    expect(differing).toEqual([
      [
        `GRANT rds_iam TO "svc_${service}";`,
        `DO $do$ BEGIN EXECUTE format('SECURITY LABEL FOR "pgaadauth" ON ROLE "svc_${service}" IS %L', ` +
          `'aadauth,oid=' || current_setting('mainstay.principal') || ',type=service'); END $do$;`,
      ],
    ]);
  });

  test('gives no event store to a service that owns none, and no outbox to one that sends nothing', () => {
    expect(textOf(serviceSql(production, 'store', 'payment', 'aws'))).not.toContain('CREATE TABLE');
  });

  test('gives an outbox to whoever sends or publishes, where the database is replicated', () => {
    const having = (platform: Platform) =>
      services.filter((service) =>
        partsOf(serviceSql(platform, 'store', service, 'aws')).includes(`outbox ${service} 0001`),
      );
    expect(having(production)).toEqual(['order', 'user']);
    expect(having(development)).toEqual([]);
  });

  test('names nothing of recovery where there is no recovery site', () => {
    for (const service of services) {
      expect(textOf(serviceSql(development, 'store', service, 'aws'))).not.toMatch(/mainstay_replication|outbox/);
    }
  });

  test('changes only settings when the scale or a timeout changes', () => {
    if (store?.engine !== 'postgres') throw new Error('no store');
    const { order } = production.services;
    if (order === undefined) throw new Error('no order');
    const changed: Platform = {
      ...production,
      databases: { store: { ...store, statementTimeoutSeconds: 5 } },
      services: { ...production.services, order: { ...order, scale: { ...order.scale, max: 7 } } },
    };
    const before = serviceSql(production, 'store', 'order', 'aws');
    const after = serviceSql(changed, 'store', 'order', 'aws');
    const differing = after.filter((step, index) => step.sql !== before[index]?.sql);
    expect(differing.map(({ runs }) => runs)).toEqual(['always']);
    expect(differing[0]?.sql).toContain('CONNECTION LIMIT 140;');
    expect(differing[0]?.sql).toContain("SET lock_timeout = '5s';");
  });

  test.each([
    [
      'does not use the database',
      { database: 'store', service: 'gateway' },
      'services.gateway.uses.databases must name store',
    ],
    [
      'names a database that is not there',
      { database: 'stroe', service: 'order' },
      'databases.stroe must be a database',
    ],
  ])('fails when a service %s', (_, { database, service }, message) => {
    expect(() => serviceSql(production, database, service, 'aws')).toThrow(message);
  });
});

describe('migrationScript', () => {
  const step: SqlStep = { part: 'trial', version: '0001', name: "it's a trial", runs: 'once', sql: 'SELECT 1;' };

  test('stops at the first error, waits for other runs and calls every step in order', () => {
    const script = migrationScript([step, { ...step, version: '0002', runs: 'always' }]);
    expect(script).toMatch(/^\\set ON_ERROR_STOP on\n/);
    expect(script.indexOf('pg_advisory_lock')).toBeLessThan(
      script.indexOf('CREATE TABLE IF NOT EXISTS mainstay.migrations'),
    );
    expect(script.match(/^CALL .*/gm)).toEqual([
      "CALL pg_temp.apply('trial', '0001', 'it''s a trial', 'once', $mainstay$",
      "CALL pg_temp.apply('trial', '0002', 'it''s a trial', 'always', $mainstay$",
    ]);
  });

  test('fails when a version occurs twice', () => {
    expect(() => migrationScript([step, step])).toThrow('each part and version must occur once, got trial 0001 twice');
  });

  test("fails when a step contains the script's quote", () => {
    expect(() => migrationScript([{ ...step, sql: '$mainstay$' }])).toThrow('trial 0001 must not contain $mainstay$');
  });

  test('for the order service of RetailFlow on AWS', () => {
    expect(
      migrationScript([...databaseSql(production, 'store'), ...serviceSql(production, 'store', 'order', 'aws')]),
    ).toMatchSnapshot();
  });
});

describe('connections', () => {
  test.each([
    [4, 400],
    [16, 1600],
    [32, 3200],
    [64, 5000],
    [1536, 5000],
  ])('of a server with %s GiB are %s', (memoryGiB, expected) => {
    expect(serverConnections({ memoryGiB })).toBe(expected);
  });

  test('of a service are ten a task, twice over for a release', () => {
    expect(connectionLimit({ scale: { min: 1, max: 30, cpuPercent: 70, backlogPerTask: 100, schedules: {} } })).toBe(
      600,
    );
  });

  test.each(['production', 'staging', 'development'])('fit in %s', (stage) => {
    expect(connections(resolve(retailflow, { stage, allocations }))).toEqual([]);
  });

  test('fails when services may open more than the pool holds', () => {
    if (store === undefined) throw new Error('no store');
    const small: Platform = { ...production, databases: { store: { ...store, capacity: { vcpu: 2, memoryGiB: 16 } } } };
    expect(connections(small)).toEqual([
      {
        path: 'databases.store.capacity.memoryGiB',
        got: 16,
        allowed: 'enough for the 2600 connections that its services may open at their scale.max; it gives 1440',
        remedy: 'raise it, or lower scale.max of the services that use it',
      },
    ]);
  });

  test('of SQL Server are not pooled here', () => {
    const warehouse = sqlServer.parse({ engine: 'sqlserver', capacity: { vcpu: 2, memoryGiB: 1 }, on: ['primary'] });
    expect(connections({ ...production, databases: { warehouse } })).toEqual([]);
  });
});

describe('names and texts', () => {
  test.each([
    ['order', '"order"'],
    ['a"b', '"a""b"'],
  ])('identifier %s is %s', (name, expected) => expect(identifier(name)).toBe(expected));

  test.each([
    ["it's", "'it''s'"],
    ['', "''"],
  ])('literal %s is %s', (text, expected) => expect(literal(text)).toBe(expected));
});
