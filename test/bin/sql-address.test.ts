import { sqlAddress } from '../../bin/sql-address';

const given = { server: 'sql.example.com', port: '1433', database: 'orders' };

describe('the database that a program is told of', () => {
  test('is a server, a port and a name', () => {
    expect(sqlAddress(given, 'usage')).toEqual({ server: 'sql.example.com', port: 1433, database: 'orders' });
  });

  test.each([
    ['the server is missing', { server: undefined }],
    ['the database is missing', { database: undefined }],
    ['the port is missing', { port: undefined }],
    ['the port is a word', { port: 'tds' }],
    ['the port is beyond the last', { port: '65536' }],
  ])('fails when %s', (_title, change) => {
    expect(() => sqlAddress({ ...given, ...change }, 'usage: …')).toThrow(
      '--server, --port and --database must be given, the port 1 to 65535\nusage: …',
    );
  });
});
