import { actingAs, ownedBy } from './acting';
import { platformSchema, replicationRole, standbyUser } from './roles';
import type { SqlStep } from './step';
import { guardTrigger, localMark } from './write-lease';

/** Tables of services that are replicated: theirs, ordinary or partitioned, and not temporary. */
export const serviceTables = `pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace JOIN pg_roles r ON r.rolname = n.nspname
      WHERE starts_with(n.nspname, 'svc_') AND pg_has_role('${replicationRole}', r.oid, 'USAGE')
        AND t.relkind IN ('r', 'p') AND t.relpersistence = 'p'`;

/**
 * `tend_tables()` brings tables that services made since into the state that recovery needs, and says how many it changed.
 * The keeper calls it with every beat, so that a new table waits seconds, and finds nothing to do nearly always.
 *
 * - Each table has the guard. A table whose comment holds `mainstay: local` has a trigger instead that drops what is
 *   replicated, because each site keeps rows of its own there.
 * - A table without a primary key is identified by a unique index of columns that are never null, or else by all of its
 *   columns. Without that, an UPDATE fails once the table is published.
 * - The other site may read it.
 *
 * A table that is locked for more than a moment is left for the next time.
 */
export const upkeep: readonly SqlStep[] = [
  {
    part: 'replication upkeep',
    version: '0001',
    name: 'tables of services',
    runs: 'always',
    sql: actingAs(
      replicationRole,
      `\
CREATE OR REPLACE FUNCTION ${platformSchema}.tend_tables()
RETURNS TABLE (guarded integer, identified integer, opened integer, postponed integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog SET lock_timeout = '1s' AS $body$
DECLARE
  due record;
  done text;
BEGIN
  guarded := 0; identified := 0; opened := 0; postponed := 0;
  FOR due IN
    WITH tables AS (
      SELECT t.oid, format('%I.%I', n.nspname, t.relname) AS name, n.nspname AS schema, t.relreplident,
        coalesce(obj_description(t.oid, 'pg_class') LIKE '%${localMark}%', false) AS local
      FROM ${serviceTables}
    )
    SELECT name, 'guarded' AS what, CASE WHEN local
      THEN format('CREATE TRIGGER keep_local BEFORE INSERT OR UPDATE OR DELETE ON %s FOR EACH ROW EXECUTE FUNCTION '
        '${platformSchema}.keep_local(); ALTER TABLE %1$s ENABLE REPLICA TRIGGER keep_local', name)
      ELSE format('CREATE TRIGGER ${guardTrigger} BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON %s FOR EACH STATEMENT '
        'EXECUTE FUNCTION ${platformSchema}.require_write_lease()', name) END AS sql
    FROM tables WHERE NOT EXISTS (
      SELECT FROM pg_trigger WHERE tgrelid = tables.oid AND tgname = CASE WHEN local THEN 'keep_local' ELSE '${guardTrigger}' END)
    UNION ALL
    SELECT name, 'identified', format('ALTER TABLE %s REPLICA IDENTITY %s', name, coalesce((
      SELECT format('USING INDEX %I', i.relname) FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
      WHERE x.indrelid = tables.oid AND x.indisunique AND x.indimmediate AND x.indisvalid
        AND x.indpred IS NULL AND x.indexprs IS NULL
        AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = tables.oid AND a.attnum = ANY (x.indkey) AND NOT a.attnotnull)
      ORDER BY x.indnatts, i.relname LIMIT 1), 'FULL'))
    FROM tables WHERE relreplident = 'd'
      AND NOT EXISTS (SELECT FROM pg_index WHERE indrelid = tables.oid AND indisprimary)
    UNION ALL
    SELECT name, 'opened', format('GRANT USAGE ON SCHEMA %I TO ${standbyUser}; GRANT SELECT ON %s TO ${standbyUser}', schema, name)
    FROM tables JOIN pg_roles reader ON reader.rolname = '${standbyUser}'
    WHERE NOT (has_schema_privilege(reader.oid, schema, 'USAGE') AND has_table_privilege(reader.oid, tables.oid, 'SELECT'))
  LOOP
    BEGIN
      EXECUTE due.sql;
      done := due.what;
    EXCEPTION WHEN lock_not_available THEN
      done := 'postponed';
    END;
    CASE done
      WHEN 'guarded' THEN guarded := guarded + 1;
      WHEN 'identified' THEN identified := identified + 1;
      WHEN 'opened' THEN opened := opened + 1;
      ELSE postponed := postponed + 1;
    END CASE;
  END LOOP;
  RETURN NEXT;
END
$body$;
${ownedBy(replicationRole, ['tend_tables()'])}
SELECT ${platformSchema}.tend_tables();`,
    ),
  },
];
