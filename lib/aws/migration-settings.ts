import { PlatformError } from '../platform/error';
import { databaseName } from '../platform/names';
import type { Platform } from '../platform/platform';
import { databaseSql } from '../platform/sql/database';
import { migrationScript } from '../platform/sql/runner';
import { serviceSql } from '../platform/sql/service';
import { databasePort } from './database-settings';

/** Family of the tasks that bring a service's databases up to date; the runner may run families of this form alone. */
export const migrationFamily = (prefix: string, service: string): string => `${prefix}-${service}-migration`;

/** How long the platform's own SQL may take where the service has no migration, in minutes. */
const platformMinutes = 10;

/** How long a service's migration may take, in minutes. */
export function migrationMinutes(platform: Platform, service: string): number {
  return platform.services[service]?.migration?.timeoutMinutes ?? platformMinutes;
}

/** Name of the container that applies the platform's SQL to a database. */
export const platformContainer = (database: string): string => `platform-${database}`;

const rootFile = '/tmp/root.pem';

/** Writes the root down, since libpq reads it from a file, and gives the SQL to psql; its exit code is psql's. */
export const platformCommand: readonly string[] = [
  'sh',
  '-ec',
  'printf "%s" "$DATABASE_ROOT" > "$PGSSLROOTCERT"; printf "%s" "$DATABASE_SQL" | psql --no-psqlrc --quiet',
];

/** What `platform-<database>` is told. */
export interface PlatformContainerInput {
  readonly platform: Platform;
  readonly database: string;
  readonly service: string;
  readonly host: string;
  readonly user: string;
  /** Root of the server's certificate, in PEM. */
  readonly root: string;
}

/**
 * The environment in which psql applies the platform's SQL: as the administrator, to the very server, by a connection that
 * is encrypted and whose other end has proved its name.
 */
export function platformEnvironment(input: PlatformContainerInput): Readonly<Record<string, string>> {
  const { database, platform, service } = input;
  return {
    DATABASE_ROOT: input.root,
    DATABASE_SQL: migrationScript([
      ...databaseSql(platform, database),
      ...serviceSql(platform, database, service, 'aws'),
    ]),
    PGAPPNAME: 'mainstay-migration',
    PGCONNECT_TIMEOUT: '15',
    PGDATABASE: databaseName(database),
    PGHOST: input.host,
    PGPORT: String(databasePort),
    PGSSLMODE: 'verify-full',
    PGSSLROOTCERT: rootFile,
    PGUSER: input.user,
  };
}

/** ECS takes task definitions of 64 KiB; a quarter is left for the service's own settings and everything else. */
const mostBytes = 48 * 1024;

/**
 * Refuses SQL that no task definition could carry.
 *
 * @throws PlatformError that names the service and the size.
 */
export function refuseTooLarge(service: string, environments: readonly Readonly<Record<string, string>>[]): void {
  const bytes = Buffer.byteLength(JSON.stringify(environments));
  if (bytes <= mostBytes) return;
  throw new PlatformError(`services.${service} on aws`, [
    {
      path: `services.${service}`,
      got: `${bytes} bytes of SQL`,
      allowed: `at most ${mostBytes} bytes of SQL for all its databases, which a task definition carries`,
      remedy: 'let other services own some of its event stores, or use fewer databases',
    },
  ]);
}
