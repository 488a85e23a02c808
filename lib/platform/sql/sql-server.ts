import { digestUser, ledgersOn, verificationUser } from '../ledgers';
import { databaseUser, digestsWord, verificationWord } from '../names';
import { usersOn, type Platform, type SiteName } from '../platform';
import { sqlEventStore } from './sql-event-store';
import { sqlServerBatch } from './sql-server-runner';
import type { SqlStep } from './step';
import { bracketed, text } from './transact';

/** What somebody may do with the tables of their own schema. */
const inSchema = ['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'EXECUTE', 'REFERENCES', 'ALTER'] as const;

/** What Azure SQL calls a user that is an identity of a program, and one that is a group of people. */
type Kind = 'E' | 'X';

/**
 * The contents of an Azure SQL database that are the platform's: the group of administrators as its owner, a user and a schema of its
 * own for everybody who uses it, tied to the identity of each, and its event stores. One batch, which may be run any number of times;
 * whoever no longer uses the database loses their user, and no table goes.
 *
 * Azure knows an identity in here by its client id, and a group by its object id. A user is made of that alone: asking Entra ID for a
 * name would need the server to have an identity that reads the directory.
 *
 * @param clientId Of the identity of a service or a function.
 * @throws Error if the site has no such database.
 */
export function sqlServerContents(
  platform: Platform,
  siteName: SiteName,
  database: string,
  clientId: (word: string) => string,
): string {
  const site = platform.stage.sites[siteName];
  const spec = platform.databases[database];
  if (site?.cloud !== 'azure' || spec?.engine !== 'sqlserver' || !spec.on.includes(siteName)) {
    throw new Error(`databases.${database} must be a database with engine sqlserver on azure, got ${spec?.engine}`);
  }
  const { name, objectId } = site.administrators;
  const words = Object.entries(usersOn(platform, siteName))
    .filter(([, { uses }]) => uses.databases?.includes(database) === true)
    .map(([word]) => word);
  return sqlServerBatch([
    always('administrators', 'people who own the database', [
      ...userWith(name, objectId, 'X'),
      `ALTER ROLE [db_owner] ADD MEMBER ${bracketed(name)};`,
    ]),
    ...words.map((word) =>
      always(`user ${word}`, 'its user and its schema', [
        ...userWith(databaseUser(word), clientId(word), 'E'),
        ...schemaOf(databaseUser(word)),
      ]),
    ),
    ...(ledgersOn(platform, siteName).includes(database)
      ? [
          always('user of digests', 'who may ask for digests', [
            ...userWith(digestUser, clientId(digestsWord), 'E'),
            `GRANT GENERATE LEDGER DIGEST TO ${bracketed(digestUser)};`,
          ]),
          always('user of verification', 'who may compare the ledger with its digests', [
            ...userWith(verificationUser, clientId(verificationWord), 'E'),
            `GRANT VIEW LEDGER CONTENT TO ${bracketed(verificationUser)};`,
          ]),
        ]
      : []),
    ...Object.entries(platform.eventStores)
      .filter(([, store]) => store.database === database)
      .flatMap(([store, { owner }]) => sqlEventStore(store, databaseUser(owner))),
    always('users', 'none who no longer uses it', withoutOthers(words.map(databaseUser))),
  ]);
}

const always = (part: string, name: string, lines: readonly string[]): SqlStep => ({
  part,
  version: '0001',
  name,
  runs: 'always',
  sql: lines.join('\n'),
});

/** A user for an identity or a group; another one for a new one of the same name. */
const userWith = (name: string, id: string, kind: Kind): readonly string[] => [
  `SET @sid = CAST(CAST('${id}' AS uniqueidentifier) AS varbinary(16));`,
  `IF EXISTS (SELECT 1 FROM sys.database_principals WHERE name = ${text(name)} AND sid <> @sid)`,
  `  DROP USER ${bracketed(name)};`,
  `IF DATABASE_PRINCIPAL_ID(${text(name)}) IS NULL`,
  'BEGIN',
  `  SET @sql = ${text(`CREATE USER ${bracketed(name)} WITH SID = `)} + CONVERT(nvarchar(34), @sid, 1) + N', TYPE = ${kind}';`,
  '  EXEC (@sql);',
  'END;',
];

/** Whose a schema is: a role without members. */
const ownerOf = (user: string): string => `owner_${user}`;

/**
 * A schema belongs to nobody who comes in, so that it stays when its user goes. It does not belong to the owner of the database either: who may alter
 * a schema may lay triggers in it, and these reach whatever has the same owner, past all permissions.
 */
const schemaOf = (user: string): readonly string[] => [
  `IF DATABASE_PRINCIPAL_ID(${text(ownerOf(user))}) IS NULL`,
  `  CREATE ROLE ${bracketed(ownerOf(user))} AUTHORIZATION [dbo];`,
  `IF SCHEMA_ID(${text(user)}) IS NULL`,
  `  EXEC (${text(`CREATE SCHEMA ${bracketed(user)} AUTHORIZATION ${bracketed(ownerOf(user))}`)});`,
  `IF EXISTS (SELECT 1 FROM sys.schemas WHERE name = ${text(user)} AND principal_id <> DATABASE_PRINCIPAL_ID(${text(ownerOf(user))}))`,
  `  ALTER AUTHORIZATION ON SCHEMA::${bracketed(user)} TO ${bracketed(ownerOf(user))};`,
  `ALTER USER ${bracketed(user)} WITH DEFAULT_SCHEMA = ${bracketed(user)};`,
  `GRANT ${inSchema.join(', ')} ON SCHEMA::${bracketed(user)} TO ${bracketed(user)};`,
  `GRANT CREATE TABLE TO ${bracketed(user)};`,
];

const withoutOthers = (users: readonly string[]): readonly string[] => [
  "SET @sql = (SELECT STRING_AGG(N'DROP USER ' + QUOTENAME(name), N'; ') FROM sys.database_principals",
  `  WHERE type = 'E' AND name LIKE N'svc[_]%' AND name NOT IN (${[...users, ''].map(text).join(', ')}));`,
  'IF @sql IS NOT NULL',
  '  EXEC (@sql);',
];
