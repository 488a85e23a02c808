import { eventAppend, eventSchema, eventTable } from '../names';
import type { SqlStep } from './step';
import { bracketed, text } from './transact';

/** An append that waits longer for its turn fails, and may be tried again, in milliseconds. */
const turnMilliseconds = 10_000;

/**
 * The ledger table of an event store in SQL Server, its way in and its replay. Nobody changes or removes an event: an append-only
 * ledger refuses it, to the owner of the database too, and whoever gets past the database is found by its digests.
 *
 * - `position` orders all events of the store, in the order in which they became visible. It may have gaps.
 * - `stream_version` is unique within a stream: two writers that both saw version 4 cannot both write version 5.
 * - `metadata` carries the `correlation_id` of the request that caused the event.
 * - Appends to one store take turns until commit: keep the transaction that appends short. The service may not insert by itself,
 *   so that none passes by its turn.
 * - `read_<store>_events` replays from a position; begin after 0 and go on after the last one read.
 *
 * @param user The service that owns the store.
 */
export function sqlEventStore(store: string, user: string): readonly SqlStep[] {
  const of = (name: string): string => `${bracketed(eventSchema)}.${bracketed(name)}`;
  const [table, append, read] = [of(eventTable(store)), of(eventAppend(store)), of(`read_${eventTable(store)}`)];
  const part = `events ${store}`;
  return [
    {
      part,
      version: '0001',
      name: 'append-only ledger',
      runs: 'once',
      sql: [
        `IF SCHEMA_ID(${text(eventSchema)}) IS NULL`,
        `  EXEC (${text(`CREATE SCHEMA ${bracketed(eventSchema)} AUTHORIZATION [dbo]`)});`,
        `IF OBJECT_ID(${text(table)}) IS NULL`,
        tableOf(table),
      ].join('\n'),
    },
    {
      part,
      version: '0002',
      name: 'its way in, its replay, and who may use them',
      runs: 'always',
      sql: [
        `EXEC (${text(appendOf(append, table, store))});`,
        `EXEC (${text(replayOf(read, table))});`,
        `GRANT SELECT ON OBJECT::${table} TO ${bracketed(user)};`,
        `GRANT EXECUTE ON OBJECT::${append} TO ${bracketed(user)};`,
        `GRANT SELECT ON OBJECT::${read} TO ${bracketed(user)};`,
      ].join('\n'),
    },
  ];
}

const tableOf = (table: string): string =>
  [
    `CREATE TABLE ${table} (`,
    '  position bigint IDENTITY PRIMARY KEY,',
    '  stream_id nvarchar(128) NOT NULL,',
    '  stream_version bigint NOT NULL CHECK (stream_version > 0),',
    '  type nvarchar(128) NOT NULL,',
    '  payload nvarchar(max) NOT NULL CHECK (ISJSON(payload) = 1),',
    "  metadata nvarchar(max) NOT NULL CHECK (JSON_VALUE(metadata, '$.correlation_id') IS NOT NULL),",
    '  recorded_at datetime2 NOT NULL DEFAULT SYSUTCDATETIME(),',
    '  UNIQUE (stream_id, stream_version)',
    ') WITH (LEDGER = ON (APPEND_ONLY = ON))',
  ].join('\n');

/** Positions are given out before a transaction commits: without turns, a reader could pass one that is not there to be read. */
const appendOf = (append: string, table: string, store: string): string =>
  [
    `CREATE OR ALTER PROCEDURE ${append} @stream_id nvarchar(128), @stream_version bigint, @type nvarchar(128),`,
    '  @payload nvarchar(max), @metadata nvarchar(max) AS',
    'BEGIN',
    '  SET NOCOUNT, XACT_ABORT ON;',
    "  IF @@TRANCOUNT = 0 THROW 50000, 'an event must be appended in a transaction', 1;",
    '  DECLARE @turn int;',
    `  EXEC @turn = sp_getapplock @Resource = ${text(`events ${store}`)}, @LockMode = 'Exclusive', @LockOwner = 'Transaction', @LockTimeout = ${turnMilliseconds};`,
    "  IF @turn < 0 THROW 50001, 'another append took too long, try again', 1;",
    `  INSERT ${table} (stream_id, stream_version, type, payload, metadata)`,
    '    VALUES (@stream_id, @stream_version, @type, @payload, @metadata);',
    'END',
  ].join('\n');

const replayOf = (read: string, table: string): string =>
  [
    `CREATE OR ALTER FUNCTION ${read} (@after bigint, @maximum int) RETURNS TABLE AS RETURN`,
    `  SELECT TOP (@maximum) * FROM ${table} WHERE position > @after ORDER BY position`,
  ].join('\n');
