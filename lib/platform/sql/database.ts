import { azurePair } from '../azure-sites';
import { databaseName } from '../names';
import type { Postgres } from '../nouns/database';
import type { Platform } from '../platform';
import { auditRole, extensionSchema, ownerRole, platformSchema, recoveryPublication, replicationRole } from './roles';
import { identifier, roleWithLogin, roleWithoutLogin, type SqlStep } from './step';

/** Loads the audit log; no service calls it. */
const auditExtension = 'pgaudit';

/**
 * The SQL of a whole database, the same on every cloud: closed to everybody, its extensions, the audit role, what event
 * stores stand on, and, where the platform has a recovery site, what that site subscribes to.
 *
 * @throws Error if the platform has no PostgreSQL database of the name.
 */
export function databaseSql(platform: Platform, database: string): readonly SqlStep[] {
  const { extensions } = postgresOf(platform, database);
  return [
    {
      part: 'database',
      version: '0001',
      name: 'closed to everybody',
      runs: 'once',
      sql: [
        `REVOKE ALL ON DATABASE ${identifier(databaseName(database))} FROM PUBLIC;`,
        'REVOKE ALL ON SCHEMA public FROM PUBLIC;',
      ].join('\n'),
    },
    {
      part: 'database',
      version: '0002',
      name: 'extensions and audit',
      runs: 'once',
      sql: [
        `CREATE SCHEMA IF NOT EXISTS ${extensionSchema} AUTHORIZATION ${ownerRole};`,
        `GRANT USAGE ON SCHEMA ${extensionSchema} TO PUBLIC;`,
        roleWithoutLogin(auditRole),
      ].join('\n'),
    },
    { part: 'database', version: '0003', name: 'append-only', runs: 'once', sql: appendOnly },
    ...[...new Set([auditExtension, ...extensions])].map((extension): SqlStep => ({
      part: `extension ${extension}`,
      version: '0001',
      name: 'installed',
      runs: 'once',
      sql: `CREATE EXTENSION IF NOT EXISTS ${identifier(extension)} WITH SCHEMA ${extensionSchema};`,
    })),
    ...(isReplicated(platform, database) ? recovery : []),
  ];
}

/** The PostgreSQL database of a name. */
export function postgresOf(platform: Pick<Platform, 'databases'>, database: string): Postgres {
  const spec = platform.databases[database];
  if (spec?.engine !== 'postgres') {
    throw new Error(`databases.${database} must be a database with engine postgres, got ${spec?.engine ?? 'nothing'}`);
  }
  return spec;
}

/**
 * Whether the other site follows a PostgreSQL database by SQL: the stage has one, and the database a place on both. Between two
 * sites on Azure it is Azure that copies, page by page, and nobody can write to the copy.
 */
export const isReplicated = (platform: Pick<Platform, 'databases' | 'stage'>, database: string): boolean =>
  platform.stage.sites.recovery !== undefined &&
  azurePair(platform) === undefined &&
  postgresOf(platform, database).on.includes('recovery');

/** Names of the databases that the other site follows. */
export const replicatedDatabases = (platform: Pick<Platform, 'databases' | 'stage'>): readonly string[] =>
  Object.keys(platform.databases).filter(
    (name) => platform.databases[name]?.engine === 'postgres' && isReplicated(platform, name),
  );

/**
 * Positions are given out before a transaction commits. Without turns, a reader could pass position 8 before position 7
 * is there to be read, and never see it.
 */
const appendOnly = `\
CREATE FUNCTION ${platformSchema}.refuse_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $body$
BEGIN
  RAISE EXCEPTION 'events are append-only: % on %.% is refused', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME
    USING ERRCODE = 'insufficient_privilege', HINT = 'Append an event that corrects the earlier one.';
END
$body$;
ALTER FUNCTION ${platformSchema}.refuse_change() OWNER TO ${ownerRole};

CREATE FUNCTION ${platformSchema}.append_in_turn() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $body$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(TG_TABLE_SCHEMA || '.' || TG_TABLE_NAME, 0));
  RETURN NULL;
END
$body$;
ALTER FUNCTION ${platformSchema}.append_in_turn() OWNER TO ${ownerRole};`;

/**
 * Every table is published, so that a new service needs no change here. Schemas are brought up to date on both sites by
 * this very SQL, each with its own ledger: rows of the ledger that arrive by replication are dropped.
 */
const recovery: readonly SqlStep[] = [
  {
    part: 'recovery',
    version: '0001',
    name: 'ledger of each site',
    runs: 'once',
    sql: `\
CREATE FUNCTION ${platformSchema}.keep_local() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $body$
BEGIN
  RETURN NULL;
END
$body$;
ALTER FUNCTION ${platformSchema}.keep_local() OWNER TO ${ownerRole};
CREATE TRIGGER keep_local BEFORE INSERT OR UPDATE OR DELETE ON ${platformSchema}.migrations
  FOR EACH ROW EXECUTE FUNCTION ${platformSchema}.keep_local();
ALTER TABLE ${platformSchema}.migrations ENABLE REPLICA TRIGGER keep_local;`,
  },
  {
    part: 'recovery',
    version: '0002',
    name: 'publication',
    runs: 'once',
    sql: `CREATE PUBLICATION ${recoveryPublication} FOR ALL TABLES;`,
  },
  {
    part: 'recovery',
    version: '0003',
    name: 'role of replication',
    runs: 'once',
    sql: [
      roleWithLogin(replicationRole),
      `GRANT ${ownerRole} TO ${replicationRole};`,
      `GRANT USAGE, CREATE ON SCHEMA ${platformSchema} TO ${replicationRole};`,
    ].join('\n'),
  },
];
