import { actingAs, ownedBy } from './acting';
import { ownerRole, platformSchema, replicationRole } from './roles';
import type { SqlStep } from './step';

/** Users of services in this database: they may connect, and make tables in a schema of their own name. */
const serviceUsers = `pg_roles r JOIN pg_namespace s ON s.nspname = r.rolname
    WHERE starts_with(r.rolname, 'svc_') AND has_schema_privilege(r.oid, s.oid, 'CREATE')`;

const serviceSessions = `pg_stat_activity
    WHERE datname = current_database() AND usename IN (SELECT r.rolname FROM ${serviceUsers})`;

/**
 * What closes a site for writing, and what opens it. Each may be called again.
 *
 * - `fence_writes(site)` ends the right to write, takes services their logins, makes their sessions read-only by default, ends
 *   those that are open, and writes a last beat, so that the other site knows where every sequence stood at the end. When it
 *   has returned and committed, nothing of a service is in flight.
 * - `begin_promotion(run)` refuses a second one: while another is not ended, or on a site that leads.
 * - `open_writes(run, seconds)` gives services their logins back and the site the right to write, for a first time that its
 *   keeper must renew.
 * - `end_promotion(run)` writes down that it is done; `abandon_promotion(run)` that one is given up which opened nothing.
 *
 * They change roles, so the administrator calls them, who made these roles.
 */
export const writes: readonly SqlStep[] = [
  {
    part: 'replication writes',
    version: '0001',
    name: 'promotions',
    runs: 'once',
    sql: `\
CREATE TABLE ${platformSchema}.promotions (
  run text PRIMARY KEY CHECK (run <> ''),
  began_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  opened_at timestamptz,
  ended_at timestamptz
);
ALTER TABLE ${platformSchema}.promotions OWNER TO ${ownerRole};
CREATE TRIGGER keep_local BEFORE INSERT OR UPDATE OR DELETE ON ${platformSchema}.promotions
  FOR EACH ROW EXECUTE FUNCTION ${platformSchema}.keep_local();
ALTER TABLE ${platformSchema}.promotions ENABLE REPLICA TRIGGER keep_local;`,
  },
  {
    part: 'replication writes',
    version: '0002',
    name: 'sessions and last beat',
    runs: 'always',
    sql: actingAs(
      replicationRole,
      `\
CREATE OR REPLACE FUNCTION ${platformSchema}.end_sessions() RETURNS TABLE (gone integer, left_over integer)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $body$
BEGIN
  gone := (SELECT count(*) FILTER (WHERE pg_terminate_backend(pid, 5000)) FROM ${serviceSessions});
  PERFORM pg_stat_clear_snapshot();
  left_over := (SELECT count(*) FROM ${serviceSessions});
  RETURN NEXT;
END
$body$;

CREATE OR REPLACE FUNCTION ${platformSchema}.last_beat(of_site text) RETURNS timestamptz
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $body$
DECLARE
  written timestamptz;
BEGIN
  PERFORM ${platformSchema}.record_positions();
  UPDATE ${platformSchema}.heartbeat SET beat = beat + 1, at = clock_timestamp(), lsn = pg_current_wal_lsn()
    WHERE site = of_site RETURNING at INTO written;
  RETURN written;
END
$body$;
${ownedBy(replicationRole, ['end_sessions()', 'last_beat(text)'])}`,
    ),
  },
  {
    part: 'replication writes',
    version: '0003',
    name: 'fence and open',
    runs: 'always',
    sql: `\
CREATE OR REPLACE PROCEDURE ${platformSchema}.fence_writes(of_site text, INOUT users integer, INOUT ended integer, INOUT at timestamptz)
LANGUAGE plpgsql AS $body$
DECLARE
  service record;
  remaining integer;
  tries integer := 0;
BEGIN
  UPDATE ${platformSchema}.write_lease SET open = false, changed_at = clock_timestamp() WHERE open;
  users := 0;
  FOR service IN SELECT r.rolname FROM ${serviceUsers} ORDER BY 1 LOOP
    EXECUTE format('ALTER ROLE %I NOLOGIN', service.rolname);
    EXECUTE format('ALTER ROLE %I IN DATABASE %I SET default_transaction_read_only = on', service.rolname, current_database());
    users := users + 1;
  END LOOP;
  COMMIT;
  ended := 0;
  LOOP
    SELECT ended + e.gone, e.left_over INTO ended, remaining FROM ${platformSchema}.end_sessions() e;
    tries := tries + 1;
    EXIT WHEN remaining = 0;
    IF tries >= 3 THEN
      RAISE EXCEPTION '% sessions of services would not end: nothing is fenced while they last', remaining USING
        ERRCODE = 'object_in_use', HINT = 'Look at pg_stat_activity, and call this again.';
    END IF;
  END LOOP;
  at := ${platformSchema}.last_beat(of_site);
END
$body$;

CREATE OR REPLACE FUNCTION ${platformSchema}.begin_promotion(of_run text) RETURNS timestamptz
LANGUAGE plpgsql SET search_path = pg_catalog AS $body$
DECLARE
  other ${platformSchema}.promotions;
  began timestamptz;
BEGIN
  LOCK TABLE ${platformSchema}.promotions IN SHARE ROW EXCLUSIVE MODE;
  SELECT * INTO other FROM ${platformSchema}.promotions WHERE run <> of_run AND ended_at IS NULL ORDER BY began_at LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'promotion % began at % and has not ended', other.run, other.began_at USING
      ERRCODE = 'object_in_use', HINT = 'Resume it by its name, or end it by hand. Runbook: failover.';
  END IF;
  INSERT INTO ${platformSchema}.promotions AS known (run) VALUES (of_run)
    ON CONFLICT (run) DO UPDATE SET run = known.run RETURNING known.began_at INTO began;
  IF EXISTS (SELECT FROM ${platformSchema}.write_lease WHERE open)
    AND NOT EXISTS (SELECT FROM ${platformSchema}.promotions WHERE run = of_run AND opened_at IS NOT NULL) THEN
    SELECT * INTO other FROM ${platformSchema}.promotions WHERE opened_at IS NOT NULL ORDER BY opened_at DESC LIMIT 1;
    RAISE EXCEPTION 'this site leads already, by %', coalesce('promotion ' || other.run || ' of ' || other.opened_at, 'its setup')
      USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Nothing is to be promoted. Runbook: failover.';
  END IF;
  RETURN began;
END
$body$;

CREATE OR REPLACE FUNCTION ${platformSchema}.open_writes(of_run text, for_seconds integer) RETURNS integer
LANGUAGE plpgsql SET search_path = pg_catalog AS $body$
DECLARE
  service record;
  users integer := 0;
BEGIN
  UPDATE ${platformSchema}.promotions SET opened_at = coalesce(opened_at, clock_timestamp()) WHERE run = of_run AND ended_at IS NULL;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'promotion % was not begun, or has ended', of_run USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  IF EXISTS (SELECT FROM pg_subscription WHERE subenabled AND subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())) THEN
    RAISE EXCEPTION 'this site still follows the other one' USING
      ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Stop its subscription first. Runbook: failover.';
  END IF;
  FOR service IN SELECT r.rolname FROM ${serviceUsers} ORDER BY 1 LOOP
    EXECUTE format('ALTER ROLE %I LOGIN', service.rolname);
    EXECUTE format('ALTER ROLE %I IN DATABASE %I RESET default_transaction_read_only', service.rolname, current_database());
    users := users + 1;
  END LOOP;
  UPDATE ${platformSchema}.write_lease SET open = true, seconds = for_seconds, changed_at = clock_timestamp(),
    valid_until = clock_timestamp() + make_interval(secs => for_seconds);
  RETURN users;
END
$body$;

CREATE OR REPLACE FUNCTION ${platformSchema}.end_promotion(of_run text) RETURNS timestamptz
LANGUAGE sql SET search_path = pg_catalog AS $body$
  UPDATE ${platformSchema}.promotions SET ended_at = coalesce(ended_at, clock_timestamp())
  WHERE run = of_run AND opened_at IS NOT NULL RETURNING ended_at
$body$;

CREATE OR REPLACE FUNCTION ${platformSchema}.abandon_promotion(of_run text) RETURNS timestamptz
LANGUAGE sql SET search_path = pg_catalog AS $body$
  UPDATE ${platformSchema}.promotions SET ended_at = coalesce(ended_at, clock_timestamp())
  WHERE run = of_run AND opened_at IS NULL RETURNING ended_at
$body$;
REVOKE ALL ON PROCEDURE ${platformSchema}.fence_writes(text, integer, integer, timestamptz) FROM PUBLIC;
${['begin_promotion(text)', 'open_writes(text, integer)', 'end_promotion(text)', 'abandon_promotion(text)']
  .map((name) => `REVOKE ALL ON FUNCTION ${platformSchema}.${name} FROM PUBLIC;`)
  .join('\n')}`,
  },
];
