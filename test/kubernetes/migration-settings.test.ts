import {
  databaseUses,
  migrationEnvironment,
  migrationName,
  migrationSql,
} from '../../lib/kubernetes/migration-settings';
import { databaseSql } from '../../lib/platform/sql/database';
import { functionSql } from '../../lib/platform/sql/function';
import { migrationScript } from '../../lib/platform/sql/runner';
import { serviceSql } from '../../lib/platform/sql/service';
import { resolved, retailflowWith } from '../support/platform';

const platform = resolved(retailflowWith({}));
const use = { database: 'store', user: 'order', kind: 'service' } as const;
const feed = { database: 'store', user: 'feed-archive', kind: 'function' } as const;

describe('users of the databases of a site', () => {
  test('are services first, then functions, which read what services make', () => {
    expect(databaseUses(platform, 'recovery').map(({ database, kind, user }) => `${kind} ${user} ${database}`)).toEqual(
      [
        'service analytics store',
        'service catalog store',
        'service notification store',
        'service order store',
        'service payment store',
        'service user store',
        'function feed-analytics store',
        'function feed-archive store',
      ],
    );
  });

  test('are no functions where none stand', () => {
    expect(databaseUses(platform, 'primary').filter(({ kind }) => kind === 'function')).toEqual([]);
  });

  test('are none of a service that uses no database', () => {
    const own = resolved(retailflowWith({ services: { notification: { uses: { databases: [] }, migration: null } } }));
    expect(databaseUses(own, 'recovery').map(({ user }) => user)).not.toContain('notification');
  });
});

describe('the SQL of a user', () => {
  test('of a service is what ECS applies, but for the login', () => {
    expect(migrationSql(platform, use)).toBe(
      migrationScript([...databaseSql(platform, 'store'), ...serviceSql(platform, 'store', 'order', 'azure')]),
    );
    expect(migrationSql(platform, use)).not.toContain('rds_iam');
  });

  test('of a function is its own', () => {
    expect(migrationSql(platform, feed)).toBe(
      migrationScript([...databaseSql(platform, 'store'), ...functionSql(platform, 'store', 'feed-archive')]),
    );
  });
});

describe('the environment of psql', () => {
  const environment = migrationEnvironment(
    use,
    {
      host: 'store.example.com',
      port: 5432,
      user: 'id-shop-migration',
      dialect: 'azure',
      login: {
        by: 'token',
        audience: 'api://exchange',
        url: 'https://issuer.example.com/token',
        form: { scope: 'https://db/.default', a: 'b c' },
      },
      reach: [],
    },
    'principal-of-order',
  );

  test('leads to the very server, whose name is verified by the roots of the image', () => {
    expect(environment).toMatchObject({
      PGHOST: 'store.example.com',
      PGPORT: '5432',
      PGUSER: 'id-shop-migration',
      PGDATABASE: 'store',
      PGSSLMODE: 'verify-full',
      PGSSLROOTCERT: 'system',
      PGOPTIONS: '-c mainstay.principal=principal-of-order',
    });
  });

  test('spells the form as the web does, sorted', () => {
    expect(environment['TOKEN_FORM']).toBe('a=b%20c&scope=https%3A%2F%2Fdb%2F.default');
  });

  test('holds no password', () => {
    expect(environment).not.toHaveProperty('PGPASSWORD');
  });
});

describe('the name of a migration', () => {
  const name = migrationName(use, ['select 1', 'principal']);

  test('tells whose it is, and changes with everything that it is made from', () => {
    expect(name).toMatch(/^store-order-[0-9a-f]{10}$/);
    expect(migrationName(use, ['select 1', 'principal'])).toBe(name);
    expect(migrationName(use, ['select 2', 'principal'])).not.toBe(name);
    expect(migrationName(use, ['select 1', 'another'])).not.toBe(name);
    expect(migrationName(use, ['select 1principal', ''])).not.toBe(migrationName(use, ['select 1', 'principal']));
  });

  test.each([
    ['a'.repeat(32), 'b'.repeat(32)],
    ['a'.repeat(51), '-b'],
  ])('fits into a label of pods: %s %s', (database, user) => {
    expect(migrationName({ database, user }, [''])).toMatch(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])$/);
  });
});
