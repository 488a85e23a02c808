import { databaseUser } from '../names';
import type { Platform } from '../platform';
import { postgresOf } from './database';
import { ownerRole } from './roles';
import { userSql } from './service';
import { identifier, literal, type SqlStep } from './step';

/** Connections that one instance may hold at the same time. */
const connectionsPerInstance = 2;

/**
 * The SQL of one function in a PostgreSQL database, on Azure: a user of its own as a service has one, and leave to read the
 * tables of the services that it copies from, those that they will make too. It may write none of them, and what it no
 * longer copies from is closed to it again.
 *
 * @throws Error if the platform has no such function or PostgreSQL database, or the function does not use it.
 */
export function functionSql(platform: Platform, database: string, name: string): readonly SqlStep[] {
  postgresOf(platform, database);
  const spec = platform.functions[name];
  if (spec?.uses.databases.includes(database) !== true) {
    throw new Error(`functions.${name}.uses.databases must name ${database} for the function to have a user there`);
  }
  const part = `function ${name}`;
  const user = databaseUser(name);
  const services = Object.entries(platform.services)
    .filter(([, { uses }]) => uses.databases.includes(database))
    .map(([service]) => service);
  return [
    ...userSql({
      part,
      name: user,
      database,
      connections: spec.maxInstances * connectionsPerInstance,
      statementTimeoutSeconds: spec.timeoutMinutes * 60,
      dialect: 'azure',
    }),
    {
      part,
      version: '0003',
      name: 'what it reads',
      runs: 'always',
      sql: services.map((service) => readSql(user, service, spec.copiesFrom.includes(service))).join('\n'),
    },
  ];
}

/**
 * Opens the tables of a service to a user, or closes them. Whoever applies it acts as the service for that long, since
 * tables belong to those who made them.
 */
function readSql(user: string, service: string, opens: boolean): string {
  const owner = databaseUser(service);
  const [schema, reader] = [identifier(owner), identifier(user)];
  const [verb, preposition] = opens ? ['GRANT', 'TO'] : ['REVOKE', 'FROM'];
  const byDefault = [identifier(owner), ownerRole].map(
    (role) =>
      `    ALTER DEFAULT PRIVILEGES FOR ROLE ${role} IN SCHEMA ${schema} ${verb} SELECT ON TABLES ${preposition} ${reader};`,
  );
  return [
    'DO $do$',
    'BEGIN',
    `  IF to_regnamespace(${literal(owner)}) IS NOT NULL THEN`,
    `    GRANT ${schema} TO CURRENT_USER;`,
    `    ${verb} USAGE ON SCHEMA ${schema} ${preposition} ${reader};`,
    `    ${verb} SELECT ON ALL TABLES IN SCHEMA ${schema} ${preposition} ${reader};`,
    ...byDefault,
    `    REVOKE ${schema} FROM CURRENT_USER;`,
    '  END IF;',
    'END',
    '$do$;',
  ].join('\n');
}
