import { createHash } from 'node:crypto';
import { databaseName } from '../platform/names';
import { postgresOn } from '../platform/placed-databases';
import { usersOn, type Platform, type SiteName } from '../platform/platform';
import { databaseSql } from '../platform/sql/database';
import { functionSql } from '../platform/sql/function';
import { migrationScript } from '../platform/sql/runner';
import { principalSetting, serviceSql, type Dialect } from '../platform/sql/service';
import type { DatabaseAdministration } from './cloud';

/** Somebody whose user a database has: a service, or a function. */
export interface DatabaseUse {
  readonly database: string;
  readonly user: string;
  readonly kind: 'function' | 'service';
}

/**
 * Who has a user in which PostgreSQL database of a site, services first: what a function reads belongs to services, whose
 * schemas must be there.
 */
export function databaseUses(platform: Platform, site: SiteName): readonly DatabaseUse[] {
  const users = Object.entries(usersOn(platform, site));
  const kinds = ['service', 'function'] as const;
  return kinds.flatMap((kind) =>
    postgresOn(platform, site).flatMap(([database]) =>
      users
        .filter(([user]) => Object.hasOwn(platform.services, user) === (kind === 'service'))
        .filter(([, { uses }]) => uses.databases?.includes(database) === true)
        .map(([user]) => ({ database, user, kind })),
    ),
  );
}

/** The SQL of the platform for one user of a database, as one script for psql: the same as on every other cloud, but for the login. */
export const migrationSql = (
  platform: Platform,
  { database, kind, user }: DatabaseUse,
  dialect: Dialect = 'azure',
): string =>
  migrationScript([
    ...databaseSql(platform, database),
    ...(kind === 'service' ? serviceSql(platform, database, user, dialect) : functionSql(platform, database, user)),
  ]);

/** Where the container finds the SQL, the token of its account, and room to write. */
export const migrationPaths = {
  sql: '/sql/migration.sql',
  root: '/sql/root.pem',
  account: '/var/run/secrets/mainstay/token',
  scratch: '/tmp',
} as const;

/**
 * Exchanges the token of the pod's account for one of the cloud, which the server takes in place of a password, and gives
 * the SQL to psql; its exit code is psql's. The request is read from a file in memory and the answer never written, so
 * that neither stands in a list of processes or on a disk. An identity that was tied to the account a moment ago is not
 * known everywhere, so the exchange is tried for a minute.
 */
const script = `set -eu
form="$MIGRATION_SCRATCH/form"
umask 077
trap 'rm -f "$form"' EXIT
exchange() {
  printf '%s&client_assertion=%s' "$TOKEN_FORM" "$(cat "$ACCOUNT_TOKEN_FILE")" > "$form"
  wget -q -T 20 -O - --header 'Content-Type: application/x-www-form-urlencoded' --post-file "$form" "$TOKEN_URL"
}
tries=0
until answer="$(exchange)"; do
  tries=$((tries + 1))
  if [ "$tries" -ge 6 ]; then
    echo "no token from $TOKEN_URL: is the identity tied to this account?" >&2
    exit 4
  fi
  sleep 10
done
PGPASSWORD="$(printf '%s' "$answer" | sed -n 's/.*"access_token" *: *"\\([^"]*\\)".*/\\1/p')"
if [ -z "$PGPASSWORD" ]; then
  echo "no access token in the answer of $TOKEN_URL" >&2
  exit 4
fi
export PGPASSWORD
rm -f "$form"
psql --no-psqlrc --quiet --file "$MIGRATION_SQL"
`;

/** What the container of a migration runs. */
export const migrationCommand: readonly string[] = ['/bin/sh', '-c', script];

/** What it runs where the password stands in its environment. */
export const passwordCommand: readonly string[] = ['/bin/sh', '-c', 'psql --no-psqlrc --quiet --file "$MIGRATION_SQL"'];

/** What a form says, as the web spells it; the same order each time. */
const formOf = (fields: Readonly<Record<string, string>>): string =>
  Object.keys(fields)
    .sort()
    .map((name) => `${name}=${encodeURIComponent(fields[name] ?? '')}`)
    .join('&');

/**
 * The environment in which psql applies the SQL: as the administrator, to the very server and not its pool, by a connection
 * whose other end has proved its name to the roots that the image brings.
 *
 * @param principal Object id of the identity whose user the SQL makes.
 */
export const migrationEnvironment = (
  { database }: Pick<DatabaseUse, 'database'>,
  { dialect, host, login, port, root, user }: DatabaseAdministration,
  principal: string,
): Readonly<Record<string, string>> => ({
  ...(login.by === 'token'
    ? { ACCOUNT_TOKEN_FILE: migrationPaths.account, MIGRATION_SCRATCH: migrationPaths.scratch }
    : {}),
  MIGRATION_SQL: migrationPaths.sql,
  PGAPPNAME: 'mainstay-migration',
  PGCONNECT_TIMEOUT: '15',
  PGDATABASE: databaseName(database),
  PGHOST: host,
  ...(dialect === 'azure' ? { PGOPTIONS: `-c ${principalSetting}=${principal}` } : {}),
  PGPORT: String(port),
  PGSSLMODE: 'verify-full',
  PGSSLROOTCERT: root === undefined ? 'system' : migrationPaths.root,
  PGUSER: user,
  ...(login.by === 'token' ? { TOKEN_FORM: formOf(login.form), TOKEN_URL: login.url } : {}),
});

/** How many characters of a digest tell one text of SQL from another. */
const digestLength = 10;

/** Longest name of a Job, which its pods have as a label. */
const longestName = 63;

/**
 * Name of a migration. A Job runs once and cannot be changed, so its name changes with what it does.
 *
 * @param what All that it is made from: the SQL, the settings with the identity that it ties to the user, the image.
 */
export function migrationName({ database, user }: Omit<DatabaseUse, 'kind'>, what: readonly string[]): string {
  const digest = createHash('sha256').update(JSON.stringify(what)).digest('hex').slice(0, digestLength);
  const words = `${database}-${user}`.slice(0, longestName - digestLength - 1).replace(/-+$/, '');
  return `${words}-${digest}`;
}
