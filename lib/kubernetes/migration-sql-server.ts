import { posix } from 'node:path';
import { programStart } from '../platform/keeper-process';
import { databaseName, migrationWord } from '../platform/names';
import { sqlServersOn } from '../platform/placed-databases';
import { usersOn, type Platform, type SiteName } from '../platform/platform';
import { migrationWordOf } from '../platform/scopes';
import { sqlServerContents } from '../platform/sql/sql-server';
import type { SqlServerAdministration } from './cloud';
import { cloudToken } from './cloud-token';
import { temporaryMount, temporaryVolume } from './confinement';
import type { ClusterContext } from './context';
import type { MigrationRun } from './migration-job';
import { migrationName, migrationPaths } from './migration-settings';

/** Ours: Node.js, the text and one connection. */
const capacity = { vcpu: 0.1, memoryGiB: 0.25 };

/** A database of SQL Server whose contents are laid, and who has a user in it. */
export interface SqlServerUse {
  readonly database: string;
  readonly users: readonly string[];
}

/** The databases of SQL Server of a site whose contents are laid in the namespace of a word. */
export const sqlServerUses = (platform: Platform, site: SiteName, word = migrationWord): readonly SqlServerUse[] =>
  sqlServersOn(platform, site)
    .filter(([database]) => migrationWordOf(platform, database) === word)
    .map(([database]) => ({
      database,
      users: Object.entries(usersOn(platform, site))
        .filter(([, { uses }]) => uses.databases?.includes(database) === true)
        .map(([user]) => user),
    }));

/**
 * How a database of SQL Server is administered.
 *
 * @throws Error if the cloud has none.
 */
export function sqlServerOf({ cloud }: Pick<ClusterContext, 'cloud'>, database: string): SqlServerAdministration {
  const administration = cloud.sqlServer?.(database);
  if (administration === undefined)
    throw new Error(`databases.${database} must be on a cloud with SQL Server, not ${cloud.name}`);
  return administration;
}

/**
 * Lays the contents of one database of SQL Server by a program of the platform's own: all users at once, as one batch.
 *
 * @param image Image of the programs of the platform, by digest.
 */
export function sqlServerRun(context: ClusterContext, database: string, image: string): MigrationRun {
  const { cloud, platform, siteName } = context;
  const word = migrationWordOf(platform, database);
  const { host, port } = sqlServerOf(context, database);
  const sql = sqlServerContents(platform, siteName, database, (user) => cloud.identity(user).clientId);
  const token = cloudToken(cloud.identity(word));
  const command = [
    ...programStart,
    'bin/sql-contents.ts',
    ...['--server', host, '--port', String(port), '--database', databaseName(database), '--file', migrationPaths.sql],
  ];
  return {
    name: migrationName({ database, user: 'contents' }, [sql, image, ...command, JSON.stringify(token.env)]),
    component: database,
    files: { [posix.basename(migrationPaths.sql)]: sql },
    capacity,
    container: {
      name: 'contents',
      image,
      command,
      env: token.env,
      volumeMounts: [token.mount, temporaryMount],
    },
    volumes: [token.volume, temporaryVolume(capacity)],
  };
}
