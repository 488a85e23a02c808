import { contractOf } from '../../../lib/platform/contract';
import { sqlServerContents } from '../../../lib/platform/sql/sql-server';
import retailflowAzure from '../../../platforms/retailflow-azure';
import { resolved } from '../../support/platform';

const platform = resolved(retailflowAzure);
const script = (database: string) =>
  sqlServerContents(platform, 'primary', database, () => '11111111-0000-4000-8000-000000000000');

describe('events in SQL Server', () => {
  const sql = script('order');

  test('lie in a ledger to which rows are only added', () => {
    expect(sql).toContain('WITH (LEDGER = ON (APPEND_ONLY = ON))');
    expect(sql).toContain('UNIQUE (stream_id, stream_version)');
    expect(sql).toContain("JSON_VALUE(metadata, ''$.correlation_id'') IS NOT NULL");
  });

  test('are read by their owner, and written by its procedure alone', () => {
    const grants = sql.split('\n').filter((line) => line.startsWith('GRANT') && line.includes('events'));
    expect(grants).toEqual([
      'GRANT SELECT ON OBJECT::[events].[orders_events] TO [svc_order];',
      'GRANT EXECUTE ON OBJECT::[events].[append_orders_events] TO [svc_order];',
      'GRANT SELECT ON OBJECT::[events].[read_orders_events] TO [svc_order];',
    ]);
    // The schema belongs to the owner of the database: a service may change its own alone.
    expect(sql).toContain('CREATE SCHEMA [events] AUTHORIZATION [dbo]');
    expect(sql).not.toContain('SCHEMA::[events]');
  });

  test('are appended in turn, until the transaction ends', () => {
    const turn = sql.lastIndexOf('sp_getapplock');
    expect(sql).toContain("@LockOwner = ''Transaction''");
    expect(turn).toBeGreaterThan(sql.indexOf('@@TRANCOUNT = 0 THROW'));
    expect(sql.indexOf('INSERT [events].[orders_events]')).toBeGreaterThan(turn);
  });

  test('may be made any number of times', () => {
    expect(sql).toContain("IF OBJECT_ID(N''[events].[orders_events]'') IS NULL\nCREATE TABLE");
    expect(sql).toContain("WHERE part = N'events orders' AND version = N'0001');");
    expect(sql).toContain('CREATE OR ALTER PROCEDURE [events].[append_orders_events]');
    expect(sql).toContain('CREATE OR ALTER FUNCTION [events].[read_orders_events]');
  });

  test('are in no other database', () => {
    expect(script('customer')).not.toContain('[events]');
  });

  test('are found by their owner', () => {
    const authentications = { databases: 'entra', caches: 'entra', searches: 'password', messages: 'entra' } as const;
    const entries = contractOf({ platform, site: 'primary', authentications }, 'order').map((entry) => [
      entry.variable,
      entry.kind === 'constant' ? entry.value : entry.source.field,
    ]);
    expect(entries).toEqual(
      expect.arrayContaining([
        ['DATABASE_ORDER_READER_HOST', 'readerHost'],
        ['DATABASE_ORDER_READER_INTENT', 'ReadOnly'],
        ['DATABASE_ORDER_REPORTS_NAME', 'order_reports'],
        ['EVENTS_ORDERS_APPEND', 'events.append_orders_events'],
        ['EVENTS_ORDERS_TABLE', 'events.orders_events'],
      ]),
    );
  });
});
