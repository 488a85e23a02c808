import { assertNever } from '../error';
import { databaseName, databaseUser } from '../names';
import type { Service } from '../nouns/service';
import { eventStoresOf, type Platform } from '../platform';
import { connectionLimit } from './connections';
import { isReplicated, postgresOf } from './database';
import { eventStoreSql } from './event-store';
import { outboxSql, sendsMessages } from './outbox';
import { extensionSchema, ownerRole, replicationRole } from './roles';
import { identifier, literal, roleWithLogin, type SqlStep } from './step';

/** Whose identities log in. */
export type Dialect = 'aws' | 'azure';

/** Setting of the session that applies the SQL on Azure: object id of the service's managed identity. */
export const principalSetting = 'mainstay.principal';

/** Longest wait for a lock, in seconds; a statement that waits longer fails and can be tried again. */
const lockTimeoutSeconds = 10;

/**
 * The SQL of one service in a database: a user that logs in with the service's own cloud identity, a schema of its own,
 * its limits, the event stores that it owns. Only the line that ties the user to the identity differs between clouds.
 *
 * The schema belongs to the platform, and the service may create in it: an owner could drop the schema with every event
 * in it. On Azure, the session must carry the identity's object id: `PGOPTIONS='-c mainstay.principal=<object id>'`.
 *
 * @throws Error if the platform has no such service or database, or the service does not use the database.
 */
export function serviceSql(
  platform: Platform,
  database: string,
  service: string,
  dialect: Dialect,
): readonly SqlStep[] {
  const { statementTimeoutSeconds } = postgresOf(platform, database);
  const spec = platform.services[service];
  if (spec?.uses.databases.includes(database) !== true) {
    throw new Error(`services.${service}.uses.databases must name ${database} for the service to have a user there`);
  }
  return [
    ...userSql({
      part: `service ${service}`,
      name: databaseUser(service),
      database,
      connections: connectionLimit(spec),
      statementTimeoutSeconds,
      dialect,
    }),
    ...(isReplicated(platform, database) ? recoverySql(service, spec) : []),
    ...eventStoresOf(platform, service)
      .filter((store) => platform.eventStores[store]?.database === database)
      .flatMap((store) => eventStoreSql(store, service)),
  ];
}

/** What recovery needs of a service: somebody who may act for it, and an outbox if it sends messages. */
const recoverySql = (service: string, spec: Service): readonly SqlStep[] => [
  {
    part: `service ${service}`,
    version: '0003',
    name: 'recovery',
    runs: 'once',
    sql: `GRANT ${identifier(databaseUser(service))} TO ${replicationRole};`,
  },
  ...(sendsMessages(spec) ? [outboxSql(service)] : []),
];

/** Somebody with a login of their own in a database. */
export interface DatabaseUser {
  /** Part of the ledger under which the steps stand: `service order`. */
  readonly part: string;
  readonly name: string;
  readonly database: string;
  /** Most connections at the same time. */
  readonly connections: number;
  readonly statementTimeoutSeconds: number;
  readonly dialect: Dialect;
}

/** The SQL of a user: a login by a cloud identity, a schema of its own, its limits. */
export function userSql(given: DatabaseUser): readonly SqlStep[] {
  const { connections, database, dialect, name, part, statementTimeoutSeconds } = given;
  const user = identifier(name);
  const inDatabase = `ALTER ROLE ${user} IN DATABASE ${identifier(databaseName(database))}`;
  return [
    {
      part,
      version: '0001',
      name: 'user and schema',
      runs: 'once',
      sql: [
        roleWithLogin(name),
        `GRANT CONNECT ON DATABASE ${identifier(databaseName(database))} TO ${user};`,
        `CREATE SCHEMA IF NOT EXISTS ${user} AUTHORIZATION ${ownerRole};`,
        `GRANT USAGE, CREATE ON SCHEMA ${user} TO ${user};`,
      ].join('\n'),
    },
    {
      part,
      version: '0002',
      name: 'login and limits',
      runs: 'always',
      sql: [
        loginSql(user, dialect),
        `ALTER ROLE ${user} CONNECTION LIMIT ${connections};`,
        `${inDatabase} SET search_path = ${user}, ${extensionSchema};`,
        `${inDatabase} SET statement_timeout = '${statementTimeoutSeconds}s';`,
        `${inDatabase} SET lock_timeout = '${Math.min(lockTimeoutSeconds, statementTimeoutSeconds)}s';`,
        `${inDatabase} SET idle_in_transaction_session_timeout = '${statementTimeoutSeconds}s';`,
      ].join('\n'),
    },
  ];
}

/** Ties a user to a cloud identity, in one line. On Azure, to the one that {@link principalSetting} names. */
export function loginSql(user: string, dialect: Dialect): string {
  switch (dialect) {
    case 'aws':
      return `GRANT rds_iam TO ${user};`;
    case 'azure': {
      const label = `'aadauth,oid=' || current_setting(${literal(principalSetting)}) || ',type=service'`;
      const statement = literal(`SECURITY LABEL FOR "pgaadauth" ON ROLE ${user} IS %L`);
      return `DO $do$ BEGIN EXECUTE format(${statement}, ${label}); END $do$;`;
    }
    default:
      return assertNever(dialect);
  }
}
