import { sqlServerScript } from '../../../lib/platform/sql/sql-server';
import { resolved, retailflowWith } from '../../support/platform';

const platform = resolved(retailflowWith({}));
const identity = (digit: string) => ({
  clientId: `${digit.repeat(8)}-0000-4000-8000-000000000000`,
  principalId: `${digit.repeat(8)}-0000-4000-8000-000000000001`,
});
const identities = { migration: identity('1'), 'feed-analytics': identity('2'), order: identity('3') };
const script = (of = platform, told: object = identities) =>
  sqlServerScript(of, 'analytics-backup', { identities: told as typeof identities });

describe('the SQL of an Azure SQL database', () => {
  const lines = script().split('\n');

  test('makes users of client ids, without asking the directory', () => {
    expect(lines.filter((line) => line.includes('uniqueidentifier'))).toEqual([
      "SET @sid = CAST(CAST('11111111-0000-4000-8000-000000000000' AS uniqueidentifier) AS varbinary(16));",
      "SET @sid = CAST(CAST('22222222-0000-4000-8000-000000000000' AS uniqueidentifier) AS varbinary(16));",
    ]);
    expect(script()).not.toContain('EXTERNAL PROVIDER');
    expect(lines).toContain(
      "  SET @sql = N'CREATE USER [svc_feed_analytics] WITH SID = ' + CONVERT(nvarchar(34), @sid, 1) + N', TYPE = E';",
    );
  });

  test('replaces the user of an identity that was made anew', () => {
    expect(script()).toContain(
      "WHERE name = N'svc_feed_analytics' AND sid <> @sid)\n  DROP USER [svc_feed_analytics];\n",
    );
  });

  test('makes the job of migrations the owner, and nobody else', () => {
    expect(lines.filter((line) => line.startsWith('ALTER ROLE'))).toEqual([
      'ALTER ROLE [db_owner] ADD MEMBER [id-retailflow-production-migration];',
    ]);
  });

  test('gives each user a schema of its own, and nothing outside of it', () => {
    expect(lines.filter((line) => line.startsWith('GRANT'))).toEqual([
      'GRANT SELECT, INSERT, UPDATE, DELETE, EXECUTE, REFERENCES, ALTER ON SCHEMA::[svc_feed_analytics] TO [svc_feed_analytics];',
      'GRANT CREATE TABLE TO [svc_feed_analytics];',
    ]);
    expect(lines).toContain("  EXEC (N'CREATE SCHEMA [svc_feed_analytics] AUTHORIZATION [dbo]');");
    expect(lines).toContain('ALTER USER [svc_feed_analytics] WITH DEFAULT_SCHEMA = [svc_feed_analytics];');
  });

  test('takes the users of those who no longer use it, and no table', () => {
    expect(script()).toContain("name LIKE N'svc[_]%' AND name NOT IN (N'svc_feed_analytics', N'');");
    expect(script()).not.toMatch(/DROP (SCHEMA|TABLE)/);
  });

  test('has a user for every service that uses it, too', () => {
    const own = resolved(
      retailflowWith({ services: { order: { uses: { databases: ['store', 'analytics-backup'] } } } }),
    );
    expect(script(own)).toContain('CREATE USER [svc_order]');
    expect(script(own)).toContain("NOT IN (N'svc_order', N'svc_feed_analytics', N'');");
  });

  test('is all or nothing', () => {
    expect(lines.slice(0, 3)).toEqual(['SET NOCOUNT ON;', 'SET XACT_ABORT ON;', 'BEGIN TRANSACTION;']);
    expect(lines.slice(-2)).toEqual(['COMMIT;', '']);
  });

  test('fails when an identity was not told yet', () => {
    expect(() => script(platform, { migration: identity('1') })).toThrow(
      'identities.feed-analytics must be among what the stage told, got nothing: apply the foundation first',
    );
  });

  test.each([
    ['store', 'must be a database with engine sqlserver on azure, got postgres'],
    ['nothing', 'must be a database with engine sqlserver on azure, got undefined'],
  ])('fails when the database is %s', (database, message) => {
    expect(() => sqlServerScript(platform, database, { identities })).toThrow(message);
  });
});
