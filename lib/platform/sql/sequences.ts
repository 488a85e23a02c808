import type { Platform } from '../platform';
import { actingAs, ownedBy } from './acting';
import { platformSchema, replicationRole } from './roles';
import type { SqlStep } from './step';

/** Numbers a second that the busiest sequence may give out without the margin being too small. Ours. */
const numbersASecond = 1000;

/** How far a promotion moves sequences beyond what it knows: what they may give out within twice the recovery point. */
export function sequenceMargin({ goals }: Pick<Platform, 'goals'>): number {
  const minutes = goals.recovery?.databasePointMinutes ?? 1;
  return Math.ceil(2 * minutes * 60 * numbersASecond);
}

/**
 * `set_sequences(margin)` moves the sequences of services beyond every number that the other site may have given out, and
 * says of each what it was and is. It never moves one back, so that it may be called again.
 *
 * A sequence goes to the furthest of its recorded position (`sequence_positions`) and the furthest value of the columns that
 * are filled from it, be they serial, identity, or of a default that names it; and `margin` steps further. Downward for one
 * that counts down. Values outside of the sequence's own range do not count: they did not come from it. Where the margin
 * does not fit before its end, the note says `ends soon`, and it goes as far as the recorded position and the margin, or the
 * furthest value alone. A sequence that cycles gives numbers twice by design, and is left alone.
 */
export const sequences: readonly SqlStep[] = [
  {
    part: 'replication sequences',
    version: '0001',
    name: 'set at promotion',
    runs: 'always',
    sql: actingAs(
      replicationRole,
      `\
CREATE OR REPLACE FUNCTION ${platformSchema}.set_sequences(margin bigint)
RETURNS TABLE (sequence text, was bigint, became bigint, note text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog SET row_security = off AS $body$
DECLARE
  s record;
  filled record;
  value bigint;
  furthest numeric;
  wanted numeric;
BEGIN
  IF margin IS NULL OR margin < 0 THEN
    RAISE EXCEPTION 'the margin of sequences must be 0 or more, got %', margin USING ERRCODE = 'invalid_parameter_value';
  END IF;
  FOR s IN
    SELECT c.oid, format('%I.%I', n.nspname, c.relname) AS name, q.seqmin, q.seqmax, q.seqcycle, sign(q.seqincrement) AS way,
      q.seqincrement, pg_sequence_last_value(c.oid) AS last, p.last_value AS recorded
    FROM pg_sequence q JOIN pg_class c ON c.oid = q.seqrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN ${platformSchema}.sequence_positions p ON p.schema_name = n.nspname AND p.sequence_name = c.relname
    WHERE starts_with(n.nspname, 'svc_') AND pg_has_role(c.relowner, 'USAGE')
    ORDER BY 2
  LOOP
    furthest := s.recorded;
    FOR filled IN
      SELECT a.attrelid::regclass AS of_table, a.attname AS of_column FROM pg_attribute a
      WHERE a.atttypid IN ('int2'::regtype, 'int4'::regtype, 'int8'::regtype, 'numeric'::regtype) AND NOT a.attisdropped
        AND (EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = s.oid
               AND d.refclassid = 'pg_class'::regclass AND d.refobjid = a.attrelid AND d.refobjsubid = a.attnum
               AND d.deptype IN ('a', 'i'))
          OR EXISTS (SELECT FROM pg_depend d JOIN pg_attrdef f ON d.classid = 'pg_attrdef'::regclass AND d.objid = f.oid
               WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = s.oid AND f.adrelid = a.attrelid AND f.adnum = a.attnum))
    LOOP
      EXECUTE format('SELECT CASE WHEN $3 > 0 THEN max(%1$I) ELSE min(%1$I) END FROM %2$s WHERE %1$I BETWEEN $1 AND $2',
        filled.of_column, filled.of_table) INTO value USING s.seqmin, s.seqmax, s.way;
      furthest := CASE WHEN s.way > 0 THEN greatest(furthest, value) ELSE least(furthest, value) END;
    END LOOP;
    sequence := s.name; was := s.last; became := s.last; note := NULL;
    wanted := furthest + margin * s.seqincrement;
    IF furthest IS NULL THEN
      note := 'never used';
    ELSIF s.seqcycle THEN
      note := 'cycles';
    ELSE
      IF wanted NOT BETWEEN s.seqmin AND s.seqmax THEN
        note := 'ends soon';
        wanted := s.recorded + margin * s.seqincrement;
        IF wanted IS NULL OR wanted NOT BETWEEN s.seqmin AND s.seqmax THEN
          wanted := furthest;
        END IF;
      END IF;
      IF s.last IS NULL OR (wanted - s.last) * s.way > 0 THEN
        PERFORM setval(s.oid, wanted::bigint);
        became := wanted;
      ELSE
        note := coalesce(note, 'is there already');
      END IF;
    END IF;
    RETURN NEXT;
  END LOOP;
END
$body$;
${ownedBy(replicationRole, ['set_sequences(bigint)'])}`,
    ),
  },
];
