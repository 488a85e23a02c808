import { databaseName } from '../names';
import { actingAs } from './acting';
import { platformSchema, recoverySubscription, replicationRole, standbyUser } from './roles';
import type { Dialect } from './service';
import { identifier, literal, roleWithLogin, type SqlStep } from './step';

/**
 * Setting of the session that applies the SQL: the password of the user by which the other site reads. It comes from the
 * secret when the job starts, `PGOPTIONS='-c mainstay.standby_password=…'`, so that it is in no text of SQL that anybody
 * keeps. Letters, digits, `-` and `_` alone.
 */
export const passwordSetting = 'mainstay.standby_password';

/** Slot of a database on the site that leads. */
export const recoverySlot = (database: string): string => `${recoverySubscription}_${databaseName(database)}`;

/** What the session was told, as SQL reads it. */
export const password = `current_setting(${literal(passwordSetting)})`;

/** Statement that fails before anything else does, and without a word of the password, if the session was told none. */
export const passwordTold = `\
  IF coalesce(current_setting(${literal(passwordSetting)}, true), '') !~ '^[A-Za-z0-9_-]{16,}$' THEN
    RAISE EXCEPTION 'the session must be told ${passwordSetting}: 16 or more letters, digits, - and _';
  END IF;`;

/** What lets a user read the write-ahead log, as each provider grants it. */
const mayReplicate = {
  aws: `GRANT rds_replication TO ${standbyUser};`,
  azure: `ALTER ROLE ${standbyUser} REPLICATION;`,
} as const satisfies Record<Dialect, string>;

/**
 * The SQL of a site that is read by the other one: a user with a password who reads the log and the tables. Its tables are
 * opened to it by `tend_tables()`, new ones too. Applied again, it takes the password that the session is told then.
 */
export const publisherSql = (database: string, dialect: Dialect): readonly SqlStep[] => [
  {
    part: 'replication publisher',
    version: '0001',
    name: 'user of the other site',
    runs: 'always',
    sql: `\
DO $do$
BEGIN
${passwordTold}
END
$do$;
${roleWithLogin(standbyUser)}
DO $do$
BEGIN
  EXECUTE format('ALTER ROLE ${standbyUser} PASSWORD %L', ${password});
EXCEPTION WHEN OTHERS THEN
  RAISE EXCEPTION 'the password of ${standbyUser} was not set: %', SQLERRM USING ERRCODE = SQLSTATE;
END
$do$;
${mayReplicate[dialect]}
ALTER ROLE ${standbyUser} CONNECTION LIMIT 16;
GRANT CONNECT ON DATABASE ${identifier(databaseName(database))} TO ${standbyUser};
GRANT USAGE ON SCHEMA ${platformSchema} TO ${standbyUser};
GRANT SELECT ON ALL TABLES IN SCHEMA ${platformSchema} TO ${standbyUser};
${actingAs(replicationRole, `SELECT ${platformSchema}.tend_tables();`)}`,
  },
];

/**
 * The slot of the site that leads, through which the other one reads, unless it is there. Applied right before the other site
 * subscribes and not with every release: what a slot's reader has not read is kept, so a slot without a reader fills the
 * disk. `max_slot_wal_keep_size` bounds it where the engine has that; where it does not, a warning says so.
 *
 * With version 17, the slot is one that the primary's own standbys take over when it fails over.
 */
export const slotSql = (database: string, version: string): SqlStep => ({
  part: 'replication slot',
  version: '0001',
  name: 'slot of the other site',
  runs: 'always',
  sql: `\
DO $do$
BEGIN
  IF current_setting('max_slot_wal_keep_size') = '-1' THEN
    RAISE WARNING 'max_slot_wal_keep_size bounds no slot on this server: watch the alarm SlotStorageHigh';
  END IF;
  IF NOT EXISTS (SELECT FROM pg_replication_slots WHERE slot_name = ${literal(recoverySlot(database))}) THEN
    PERFORM pg_create_logical_replication_slot(${literal(recoverySlot(database))}, 'pgoutput'${Number(version) >= 17 ? ', failover => true' : ''});
  END IF;
END
$do$;`,
});
