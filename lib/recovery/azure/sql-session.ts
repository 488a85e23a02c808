import { Connection, Request, type ConnectionConfiguration } from 'tedious';
import type { SqlSession } from './sql-contents';

/** Where a database of Azure SQL is. */
export interface SqlAddress {
  readonly server: string;
  readonly port: number;
  readonly database: string;
}

/** For what a token is asked that the server takes in place of a password. */
export const sqlScope = 'https://database.windows.net/.default';

/** How long a connection may take, in milliseconds: a database that was moved answers after some seconds. */
const patience = 30_000;

/** How a database is entered: by a token, by a connection whose other end has proved its name, and for as long as a batch takes. */
export const sessionSettings = ({ database, port, server }: SqlAddress, token: string): ConnectionConfiguration => ({
  server,
  authentication: { type: 'azure-active-directory-access-token', options: { token } },
  options: {
    appName: 'mainstay-migration',
    connectTimeout: patience,
    database,
    encrypt: true,
    port,
    requestTimeout: 0,
    trustServerCertificate: false,
  },
});

/**
 * Enters a database of Azure SQL.
 *
 * @param say Gets what the database tells while it works.
 */
export async function openSqlSession(
  address: SqlAddress,
  token: string,
  say: (line: string) => void,
): Promise<SqlSession> {
  const connection = new Connection(sessionSettings(address, token));
  connection.on('infoMessage', ({ message }) => {
    say(message);
  });
  // One that breaks later fails the request under way, which tells.
  connection.on('error', () => undefined);
  await new Promise<void>((resolve, reject) => {
    connection.connect((error) => {
      if (error === undefined) resolve();
      else reject(error);
    });
  });
  return {
    ask: async (batch) =>
      new Promise((resolve, reject) => {
        const rows: unknown[][] = [];
        const request = new Request(batch, (error) => {
          if (error === null || error === undefined) resolve(rows);
          else reject(error);
        });
        request.on('row', (columns: readonly { readonly value: unknown }[]) => {
          rows.push(columns.map(({ value }) => value));
        });
        connection.execSqlBatch(request);
      }),
    close: () => {
      connection.close();
    },
  };
}
