import { databaseName } from '../names';
import { actingAs, ownedBy } from './acting';
import { password, passwordTold, recoverySlot } from './publisher';
import { platformSchema, recoveryPublication, recoverySubscription, replicationRole, standbyUser } from './roles';
import { identifier, literal, type SqlStep } from './step';

/** How a site reaches the one that it follows. */
export interface Publisher {
  /** Endpoint of the writer: never the proxy or the pool, which speak no replication. */
  readonly host: string;
  readonly port: number;
  /**
   * How the server proves who it is. `verify-full`: by its certificate. `channel-binding`: by knowing the verifier of the
   * password within the same encrypted connection, where the site that reads cannot be given the root of the certificate.
   * `loopback`: not at all; for servers of one machine.
   */
  readonly proof: 'verify-full' | 'channel-binding' | 'loopback';
  /** File on the reading server with the root of the certificate. @default 'system': what the server trusts anyway */
  readonly rootCertificate?: string;
}

const proofs = {
  'verify-full': { sslmode: 'verify-full', channel_binding: 'require' },
  'channel-binding': { sslmode: 'require', channel_binding: 'require' },
  loopback: { sslmode: 'disable' },
} as const;

/** The connection of a subscription, without its password, as libpq reads it. */
export function connectionOf(database: string, { host, port, proof, rootCertificate = 'system' }: Publisher): string {
  const settings: Readonly<Record<string, string>> = {
    host,
    port: String(port),
    dbname: databaseName(database),
    user: standbyUser,
    application_name: recoverySlot(database),
    connect_timeout: '10',
    // A link that is cut says nothing: the reader asks, and begins anew after half a minute of silence.
    keepalives_idle: '10',
    keepalives_interval: '5',
    keepalives_count: '4',
    ...proofs[proof],
    ...(proof === 'verify-full' ? { sslrootcert: rootCertificate } : {}),
  };
  return Object.entries(settings)
    .map(([name, value]) => `${name}='${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`)
    .join(' ');
}

/** The subscription of this database; others of the server have theirs. */
const subscribed = `pg_subscription WHERE subname = ${literal(recoverySubscription)}
    AND subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())`;

/**
 * The SQL of a site that follows: it may not write from here on, and has a subscription, which does nothing until `follow()`
 * is called. The slot must be there; the subscription makes none.
 *
 * - Rows are applied as the role `mainstay_replication`, which becomes the owner of each table for it: triggers of a service
 *   run with the rights of that service alone.
 * - Only what was written on the other site itself is taken (`origin = none`), so nothing goes round.
 * - The statement holds the password when it runs. An error is told without its text, and the audit log is off for it where
 *   the provider lets the administrator do that; it says so where not.
 *
 * Applied again, it takes the connection and the password that it is told then.
 */
export function subscriberSql(database: string, version: string, publisher: Publisher): readonly SqlStep[] {
  const options = [
    'create_slot = false',
    'enabled = false',
    'copy_data = true',
    `slot_name = ${literal(recoverySlot(database))}`,
    'streaming = parallel',
    'origin = none',
    ...(Number(version) >= 17 ? ['failover = true'] : []),
  ].join(', ');
  const connection = `${literal(`${connectionOf(database, publisher)} password=`)} || ${password}`;
  const create = `CREATE SUBSCRIPTION ${recoverySubscription} CONNECTION %L PUBLICATION ${recoveryPublication} WITH (${options})`;
  return [
    {
      part: 'replication subscriber',
      version: '0001',
      name: 'subscription, at rest',
      runs: 'always',
      sql: `\
GRANT pg_create_subscription TO ${replicationRole};
GRANT CREATE ON DATABASE ${identifier(databaseName(database))} TO ${replicationRole};
UPDATE ${platformSchema}.write_lease SET open = false, changed_at = clock_timestamp() WHERE open;
DO $do$
BEGIN
${passwordTold}
  BEGIN
    SET LOCAL pgaudit.log = 'none';
  EXCEPTION WHEN OTHERS THEN
    RAISE WARNING 'the audit log of this server will hold the connection with its password: %', SQLERRM;
  END;
END
$do$;
${actingAs(
  replicationRole,
  `SET LOCAL ROLE ${replicationRole};
DO $do$
BEGIN
  IF EXISTS (SELECT FROM ${subscribed}) THEN
    EXECUTE format('ALTER SUBSCRIPTION ${recoverySubscription} CONNECTION %L', ${connection});
  ELSE
    EXECUTE format(${literal(create)}, ${connection});
  END IF;
EXCEPTION WHEN OTHERS THEN
  RAISE EXCEPTION 'the subscription to ${publisher.host}:${publisher.port} was not made: %', SQLERRM;
END
$do$;
RESET ROLE;`,
)}`,
    },
    { part: 'replication subscriber', version: '0002', name: 'follow and leave', runs: 'always', sql: following },
  ];
}

/**
 * `follow()` lets the subscription run. `leave()` ends it for good, with or without the other site: the slot there is given up
 * by name and must be dropped there, which `leave` says.
 */
const following = actingAs(
  replicationRole,
  `\
CREATE OR REPLACE FUNCTION ${platformSchema}.follow() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $body$
BEGIN
  ALTER SUBSCRIPTION ${recoverySubscription} ENABLE;
END
$body$;

CREATE OR REPLACE FUNCTION ${platformSchema}.leave() RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $body$
DECLARE
  slot text;
BEGIN
  SELECT coalesce(subslotname, 'none') INTO slot FROM ${subscribed};
  IF slot IS NOT NULL THEN
    ALTER SUBSCRIPTION ${recoverySubscription} DISABLE;
    ALTER SUBSCRIPTION ${recoverySubscription} SET (slot_name = NONE);
    DROP SUBSCRIPTION ${recoverySubscription};
  END IF;
  RETURN slot;
END
$body$;
${ownedBy(replicationRole, ['follow()', 'leave()'])}`,
);

/**
 * Makes a subscription know tables that were made since: each statement in a transaction of its own, in one session of the
 * administrator of the site that follows, and `after` whatever came of it. A new table is replicated from then on, and not before.
 */
export const refreshSubscription = {
  before: [`GRANT ${replicationRole} TO CURRENT_USER;`, `SET ROLE ${replicationRole};`],
  refresh: `ALTER SUBSCRIPTION ${recoverySubscription} REFRESH PUBLICATION;`,
  after: ['RESET ROLE;', `REVOKE ${replicationRole} FROM CURRENT_USER;`],
} as const;
