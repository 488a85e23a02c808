import type { Platform } from '../platform';
import { isReplicated, postgresOf } from './database';
import { heartbeat } from './heartbeat';
import { keeperSql } from './keeper';
import { publisherSql, slotSql } from './publisher';
import { reseed } from './reseed';
import { sequences } from './sequences';
import type { Dialect } from './service';
import type { SqlStep } from './step';
import { subscriberSql, type Publisher } from './subscription';
import { upkeep } from './upkeep';
import { writeLease } from './write-lease';
import { writes } from './writes';

/**
 * The SQL that a replicated database has on both sites, beside what {@link databaseSql} gives it: the right to write, beats,
 * the upkeep of tables, sequences, fences, the keeper. It is applied after every service's SQL, on either site, and changes
 * nothing for services: a site that never heard of a keeper writes for ever.
 *
 * @throws Error if the platform has no such database, or it has no second site.
 */
export function replicationSql(platform: Platform, database: string, dialect: Dialect): readonly SqlStep[] {
  refuseAlone(platform, database);
  return [...writeLease, ...heartbeat, ...upkeep, ...sequences, ...writes, ...reseed, ...keeperSql(database, dialect)];
}

/**
 * The SQL by which a site lets another one follow it: `user` at any time, `slot` right before the other one subscribes. The
 * session must be told the password: {@link passwordSetting}.
 *
 * @throws Error if the platform has no such database, or it has no second site.
 */
export function leadingSql(
  platform: Platform,
  database: string,
  dialect: Dialect,
): { readonly user: readonly SqlStep[]; readonly slot: readonly SqlStep[] } {
  const { version } = refuseAlone(platform, database);
  return { user: publisherSql(database, dialect), slot: [slotSql(database, version)] };
}

/**
 * The SQL by which a site follows another one. The session must be told the password: {@link passwordSetting}.
 *
 * @throws Error if the platform has no such database, or it has no second site.
 */
export function followingSql(platform: Platform, database: string, publisher: Publisher): readonly SqlStep[] {
  const { version } = refuseAlone(platform, database);
  return subscriberSql(database, version, publisher);
}

function refuseAlone(platform: Platform, database: string) {
  const spec = postgresOf(platform, database);
  if (!isReplicated(platform, database)) {
    throw new Error(
      `databases.${database}.on must have recovery, and the stage a recovery site, for the database to be replicated: place it there`,
    );
  }
  return spec;
}
