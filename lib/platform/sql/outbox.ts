import { databaseUser } from '../names';
import type { Service } from '../nouns/service';
import type { Platform } from '../platform';
import { ownerRole } from './roles';
import { identifier, type SqlStep } from './step';

/** Table of the messages that a service sends, inside its schema. */
export const outboxTable = 'mainstay_outbox';

/** Whether a service sends messages, and so has an outbox in each replicated database that it uses. */
export const sendsMessages = ({ uses }: Pick<Service, 'uses'>): boolean =>
  uses.publishes.length + uses.sends.length > 0;

/** Services that have an outbox in a replicated database. */
export const sendsFrom = ({ services }: Pick<Platform, 'services'>, database: string): readonly string[] =>
  Object.entries(services)
    .filter(([, service]) => sendsMessages(service) && service.uses.databases.includes(database))
    .map(([name]) => name);

/** What a service writes; the rest is given by the database. */
const written = ['message_id', 'destination', 'group_key', 'payload', 'metadata'];

/**
 * The outbox of a service: messages do not cross clouds, databases do. What is committed here reaches the other site, and can
 * be sent from there.
 *
 * The contract of a relay, which is part of the service or stands beside it:
 *
 * 1. The service inserts a message in the transaction of the change that it tells of. `destination` is the queue or topic by
 *    its name in the definition; `group_key` orders messages among themselves; `metadata` has the `correlation_id`.
 * 2. The relay takes messages by `take_outbox(maximum)` within a transaction, sends them in that order, each with its
 *    `message_id` as the key by which receivers know it again, then calls `sent_outbox(ids)` and commits. It is alone while
 *    it does: a second relay is given nothing.
 * 3. A relay that dies in between leaves messages unsent that were sent. So a receiver may get a message twice, and does it
 *    once: it keeps the `message_id` in the transaction of its work.
 * 4. After a promotion `replay_outbox(within)` takes back the mark of messages that were sent within that time, since a queue
 *    that is lost takes with it what nobody had received. It says how many are to be sent, these and those that never were.
 * 5. `purge_outbox(after)` removes what was sent longer ago than that; keep more than any outage takes.
 */
export function outboxSql(service: string): SqlStep {
  const user = identifier(databaseUser(service));
  const table = `${user}.${outboxTable}`;
  const named = (name: string): string => `${user}.${name}`;
  const functions = [
    `${named('take_outbox')}(integer)`,
    `${named('sent_outbox')}(uuid[])`,
    `${named('purge_outbox')}(interval)`,
    `${named('replay_outbox')}(interval)`,
  ];
  return {
    part: `outbox ${service}`,
    version: '0001',
    name: 'messages and relay',
    runs: 'once',
    sql: `\
CREATE TABLE ${table} (
  position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  message_id uuid NOT NULL UNIQUE DEFAULT gen_random_uuid(),
  destination text NOT NULL CHECK (destination <> ''),
  group_key text,
  payload jsonb NOT NULL,
  metadata jsonb NOT NULL CHECK (metadata ? 'correlation_id'),
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  sent_at timestamptz
);
CREATE INDEX ON ${table} (position) WHERE sent_at IS NULL;
CREATE INDEX ON ${table} (sent_at) WHERE sent_at IS NOT NULL;
ALTER TABLE ${table} OWNER TO ${ownerRole};
REVOKE ALL ON TABLE ${table} FROM PUBLIC;
GRANT SELECT, DELETE, INSERT (${written.join(', ')}), UPDATE (sent_at) ON TABLE ${table} TO ${user};

CREATE FUNCTION ${named('take_outbox')}(maximum integer DEFAULT 10) RETURNS SETOF ${table}
LANGUAGE sql VOLATILE
BEGIN ATOMIC
  WITH alone AS MATERIALIZED (SELECT pg_try_advisory_xact_lock(hashtextextended('${databaseUser(service)}.${outboxTable}', 0)) AS held)
  SELECT message.* FROM ${table} message, alone WHERE held AND sent_at IS NULL ORDER BY position LIMIT maximum;
END;
CREATE FUNCTION ${named('sent_outbox')}(ids uuid[]) RETURNS bigint
LANGUAGE sql VOLATILE
BEGIN ATOMIC
  WITH sent AS (UPDATE ${table} SET sent_at = clock_timestamp() WHERE message_id = ANY (ids) AND sent_at IS NULL RETURNING 1)
  SELECT count(*) FROM sent;
END;
CREATE FUNCTION ${named('purge_outbox')}(after interval DEFAULT '7 days') RETURNS bigint
LANGUAGE sql VOLATILE
BEGIN ATOMIC
  WITH gone AS (DELETE FROM ${table} WHERE sent_at < clock_timestamp() - after RETURNING 1) SELECT count(*) FROM gone;
END;
CREATE FUNCTION ${named('replay_outbox')}(within interval, OUT taken_back bigint, OUT unsent bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $body$
BEGIN
  UPDATE ${table} SET sent_at = NULL WHERE sent_at >= clock_timestamp() - within;
  GET DIAGNOSTICS taken_back = ROW_COUNT;
  unsent := (SELECT count(*) FROM ${table} WHERE sent_at IS NULL);
END
$body$;
${functions
  .flatMap((name) => [`REVOKE ALL ON FUNCTION ${name} FROM PUBLIC;`, `ALTER FUNCTION ${name} OWNER TO ${ownerRole};`])
  .join('\n')}
GRANT EXECUTE ON FUNCTION ${functions.slice(0, 3).join(', ')} TO ${user};`,
  };
}
