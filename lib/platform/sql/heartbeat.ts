import { actingAs, ownedBy } from './acting';
import { ownerRole, platformSchema, replicationRole } from './roles';
import type { SqlStep } from './step';

/** Seconds between two beats of a keeper. What a standby knows of its primary is this old at least. */
export const beatSeconds = 5;

/**
 * What a site that leads writes every few seconds, and what the other one reads from it when it is lost.
 *
 * A subscription commits in the order of the primary. So a beat that has arrived says: everything that was acknowledged
 * before it is here. Its age bounds what a failover loses.
 *
 * - `heartbeat` has a row a site: when it last led, where its log stood, how long its right to write lasted then.
 * - `sequence_positions` says where its sequences stood. Sequences are not replicated, and the largest value of a column
 *   says nothing of numbers that were given out and rolled back, or that no column keeps.
 * - `beat(site)` writes both, and nothing on a site that may not write.
 * - `behind(site)` says how old the last beat is that arrived from a site.
 * - `slot_lag()` says for each slot of this database how many bytes its reader has not confirmed.
 */
export const heartbeat: readonly SqlStep[] = [
  {
    part: 'replication heartbeat',
    version: '0001',
    name: 'beats and positions',
    runs: 'once',
    sql: `\
CREATE TABLE ${platformSchema}.heartbeat (
  site text PRIMARY KEY,
  beat bigint NOT NULL,
  at timestamptz NOT NULL,
  lsn pg_lsn NOT NULL,
  lease_until timestamptz NOT NULL,
  lease_seconds integer
);
ALTER TABLE ${platformSchema}.heartbeat OWNER TO ${ownerRole};
CREATE TABLE ${platformSchema}.sequence_positions (
  schema_name name NOT NULL,
  sequence_name name NOT NULL,
  last_value bigint NOT NULL,
  PRIMARY KEY (schema_name, sequence_name)
);
ALTER TABLE ${platformSchema}.sequence_positions OWNER TO ${ownerRole};`,
  },
  {
    part: 'replication heartbeat',
    version: '0002',
    name: 'beat and lag',
    runs: 'always',
    sql: actingAs(
      replicationRole,
      `\
CREATE OR REPLACE FUNCTION ${platformSchema}.record_positions() RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $body$
  INSERT INTO ${platformSchema}.sequence_positions AS known (schema_name, sequence_name, last_value)
    SELECT schemaname, sequencename, last_value FROM pg_sequences
    WHERE starts_with(schemaname, 'svc_') AND last_value IS NOT NULL
    ON CONFLICT (schema_name, sequence_name) DO UPDATE SET last_value = excluded.last_value
    WHERE known.last_value <> excluded.last_value
$body$;

CREATE OR REPLACE FUNCTION ${platformSchema}.beat(of_site text) RETURNS timestamptz
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $body$
DECLARE
  written timestamptz;
BEGIN
  IF NOT ${platformSchema}.may_write() THEN
    RETURN NULL;
  END IF;
  PERFORM ${platformSchema}.record_positions();
  INSERT INTO ${platformSchema}.heartbeat AS known (site, beat, at, lsn, lease_until, lease_seconds)
    SELECT of_site, 1, clock_timestamp(), pg_current_wal_lsn(), valid_until, seconds FROM ${platformSchema}.write_lease
    ON CONFLICT (site) DO UPDATE SET beat = known.beat + 1, at = excluded.at, lsn = excluded.lsn,
      lease_until = excluded.lease_until, lease_seconds = excluded.lease_seconds
    RETURNING at INTO written;
  RETURN written;
END
$body$;

CREATE OR REPLACE FUNCTION ${platformSchema}.behind(of_site text)
RETURNS TABLE (site text, beat bigint, at timestamptz, seconds numeric, lsn pg_lsn, lease_until timestamptz, lease_seconds integer)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $body$
  SELECT site, beat, at, round(extract(epoch FROM clock_timestamp() - at), 3), lsn, lease_until, lease_seconds
  FROM ${platformSchema}.heartbeat WHERE site = of_site
$body$;

CREATE OR REPLACE FUNCTION ${platformSchema}.slot_lag()
RETURNS TABLE (slot_name name, active boolean, bytes numeric, wal_status text, safe_bytes bigint)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $body$
  SELECT slot_name, active, pg_wal_lsn_diff(pg_current_wal_lsn(), confirmed_flush_lsn), wal_status, safe_wal_size
  FROM pg_replication_slots WHERE database = current_database() AND slot_type = 'logical'
$body$;

${ownedBy(replicationRole, ['record_positions()', 'beat(text)', 'behind(text)', 'slot_lag()'])}`,
    ),
  },
];
