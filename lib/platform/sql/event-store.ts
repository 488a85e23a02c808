import { databaseUser, eventTable } from '../names';
import { auditRole, ownerRole, platformSchema } from './roles';
import { identifier, type SqlStep } from './step';

/** What a service writes; the rest is given by the database, so that nobody can forge it. */
const written = ['stream_id', 'stream_version', 'type', 'payload', 'metadata'];

/**
 * The table of an event store and its replay. Nobody changes or removes an event: neither the service, which may only
 * read and append, nor the owner of the table.
 *
 * - `position` orders all events of the store, in the order in which they became visible. It may have gaps.
 * - `stream_version` is unique within a stream: two writers that both saw version 4 cannot both write version 5.
 * - `metadata` carries the `correlation_id` of the request that caused the event.
 * - Appends to one store take turns until commit: keep the transaction that appends short.
 * - `read_<store>_events(after, maximum)` replays from a position; begin after 0 and go on after the last one read.
 */
export function eventStoreSql(store: string, owner: string): readonly SqlStep[] {
  const user = identifier(databaseUser(owner));
  const table = `${user}.${identifier(eventTable(store))}`;
  const reader = `${user}.${identifier(`read_${eventTable(store)}`)}`;
  return [
    {
      part: `events ${store}`,
      version: '0001',
      name: 'append-only table and replay',
      runs: 'once',
      sql: `\
CREATE TABLE ${table} (
  position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  stream_id text NOT NULL,
  stream_version bigint NOT NULL CHECK (stream_version > 0),
  type text NOT NULL,
  payload jsonb NOT NULL,
  metadata jsonb NOT NULL CHECK (metadata ? 'correlation_id'),
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  UNIQUE (stream_id, stream_version)
);
ALTER TABLE ${table} OWNER TO ${ownerRole};
REVOKE ALL ON TABLE ${table} FROM PUBLIC;
GRANT SELECT, INSERT (${written.join(', ')}) ON TABLE ${table} TO ${user};
GRANT INSERT, UPDATE, DELETE ON TABLE ${table} TO ${auditRole};

CREATE TRIGGER append_in_turn BEFORE INSERT ON ${table}
  FOR EACH STATEMENT EXECUTE FUNCTION ${platformSchema}.append_in_turn();
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
  FOR EACH STATEMENT EXECUTE FUNCTION ${platformSchema}.refuse_change();
ALTER TABLE ${table} ENABLE ALWAYS TRIGGER refuse_change;

CREATE FUNCTION ${reader}(after bigint DEFAULT 0, maximum integer DEFAULT 1000) RETURNS SETOF ${table}
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT * FROM ${table} WHERE position > after ORDER BY position LIMIT maximum;
END;
ALTER FUNCTION ${reader}(bigint, integer) OWNER TO ${ownerRole};
REVOKE ALL ON FUNCTION ${reader}(bigint, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ${reader}(bigint, integer) TO ${user};`,
    },
  ];
}
