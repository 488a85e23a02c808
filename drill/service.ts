import pg from 'pg';

/** A connection of the service that writes orders, by the port of a server or of the link to it. It gives up soon. */
export function serviceClient(port: number): pg.Client {
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: 'svc_order',
    database: 'store',
    connectionTimeoutMillis: 1000,
    query_timeout: 3000,
  });
  // What ends a connection is told by the query that it ends.
  client.on('error', () => undefined);
  return client;
}
