import { sqlServerBatch } from '../../../lib/platform/sql/sql-server-runner';
import type { SqlStep } from '../../../lib/platform/sql/step';

const step = (over: Partial<SqlStep> = {}): SqlStep => ({
  part: 'events orders',
  version: '0001',
  name: "the buyer's ledger",
  runs: 'once',
  sql: "CREATE TABLE t (a int DEFAULT ('x'))",
  ...over,
});

describe('the batch of a database of SQL Server', () => {
  test('applies a step once, and writes that down', () => {
    expect(sqlServerBatch([step()])).toContain(
      [
        "SET @sql = N'CREATE TABLE t (a int DEFAULT (''x''))';",
        "SET @given = HASHBYTES('SHA2_256', @sql);",
        "SET @applied = (SELECT checksum FROM [mainstay].[migrations] WHERE part = N'events orders' AND version = N'0001');",
        'IF @applied <> @given',
        "  THROW 50002, N'events orders 0001 (the buyer''s ledger) must stay as it was applied: make the change in a later version', 1;",
        'IF @applied IS NULL',
        'BEGIN',
        '  EXEC (@sql);',
        "  INSERT [mainstay].[migrations] (part, version, name, checksum) VALUES (N'events orders', N'0001', N'the buyer''s ledger', @given);",
        "  PRINT N'applied events orders 0001 (the buyer''s ledger)';",
        'END;',
      ].join('\n'),
    );
  });

  test('runs what follows the definition in every run, and writes nothing down of it', () => {
    const batch = sqlServerBatch([step({ runs: 'always', sql: 'GRANT CREATE TABLE TO [svc_order];' })]);
    expect(batch).toContain('\nGRANT CREATE TABLE TO [svc_order];\n');
    expect(batch).not.toContain('INSERT');
  });

  test('keeps the order of its steps', () => {
    const batch = sqlServerBatch([
      step({ version: '0002', runs: 'always', sql: 'SELECT 2;' }),
      step({ runs: 'always', sql: 'SELECT 1;' }),
    ]);
    expect(batch.indexOf('SELECT 2;')).toBeLessThan(batch.indexOf('SELECT 1;'));
  });

  test('takes its turn, and makes its own table, before anything else', () => {
    const batch = sqlServerBatch([step()]);
    const places = ['BEGIN TRANSACTION', 'sp_getapplock', 'IF @turn < 0', 'CREATE TABLE [mainstay]', 'CREATE TABLE t'];
    const found = places.map((each) => batch.indexOf(each));
    expect(found).toEqual([...found].sort((one, other) => one - other));
    expect(found[0]).toBeGreaterThan(0);
    expect(batch).not.toContain('\nGO\n');
  });

  test('fails when a part has a version twice', () => {
    expect(() => sqlServerBatch([step(), step()])).toThrow(
      'each part and version must occur once, got events orders 0001 twice: number it anew',
    );
  });
});
