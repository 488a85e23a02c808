import { platformSchema } from './roles';
import type { SqlStep } from './step';
import { bracketed, text } from './transact';

/** A run that waits longer for another one's end fails, and is tried again, in milliseconds. */
const turnMilliseconds = 60_000;

const ledger = `${bracketed(platformSchema)}.${bracketed('migrations')}`;

/**
 * One batch that brings a database of SQL Server up to date, however often and by however many it is run: all of it or nothing, one
 * run at a time. Steps that run once are passed over afterwards; one whose text changed after it was applied fails the run. Those that
 * run always bear it. What was applied once stands in `mainstay.migrations`, as in PostgreSQL.
 *
 * Its variables `@sid` and `@sql` are there for steps that run always.
 *
 * @throws Error if two steps have the same part and version.
 */
export function sqlServerBatch(steps: readonly SqlStep[]): string {
  const keys = steps.map(({ part, version }) => `${part} ${version}`);
  const repeated = keys.find((key, index) => keys.indexOf(key) < index);
  if (repeated !== undefined)
    throw new Error(`each part and version must occur once, got ${repeated} twice: number it anew`);
  return [
    ...preamble,
    ...steps.flatMap((step) => ['', ...(step.runs === 'once' ? once(step) : [step.sql])]),
    '',
    'COMMIT;',
    '',
  ].join('\n');
}

const preamble: readonly string[] = [
  'SET NOCOUNT, XACT_ABORT ON;',
  'DECLARE @turn int, @sid varbinary(16), @sql nvarchar(max), @given varbinary(32), @applied varbinary(32);',
  'BEGIN TRANSACTION;',
  `EXEC @turn = sp_getapplock @Resource = ${text(`${platformSchema}.migrations`)}, @LockMode = 'Exclusive', @LockOwner = 'Transaction', @LockTimeout = ${turnMilliseconds};`,
  'IF @turn < 0',
  "  THROW 50001, N'another run took too long, try again', 1;",
  `IF SCHEMA_ID(${text(platformSchema)}) IS NULL`,
  `  EXEC (${text(`CREATE SCHEMA ${bracketed(platformSchema)} AUTHORIZATION [dbo]`)});`,
  `IF OBJECT_ID(${text(ledger)}) IS NULL`,
  `  EXEC (${text(
    [
      `CREATE TABLE ${ledger} (`,
      '  part nvarchar(128) NOT NULL,',
      '  version nvarchar(8) NOT NULL,',
      '  name nvarchar(256) NOT NULL,',
      '  checksum varbinary(32) NOT NULL,',
      '  applied_at datetime2 NOT NULL DEFAULT SYSUTCDATETIME(),',
      '  PRIMARY KEY (part, version)',
      ')',
    ].join('\n'),
  )});`,
];

const once = ({ name, part, sql, version }: SqlStep): readonly string[] => [
  `SET @sql = ${text(sql)};`,
  "SET @given = HASHBYTES('SHA2_256', @sql);",
  `SET @applied = (SELECT checksum FROM ${ledger} WHERE part = ${text(part)} AND version = ${text(version)});`,
  'IF @applied <> @given',
  `  THROW 50002, ${text(`${part} ${version} (${name}) must stay as it was applied: make the change in a later version`)}, 1;`,
  'IF @applied IS NULL',
  'BEGIN',
  '  EXEC (@sql);',
  `  INSERT ${ledger} (part, version, name, checksum) VALUES (${[part, version, name].map(text).join(', ')}, @given);`,
  `  PRINT ${text(`applied ${part} ${version} (${name})`)};`,
  'END;',
];
