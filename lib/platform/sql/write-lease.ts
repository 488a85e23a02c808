import { ownerRole, platformSchema, replicationRole } from './roles';
import type { SqlStep } from './step';

/** What a refused statement is told; drivers take the state for a server that is read-only, and look for another. */
export const refusedState = '25006';

/** What a table's comment holds whose rows each site keeps for itself, such as the ledger of a migration tool. */
export const localMark = 'mainstay: local';

/** Trigger on every table of a service that refuses whoever writes without the right to. */
export const guardTrigger = 'mainstay_may_write';

/**
 * The right of a site to write, which ends by itself.
 *
 * - Each site has a row of its own, which is never replicated. A site writes while it is `open` and before `valid_until`.
 * - A site that never heard of a keeper writes for ever: `valid_until` is `infinity`. The first renewal makes it finite, so
 *   installing this changes nothing, and a keeper that is not there yet stops nobody.
 * - `renew_write_lease(seconds)` is the keeper's, and `release_write_lease()`, which ends the right at once. It cannot open what was fenced, so a keeper that lives on in a lost site
 *   does no harm.
 * - The guard is asked before each statement, by the clock of this server: nobody has to reach a site to end its right. What
 *   was written before the end may still be committed after it, until the transaction ends.
 * - Replication is not asked: a site that follows takes what the other one wrote, and refuses everybody else.
 * - It keeps out programs that err, not a service that means to write: the owner of a table can drop its triggers.
 */
export const writeLease: readonly SqlStep[] = [
  {
    part: 'replication lease',
    version: '0001',
    name: 'right to write',
    runs: 'once',
    sql: `\
CREATE TABLE ${platformSchema}.write_lease (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  open boolean NOT NULL,
  valid_until timestamptz NOT NULL,
  seconds integer,
  changed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
ALTER TABLE ${platformSchema}.write_lease OWNER TO ${ownerRole};
INSERT INTO ${platformSchema}.write_lease (open, valid_until) VALUES (true, 'infinity');
CREATE TRIGGER keep_local BEFORE INSERT OR UPDATE OR DELETE ON ${platformSchema}.write_lease
  FOR EACH ROW EXECUTE FUNCTION ${platformSchema}.keep_local();
ALTER TABLE ${platformSchema}.write_lease ENABLE REPLICA TRIGGER keep_local;`,
  },
  {
    part: 'replication lease',
    version: '0002',
    name: 'guard and renewal',
    runs: 'always',
    sql: `\
CREATE OR REPLACE FUNCTION ${platformSchema}.may_write() RETURNS boolean
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog
AS $body$ SELECT open AND valid_until > clock_timestamp() FROM ${platformSchema}.write_lease $body$;
ALTER FUNCTION ${platformSchema}.may_write() OWNER TO ${ownerRole};

CREATE OR REPLACE FUNCTION ${platformSchema}.is_open() RETURNS boolean
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog
AS $body$ SELECT open FROM ${platformSchema}.write_lease $body$;
ALTER FUNCTION ${platformSchema}.is_open() OWNER TO ${ownerRole};

CREATE OR REPLACE FUNCTION ${platformSchema}.require_write_lease() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $body$
DECLARE
  lease ${platformSchema}.write_lease;
BEGIN
  SELECT * INTO lease FROM ${platformSchema}.write_lease;
  IF lease.open AND lease.valid_until > clock_timestamp() THEN
    RETURN NULL;
  END IF;
  IF obj_description(TG_RELID, 'pg_class') LIKE '%${localMark}%' THEN
    RETURN NULL;
  END IF;
  RAISE EXCEPTION 'this site may not write: % on %.% is refused', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME USING
    ERRCODE = '${refusedState}',
    DETAIL = CASE WHEN lease.open THEN format('Its right to write ended at %s.', lease.valid_until)
                  ELSE 'It follows the other site, or was fenced.' END,
    HINT = 'Write to the site that leads. Runbook: failover.';
END
$body$;
ALTER FUNCTION ${platformSchema}.require_write_lease() OWNER TO ${ownerRole};

CREATE OR REPLACE FUNCTION ${platformSchema}.renew_write_lease(for_seconds integer) RETURNS timestamptz
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $body$
DECLARE
  until timestamptz;
BEGIN
  IF for_seconds IS NULL OR for_seconds NOT BETWEEN 1 AND 86400 THEN
    RAISE EXCEPTION 'a lease must last 1 to 86400 seconds, got %', for_seconds USING ERRCODE = 'invalid_parameter_value';
  END IF;
  UPDATE ${platformSchema}.write_lease
    SET valid_until = clock_timestamp() + make_interval(secs => for_seconds),
        seconds = for_seconds, changed_at = clock_timestamp()
    WHERE open
    RETURNING valid_until INTO until;
  IF until IS NULL THEN
    RAISE EXCEPTION 'this site was fenced, or follows the other one: its right to write cannot be renewed' USING
      ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Only a promotion opens it. Runbook: failover.';
  END IF;
  RETURN until;
END
$body$;
ALTER FUNCTION ${platformSchema}.renew_write_lease(integer) OWNER TO ${ownerRole};

CREATE OR REPLACE FUNCTION ${platformSchema}.release_write_lease() RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $body$
  UPDATE ${platformSchema}.write_lease SET valid_until = clock_timestamp(), changed_at = clock_timestamp()
  WHERE valid_until > clock_timestamp()
$body$;
ALTER FUNCTION ${platformSchema}.release_write_lease() OWNER TO ${ownerRole};
${['is_open()', 'may_write()', 'release_write_lease()', 'renew_write_lease(integer)']
  .map((name) => `REVOKE ALL ON FUNCTION ${platformSchema}.${name} FROM PUBLIC;`)
  .join('\n')}
GRANT EXECUTE ON FUNCTION ${platformSchema}.may_write() TO ${replicationRole};`,
  },
];
