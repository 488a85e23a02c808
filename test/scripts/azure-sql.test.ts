import { callScript, type Called } from '../support/call-script';

const run = (...args: readonly string[]): Called => callScript('azure-sql', args);

describe('scripts/azure-sql.ts', () => {
  test('says what it is for', () => {
    expect(run('--help')).toEqual({ status: 0, stdout: expect.stringContaining('sqlcmd -S'), stderr: '' });
  });

  test.each([
    ['no database is named', [], 'must be told one database, got 0'],
    ['the database is none of Azure SQL', ['store'], 'databases.store must be a database with engine sqlserver'],
    ['the stage has told no identity', ['analytics-backup'], 'identities.migration must be among what the stage told'],
    ['the stage is unknown', ['--stage', 'prod', 'analytics-backup'], 'one of production, staging, development'],
  ])('fails when %s', (_title, args, message) => {
    const { status, stdout, stderr } = run(...args);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain(message);
  });
});
