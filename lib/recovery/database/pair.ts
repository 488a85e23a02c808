import type { SiteName } from '../../platform/platform';
import { recoverySlot } from '../../platform/sql/publisher';
import { recoverySubscription } from '../../platform/sql/roles';
import { one, Unreachable, type Row, type Sql } from '../sql';
import { Refusal } from '../step';

/** A database on one of its sites, with the rights of the administrator who applied the platform's SQL there. */
export interface SiteDatabase {
  readonly site: SiteName;
  readonly sql: Sql;
}

/** A database on the site that leads and on the one that is to take over. */
export interface DatabasePair {
  /** Name in the definition. */
  readonly name: string;
  readonly from: SiteDatabase;
  readonly to: SiteDatabase;
}

/** Name of the slot by which the site that takes over reads. */
export const slotOf = ({ name }: DatabasePair): string => recoverySlot(name);

/** What a database says of itself. */
export interface SiteState {
  /** It has the right to write, were it in time. */
  readonly open: boolean;
  /** It has the right to write, and is in time. */
  readonly writes: boolean;
  readonly subscribed: boolean;
}

export async function stateOf({ sql }: SiteDatabase): Promise<SiteState> {
  const row = await one(
    sql,
    `SELECT open, open AND valid_until > clock_timestamp() AS writes, EXISTS (SELECT FROM pg_subscription WHERE subname = $1
       AND subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())) AS subscribed
     FROM mainstay.write_lease`,
    [recoverySubscription],
  );
  return { open: row['open'] === true, writes: row['writes'] === true, subscribed: row['subscribed'] === true };
}

/** The last beat that a database has of a site, or nothing: everything that was acknowledged before `at` is there. */
export interface Beat {
  /** As the database writes it, to the microsecond. */
  readonly at: string;
  readonly seconds: number;
  /** How long the right to write lasted then, in seconds; absent while no keeper has ever renewed it. */
  readonly leaseSeconds?: number;
}

export async function beatOf({ sql }: SiteDatabase, site: SiteName): Promise<Beat | undefined> {
  const [row] = await sql.query('SELECT at::text AS at, seconds, lease_seconds FROM mainstay.behind($1)', [site]);
  if (row === undefined) return undefined;
  const lease = row['lease_seconds'];
  return {
    at: text(row, 'at'),
    seconds: Number(row['seconds']),
    ...(lease === null || lease === undefined ? {} : { leaseSeconds: Number(lease) }),
  };
}

export const text = (row: Row, column: string): string => {
  const value = row[column];
  if (typeof value !== 'string') throw new Error(`column ${column} must be text, got ${typeof value}`);
  return value;
};

/** What a database answered, or that it cannot be reached. */
export async function ifReachable<T>(ask: () => Promise<T>): Promise<T | Unreachable> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Unreachable) return error;
    throw error;
  }
}

/** Asks the site that takes over, without which nothing can be done. */
export async function within<T>({ name, to }: DatabasePair, ask: (database: SiteDatabase) => Promise<T>): Promise<T> {
  const answer = await ifReachable(async () => ask(to));
  if (!(answer instanceof Unreachable)) return answer;
  throw new Refusal(
    `${name} on the ${to.site} site cannot be reached from here (${answer.message})`,
    'run this from where it can be reached, such as the cluster of that site; nothing of this step was done',
  );
}
