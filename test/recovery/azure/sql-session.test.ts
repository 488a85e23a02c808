import { createServer, type AddressInfo } from 'node:net';
import { openSqlSession, sessionSettings } from '../../../lib/recovery/azure/sql-session';

const address = { server: 'sql.example.com', port: 1433, database: 'orders' };

describe('how a database of Azure SQL is entered', () => {
  test('by a token alone, encrypted, by the proved name of the server', () => {
    expect(sessionSettings(address, 'secret-token')).toEqual({
      server: 'sql.example.com',
      authentication: { type: 'azure-active-directory-access-token', options: { token: 'secret-token' } },
      options: {
        appName: 'mainstay-migration',
        connectTimeout: 30_000,
        database: 'orders',
        encrypt: true,
        port: 1433,
        requestTimeout: 0,
        trustServerCertificate: false,
      },
    });
  });

  test('fails when the other end does not speak its language', async () => {
    const server = createServer((socket) => {
      socket.end('no such thing');
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    await expect(
      openSqlSession({ server: '127.0.0.1', port, database: 'orders' }, 'secret-token', () => undefined),
    ).rejects.toThrow(/./);
    server.close();
  });
});
