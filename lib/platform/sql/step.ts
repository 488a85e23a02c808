/** A piece of a database's SQL, kept in the ledger `mainstay.migrations` under its part and version. */
export interface SqlStep {
  /**
   * What it makes or changes: `database`, `extension pgcrypto`, `service order`, `events orders`. Versions are counted
   * per part, so that a new extension, service or event store never changes a step that was applied.
   */
  readonly part: string;
  /** Four digits; a later change of the part is a later version. */
  readonly version: string;
  readonly name: string;
  /**
   * `once`: applied one time; its text must never change afterwards. `always`: brings settings up to date in every run,
   * so its text follows the definition.
   */
  readonly runs: 'once' | 'always';
  readonly sql: string;
}

/** A name as SQL reads it, whatever it is spelled like. */
export const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** A text as SQL reads it. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Creates a role that nobody can log in as, unless it is there. Roles belong to all databases of a server. */
export const roleWithoutLogin = (role: string): string => roleUnlessThere(role, 'NOLOGIN');

/** Creates a role that can log in once the cloud lets it, unless it is there. It has no password. */
export const roleWithLogin = (role: string): string => roleUnlessThere(role, 'LOGIN');

function roleUnlessThere(role: string, attribute: 'LOGIN' | 'NOLOGIN'): string {
  return [
    'DO $do$',
    'BEGIN',
    `  IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = ${literal(role)}) THEN`,
    `    CREATE ROLE ${identifier(role)} ${attribute};`,
    '  END IF;',
    'END',
    '$do$;',
  ].join('\n');
}
