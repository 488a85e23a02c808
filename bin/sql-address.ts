import type { SqlAddress } from '../lib/recovery/azure/sql-session';

/** By which options a program is told of a database of Azure SQL. */
export const sqlOptions = {
  server: { type: 'string' },
  port: { type: 'string' },
  database: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

/**
 * The database that options tell of.
 *
 * @param usage What is shown where one is missing.
 * @throws Error if the server, the port or the name is missing, or the port is none.
 */
export function sqlAddress(
  { database, port, server }: Readonly<Partial<Record<'database' | 'port' | 'server', string>>>,
  usage: string,
): SqlAddress {
  const number = Number(port);
  if (server === undefined || database === undefined || !Number.isInteger(number) || number < 1 || number > 65_535) {
    throw new Error(`--server, --port and --database must be given, the port 1 to 65535\n${usage}`);
  }
  return { server, port: number, database };
}
