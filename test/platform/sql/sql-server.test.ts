import type { SiteName } from '../../../lib/platform/platform';
import { sqlServerContents } from '../../../lib/platform/sql/sql-server';
import { resolved, retailflowWith } from '../../support/platform';

const platform = resolved(retailflowWith({}));
const site = platform.stage.sites.recovery;
if (site?.cloud !== 'azure') throw new Error('the recovery site of RetailFlow stands on Azure');
const group = site.administrators;
const clientIds: Readonly<Record<string, string>> = {
  'feed-analytics': '22222222-0000-4000-8000-000000000000',
  order: '33333333-0000-4000-8000-000000000000',
};
const script = (of = platform, database = 'analytics-backup', siteName: SiteName = 'recovery') =>
  sqlServerContents(of, siteName, database, (word) => clientIds[word] ?? 'nobody');

describe('the SQL of an Azure SQL database', () => {
  const lines = script().split('\n');

  test('makes users of client ids, without asking the directory', () => {
    expect(lines.filter((line) => line.includes('uniqueidentifier'))).toEqual([
      `SET @sid = CAST(CAST('${group.objectId}' AS uniqueidentifier) AS varbinary(16));`,
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

  test('makes the group of people who administer the owner, and nobody else', () => {
    expect(lines.filter((line) => line.startsWith('ALTER ROLE'))).toEqual([
      `ALTER ROLE [db_owner] ADD MEMBER [${group.name}];`,
    ]);
    expect(lines).toContain(
      `  SET @sql = N'CREATE USER [${group.name}] WITH SID = ' + CONVERT(nvarchar(34), @sid, 1) + N', TYPE = X';`,
    );
  });

  test('makes no user of the job itself, which enters as the administrator of the server', () => {
    expect(script()).not.toContain('id-retailflow-production-migration');
  });

  test('gives each user a schema of its own, and nothing outside of it', () => {
    expect(lines.filter((line) => line.startsWith('GRANT'))).toEqual([
      'GRANT SELECT, INSERT, UPDATE, DELETE, EXECUTE, REFERENCES, ALTER ON SCHEMA::[svc_feed_analytics] TO [svc_feed_analytics];',
      'GRANT CREATE TABLE TO [svc_feed_analytics];',
    ]);
    expect(lines).toContain('ALTER USER [svc_feed_analytics] WITH DEFAULT_SCHEMA = [svc_feed_analytics];');
  });

  test('gives no schema to who owns others, since a trigger in it reaches all that has the same owner', () => {
    expect(script()).not.toContain('[svc_feed_analytics] AUTHORIZATION [dbo]');
    expect(lines).toContain('  CREATE ROLE [owner_svc_feed_analytics] AUTHORIZATION [dbo];');
    expect(lines).toContain("  EXEC (N'CREATE SCHEMA [svc_feed_analytics] AUTHORIZATION [owner_svc_feed_analytics]');");
    expect(lines).toContain('  ALTER AUTHORIZATION ON SCHEMA::[svc_feed_analytics] TO [owner_svc_feed_analytics];');
    expect(script()).not.toContain('ALTER ROLE [owner_');
  });

  test('takes the users of those who no longer use it, and no table', () => {
    expect(script()).toContain("name LIKE N'svc[_]%' AND name NOT IN (N'svc_feed_analytics', N''));");
    expect(script()).not.toMatch(/DROP (SCHEMA|TABLE)/);
  });

  test('has a user for every service that uses it, too', () => {
    const own = resolved(
      retailflowWith({ services: { order: { uses: { databases: ['store', 'analytics-backup'] } } } }),
    );
    expect(script(own)).toContain('CREATE USER [svc_order]');
    expect(script(own)).toContain("NOT IN (N'svc_order', N'svc_feed_analytics', N''));");
  });

  test('is all or nothing, and one run at a time', () => {
    const [options, , begin, turn] = lines;
    expect([options, begin]).toEqual(['SET NOCOUNT, XACT_ABORT ON;', 'BEGIN TRANSACTION;']);
    expect(turn).toMatch(/sp_getapplock .*'Exclusive'.*'Transaction'/);
    expect(lines.slice(-2)).toEqual(['COMMIT;', '']);
  });

  test.each([
    ['store', 'recovery', 'must be a database with engine sqlserver on azure, got postgres'],
    ['nothing', 'recovery', 'must be a database with engine sqlserver on azure, got undefined'],
    ['analytics-backup', 'primary', 'must be a database with engine sqlserver on azure, got sqlserver'],
  ] as const)('fails when the database is %s on the %s site', (database, siteName, message) => {
    expect(() => script(platform, database, siteName)).toThrow(message);
  });
});
