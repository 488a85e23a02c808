import { actingAs, ownedBy } from './acting';
import { platformSchema, recoverySubscription, replicationRole } from './roles';
import { literal, type SqlStep } from './step';
import { serviceTables } from './upkeep';
import { localMark } from './write-lease';

/**
 * `empty_tables(database)` empties what is replicated, before a site that led and was lost follows the other one: what it has
 * and the other one lacks would collide with what comes. Events too, which nobody else can remove.
 *
 * It refuses on a site that may write or follows, and unless it is told the name of the database that it is to empty. Rows of
 * tables that are marked as local stay.
 */
export const reseed: readonly SqlStep[] = [
  {
    part: 'replication reseed',
    version: '0001',
    name: 'empty tables',
    runs: 'always',
    sql: actingAs(
      replicationRole,
      `\
CREATE OR REPLACE FUNCTION ${platformSchema}.empty_tables(of_database text) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog SET lock_timeout = '30s' AS $body$
DECLARE
  found record;
  emptied oid[];
  states jsonb := '[]';
BEGIN
  IF of_database IS DISTINCT FROM current_database() THEN
    RAISE EXCEPTION 'this is database %, and % was to be emptied', current_database(), of_database USING ERRCODE = 'invalid_parameter_value';
  END IF;
  IF EXISTS (SELECT FROM ${platformSchema}.write_lease WHERE open) THEN
    RAISE EXCEPTION 'this site may write: its tables are not emptied' USING
      ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Fence it first. Runbook: failback.';
  END IF;
  IF EXISTS (SELECT FROM pg_subscription WHERE subname = ${literal(recoverySubscription)}
      AND subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())) THEN
    RAISE EXCEPTION 'this site follows the other one: its tables are not emptied' USING
      ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Drop its subscription first. Runbook: failback.';
  END IF;
  SELECT array_agg(t.oid) INTO emptied FROM ${serviceTables}
    AND coalesce(obj_description(t.oid, 'pg_class'), '') NOT LIKE '%${localMark}%';
  FOR found IN
    SELECT g.tgrelid::regclass::text AS of_table, g.tgname, g.tgenabled FROM pg_trigger g
    WHERE g.tgrelid = ANY (emptied) AND NOT g.tgisinternal AND g.tgenabled <> 'D' AND g.tgparentid = 0 AND g.tgtype & 32 <> 0
  LOOP
    states := states || jsonb_build_object('table', found.of_table, 'trigger', found.tgname, 'enabled', found.tgenabled);
    EXECUTE format('ALTER TABLE %s DISABLE TRIGGER %I', found.of_table, found.tgname);
  END LOOP;
  EXECUTE 'TRUNCATE ' || (SELECT string_agg(t::regclass::text, ', ') FROM unnest(emptied
    || ARRAY['${platformSchema}.heartbeat'::regclass::oid, '${platformSchema}.sequence_positions'::regclass::oid]) t);
  FOR found IN SELECT s->>'table' AS of_table, s->>'trigger' AS tgname, s->>'enabled' AS tgenabled FROM jsonb_array_elements(states) s LOOP
    EXECUTE format('ALTER TABLE %s ENABLE %s TRIGGER %I', found.of_table,
      CASE found.tgenabled WHEN 'A' THEN 'ALWAYS' WHEN 'R' THEN 'REPLICA' ELSE '' END, found.tgname);
  END LOOP;
  RETURN coalesce(cardinality(emptied), 0);
END
$body$;
${ownedBy(replicationRole, ['empty_tables(text)'])}`,
    ),
  },
];
