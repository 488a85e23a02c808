import { databaseName } from '../names';
import type { Postgres } from '../nouns/database';
import { actingAs } from './acting';
import { beatSeconds } from './heartbeat';
import { keeperUser, platformSchema, replicationRole } from './roles';
import { loginSql, type Dialect } from './service';
import { identifier, roleWithLogin, type SqlStep } from './step';

/**
 * How long a site may write after its keeper last renewed the right, in seconds: how long a site writes on that can no longer
 * ask whether the other one leads, and how long a failover waits where it cannot reach the primary. Ours: a sixth of
 * RetailFlow's recovery time, and as long as most outages of a link take.
 */
export const leaseSeconds = 300;

/** How far apart the clocks of both sites may be, in seconds: ours, many times what time servers of a cloud promise. */
export const clockSkewSeconds = 5;

/** How long what began under a right that has ended may go on, in seconds: a statement waits for another one, and then runs. */
export const underWaySeconds = ({ statementTimeoutSeconds }: Pick<Postgres, 'statementTimeoutSeconds'>): number =>
  2 * statementTimeoutSeconds;

/** A keeper that is silent for so long has missed enough beats that somebody should look. */
export const silentSeconds = 6 * beatSeconds;

/** What the keeper may call. */
const functions = [
  'beat(text)',
  'behind(text)',
  'is_open()',
  'may_write()',
  'release_write_lease()',
  'renew_write_lease(integer)',
  'slot_lag()',
  'tend_tables()',
];

/** The SQL of the keeper: a user that logs in by an identity of its own, and calls a few functions. */
export const keeperSql = (database: string, dialect: Dialect): readonly SqlStep[] => [
  {
    part: 'replication keeper',
    version: '0001',
    name: 'login and what it may call',
    runs: 'always',
    sql: [
      roleWithLogin(keeperUser),
      loginSql(keeperUser, dialect),
      `ALTER ROLE ${keeperUser} CONNECTION LIMIT 4;`,
      `GRANT CONNECT ON DATABASE ${identifier(databaseName(database))} TO ${keeperUser};`,
      `GRANT USAGE ON SCHEMA ${platformSchema} TO ${keeperUser};`,
      actingAs(
        replicationRole,
        functions.map((name) => `GRANT EXECUTE ON FUNCTION ${platformSchema}.${name} TO ${keeperUser};`).join('\n'),
      ),
    ].join('\n'),
  },
];
