import { ownerRole, platformSchema } from './roles';
import { identifier, literal, roleWithoutLogin, type SqlStep } from './step';

/** Encloses the text of a step; no step may contain it. */
const quote = '$mainstay$';

/**
 * One script for psql that brings a database up to date, however often and by however many it is run: steps that were
 * applied are passed over, each other one is applied in a transaction of its own and written into the ledger
 * `mainstay.migrations`, and runs wait for each other. A step whose text changed after it was applied fails the run, and
 * so does any error; what was applied before stays applied.
 *
 * Runs as the administrator of the server, who need not be a superuser.
 *
 * @throws Error if two steps have the same part and version, or a step contains the script's own quote.
 */
export const migrationScript = (steps: readonly SqlStep[]): string =>
  `\\set ON_ERROR_STOP on\n${migrationStatements(steps).join('\n')}\n`;

/**
 * {@link migrationScript} for whoever has no psql: texts to be given in order to one session that is new and ends with them, each
 * in a transaction of its own, until one fails.
 *
 * @throws Error as migrationScript does.
 */
export function migrationStatements(steps: readonly SqlStep[]): readonly string[] {
  const keys = steps.map(({ part, version }) => `${part} ${version}`);
  const repeated = keys.find((key, index) => keys.indexOf(key) < index);
  if (repeated !== undefined)
    throw new Error(`each part and version must occur once, got ${repeated} twice: number it anew`);
  return [preamble, ...steps.map(call)];
}

function call({ part, version, name, runs, sql }: SqlStep): string {
  if (sql.includes(quote)) throw new Error(`${part} ${version} must not contain ${quote}`);
  const key = [part, version, name, runs].map(literal).join(', ');
  return `CALL pg_temp.apply(${key}, ${quote}\n${sql}\n${quote});`;
}

const preamble = `\
SET client_min_messages = warning;
SET search_path = pg_catalog;
SET statement_timeout = 0;
DO $do$ BEGIN PERFORM pg_advisory_lock(hashtextextended(${literal(`${platformSchema}.migrations`)}, 0)); END $do$;
SET lock_timeout = '30s';

${roleWithoutLogin(ownerRole)}
DO $do$
BEGIN
  IF NOT pg_has_role(${literal(ownerRole)}, 'USAGE') THEN
    GRANT ${ownerRole} TO CURRENT_USER;
  END IF;
END
$do$;
CREATE SCHEMA IF NOT EXISTS ${identifier(platformSchema)} AUTHORIZATION ${ownerRole};
CREATE TABLE IF NOT EXISTS ${platformSchema}.migrations (
  part text NOT NULL,
  version text NOT NULL,
  name text NOT NULL,
  checksum text NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (part, version)
);
ALTER TABLE ${platformSchema}.migrations OWNER TO ${ownerRole};

CREATE PROCEDURE pg_temp.apply(of_part text, of_version text, called text, runs text, sql text)
LANGUAGE plpgsql AS $apply$
DECLARE
  given constant text := encode(sha256(convert_to(sql, 'UTF8')), 'hex');
  applied constant text := (SELECT checksum FROM ${platformSchema}.migrations WHERE part = of_part AND version = of_version);
BEGIN
  IF runs = 'once' AND applied = given THEN
    RETURN;
  END IF;
  IF runs = 'once' AND applied IS NOT NULL THEN
    RAISE EXCEPTION '% % (%) must stay as it was applied, with checksum %, got %', of_part, of_version, called, applied, given
      USING HINT = 'Take the change back, and make it in a later version of the part.';
  END IF;
  EXECUTE sql;
  INSERT INTO ${platformSchema}.migrations (part, version, name, checksum) VALUES (of_part, of_version, called, given)
    ON CONFLICT (part, version) DO UPDATE SET name = excluded.name, checksum = excluded.checksum, applied_at = now();
  RAISE INFO 'applied % % (%)', of_part, of_version, called;
END
$apply$;
`;
