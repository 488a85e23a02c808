import { azureIdentity } from '../azure-names';
import { whereShared } from '../azure-sites';
import { databaseUser, migrationWord } from '../names';
import type { SiteOutputs } from '../outputs';
import { siteOn, usersOn, type Platform } from '../platform';
import { sqlEventStore } from './sql-event-store';
import { bracketed, text } from './transact';

/** What somebody may do with the tables of their own schema. */
const inSchema = ['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'EXECUTE', 'REFERENCES', 'ALTER'] as const;

/**
 * The SQL of an Azure SQL database: a user and a schema of its own for everybody who uses it, tied to the identity of each,
 * and the job of migrations as its owner, so that the job runs the same text from then on. It may be run any number of
 * times; whoever no longer uses the database loses their user, and no table goes.
 *
 * Azure knows an identity in here by its client id. A user is made of that alone: asking Entra ID for a name would need the
 * server to have an identity that reads the directory.
 *
 * @throws Error if the platform has no such database on Azure, or an identity was not told yet.
 */
export function sqlServerScript(platform: Platform, database: string, outputs: SiteOutputs): string {
  const site = siteOn(platform, 'azure');
  const spec = platform.databases[database];
  if (site === undefined || spec?.engine !== 'sqlserver' || !spec.on.includes(site.siteName)) {
    throw new Error(`databases.${database} must be a database with engine sqlserver on azure, got ${spec?.engine}`);
  }
  const words = Object.entries(usersOn(platform, site.siteName))
    .filter(([, { uses }]) => uses.databases?.includes(database) === true)
    .map(([word]) => word);
  const sid = (word: string): string => clientId(outputs, word);
  const owner = azureIdentity(whereShared(platform, site), migrationWord);
  return [
    'SET NOCOUNT ON;',
    'SET XACT_ABORT ON;',
    'BEGIN TRANSACTION;',
    'DECLARE @sid varbinary(16), @sql nvarchar(max);',
    '',
    ...userWith(owner, sid(migrationWord)),
    `ALTER ROLE [db_owner] ADD MEMBER ${bracketed(owner)};`,
    ...words.flatMap((word) => ['', ...userWith(databaseUser(word), sid(word)), ...schemaOf(databaseUser(word))]),
    ...Object.entries(platform.eventStores)
      .filter(([, store]) => store.database === database)
      .flatMap(([name, { owner }]) => ['', ...sqlEventStore(name, databaseUser(owner))]),
    '',
    ...withoutOthers(words.map(databaseUser)),
    'COMMIT;',
    '',
  ].join('\n');
}

function clientId({ identities }: SiteOutputs, word: string): string {
  const identity = Object.hasOwn(identities, word) ? identities[word] : undefined;
  if (identity === undefined) {
    throw new Error(`identities.${word} must be among what the stage told, got nothing: apply the foundation first`);
  }
  return identity.clientId;
}

/** A user for an identity; another one for a new identity of the same name. */
const userWith = (name: string, id: string): readonly string[] => [
  `SET @sid = CAST(CAST('${id}' AS uniqueidentifier) AS varbinary(16));`,
  `IF EXISTS (SELECT 1 FROM sys.database_principals WHERE name = ${text(name)} AND sid <> @sid)`,
  `  DROP USER ${bracketed(name)};`,
  `IF DATABASE_PRINCIPAL_ID(${text(name)}) IS NULL`,
  'BEGIN',
  `  SET @sql = ${text(`CREATE USER ${bracketed(name)} WITH SID = `)} + CONVERT(nvarchar(34), @sid, 1) + N', TYPE = E';`,
  '  EXEC (@sql);',
  'END;',
];

/** A schema belongs to the owner of the database, so that it stays when its user goes. */
const schemaOf = (user: string): readonly string[] => [
  `IF SCHEMA_ID(${text(user)}) IS NULL`,
  `  EXEC (${text(`CREATE SCHEMA ${bracketed(user)} AUTHORIZATION [dbo]`)});`,
  `ALTER USER ${bracketed(user)} WITH DEFAULT_SCHEMA = ${bracketed(user)};`,
  `GRANT ${inSchema.join(', ')} ON SCHEMA::${bracketed(user)} TO ${bracketed(user)};`,
  `GRANT CREATE TABLE TO ${bracketed(user)};`,
];

const withoutOthers = (users: readonly string[]): readonly string[] => [
  "SELECT @sql = STRING_AGG(N'DROP USER ' + QUOTENAME(name), N'; ') FROM sys.database_principals",
  `  WHERE type = 'E' AND name LIKE N'svc[_]%' AND name NOT IN (${[...users, ''].map(text).join(', ')});`,
  'IF @sql IS NOT NULL',
  '  EXEC (@sql);',
];
