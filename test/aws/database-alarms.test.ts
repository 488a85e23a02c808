import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { databaseAlarms, silentAlarmNames, type DatabaseAlarmsInput } from '../../lib/aws/database-alarms';
import { worstOf } from '../../lib/aws/metrics';
import { evaluateMetric } from '../support/metric-math';

const GiB = 1024 ** 3;
const metric = (metricName: string) => new cloudwatch.Metric({ namespace: 'AWS/RDS', metricName });
const aurora: DatabaseAlarmsInput = {
  name: 'store',
  spec: { capacity: { vcpu: 4, memoryGiB: 32 }, topology: 'aurora' },
  settings: { pool: 2880 },
  server: {
    worst: metric,
    writer: metric,
    pulses: [metric('DatabaseConnections')],
    lag: { metric: metric('AuroraReplicaLagMaximum'), threshold: 1000 },
  },
  proxyName: 'retailflow-production-store',
  replicated: true,
  recoveryPointMinutes: 1,
};
const seconds = (topology: DatabaseAlarmsInput['spec']['topology'], read: Readonly<Record<string, number>>) => {
  const { metric: behind } = databaseAlarms({ ...aurora, spec: { ...aurora.spec, topology } })['SlotLagHigh'] ?? {};
  if (behind === undefined) throw new Error('no alarm');
  return evaluateMetric(behind, (_, { Metric }) => read[Metric.MetricName]);
};
const always = ['CpuHigh', 'MemoryLow', 'ConnectionsHigh', 'TransactionIdsHigh'];
const shared = ['LocalStorageLow', 'Deadlocks'];
const pool = ['BorrowLatencyHigh', 'ConnectionsFailed', 'LoginsFailed'];

describe('databaseAlarms', () => {
  test('ring when every server that takes writes is silent, by names that health checks of names know', () => {
    const pulses = ['a', 'b', 'c'].map(metric);
    const table = databaseAlarms({ ...aurora, server: { ...aurora.server, pulses } });
    const silent = Object.entries(table).filter(([id]) => id.startsWith('Silent'));
    expect(silent.map(([id, { metric: pulse, name }]) => [id, name, pulse])).toEqual([
      ['Silent', 'retailflow-production-store-silent', pulses[0]],
      ['Silent2', 'retailflow-production-store-silent-2', pulses[1]],
      ['Silent3', 'retailflow-production-store-silent-3', pulses[2]],
    ]);
    for (const [, alarm] of silent) {
      // Route 53 knows neither sums nor some periods of many; no number of connections is below 0.
      expect(alarm).toMatchObject({
        threshold: 0,
        comparison: 'LessThanThreshold',
        missingData: 'breaching',
        periods: 3,
      });
      expect(alarm.periodsToAlarm).toBeUndefined();
    }
    expect(silentAlarmNames({ proxyName: aurora.proxyName, server: { pulses } })).toEqual(
      silent.map(([, { name }]) => name),
    );
  });

  test.each<[string, Partial<DatabaseAlarmsInput>, readonly string[]]>([
    ['of Aurora', {}, [...always, 'ReplicaLagHigh', ...shared, 'SlotLagHigh', 'SlotStorageHigh', 'Silent', ...pool]],
    [
      'without readers',
      { server: { worst: metric, writer: metric, pulses: [metric('DatabaseConnections')] } },
      [...always, ...shared, 'SlotLagHigh', 'SlotStorageHigh', 'Silent', ...pool],
    ],
    ['without recovery site', { replicated: false }, [...always, 'ReplicaLagHigh', ...shared, ...pool]],
    [
      'without recovery point',
      { recoveryPointMinutes: undefined },
      [...always, 'ReplicaLagHigh', ...shared, 'SlotStorageHigh', 'Silent', ...pool],
    ],
    [
      'with a disk',
      { settings: { pool: 2880, storage: { GiB: 100, maxGiB: 1000 }, slotMiB: 20_480 } },
      [...always, 'ReplicaLagHigh', 'StorageLow', 'SlotLagHigh', 'SlotStorageHigh', 'Silent', ...pool],
    ],
  ])('%s', (_, change, ids) => {
    expect(Object.keys(databaseAlarms({ ...aurora, ...change }))).toEqual(ids);
  });

  test('measures memory and connections against what the server has', () => {
    const table = databaseAlarms(aurora);
    expect(table['MemoryLow']?.threshold).toBe(32 * GiB * 0.05);
    expect(table['ConnectionsHigh']?.threshold).toBe(2304);
    expect(table['MemoryLow']?.comparison).toBe('LessThanOrEqualToThreshold');
  });

  test.each([
    ['that grows at 10%', { GiB: 100, maxGiB: 1000 }, 10 * GiB],
    ['that cannot grow at 25%', { GiB: 100 }, 25 * GiB],
  ])('calls for a disk %s', (_, storage, threshold) => {
    expect(databaseAlarms({ ...aurora, settings: { pool: 1, storage } })['StorageLow']?.threshold).toBe(threshold);
  });

  test.each([
    [undefined, 20 * GiB],
    [20_480, 10 * GiB],
  ])('calls for slots bounded to %s MiB before they reach it', (slotMiB, kept) => {
    const settings = slotMiB === undefined ? { pool: 1 } : { pool: 1, slotMiB };
    const alarm = databaseAlarms({ ...aurora, settings })['SlotStorageHigh'];
    expect([alarm?.threshold, alarm?.runbook]).toEqual([kept, 'replication-slot']);
  });

  test("calls for a fifth of an Aurora server's own disk, which is twice its memory", () => {
    expect(databaseAlarms(aurora)['LocalStorageLow']).toMatchObject({
      metric: { metricName: 'FreeLocalStorage' },
      threshold: 64 * GiB * 0.2,
      comparison: 'LessThanOrEqualToThreshold',
    });
  });

  test.each([
    [1, 60],
    [15, 900],
  ])('calls when the recovery site misses a recovery point of %s min', (recoveryPointMinutes, threshold) => {
    const alarm = databaseAlarms({ ...aurora, recoveryPointMinutes })['SlotLagHigh'];
    expect(alarm?.threshold).toBe(threshold);
    expect(alarm?.description).toContain(`recovery point of ${recoveryPointMinutes} min`);
    expect(alarm?.runbook).toBe('replication-slot');
  });

  test.each([
    ['aurora', 'WriteThroughput', 'TransactionLogsGeneration'],
    ['multi-az-cluster', 'TransactionLogsGeneration', 'WriteThroughput'],
    ['multi-az-instance', 'TransactionLogsGeneration', 'WriteThroughput'],
  ] as const)('%s says by %s, not by %s, how many seconds a slot lags', (topology, rate, other) => {
    const MiB = 1024 ** 2;
    expect(seconds(topology, { OldestReplicationSlotLag: 600 * MiB, [rate]: 10 * MiB, [other]: 1 })).toBeCloseTo(59.63);
    expect(seconds(topology, { OldestReplicationSlotLag: 660 * MiB, [rate]: 10 * MiB })).toBeGreaterThan(60);
  });

  test.each([
    ['a few records on their way to a quiet standby call nobody', { OldestReplicationSlotLag: 1_000_000 }, false],
    ['a standby that is gone is noticed on a quiet database', { OldestReplicationSlotLag: 4_000_000 }, true],
    ['no slot is no lag', { OldestReplicationSlotLag: -1, WriteThroughput: 1000 }, false],
  ])('%s', (_, read, called) => {
    expect((seconds('aurora', read) ?? 0) >= 60).toBe(called);
  });
});

describe('worstOf', () => {
  test('one metric is that metric', () => {
    const only = metric('CPUUtilization');
    expect(worstOf('Maximum', [only])).toBe(only);
  });

  test.each([
    ['Maximum', 'MAX([m0, m1])'],
    ['Minimum', 'MIN([m0, m1])'],
  ] as const)('%s of several is %s', (statistic, expression) => {
    expect(worstOf(statistic, [metric('A'), metric('B')])).toMatchObject({
      expression,
      usingMetrics: { m0: { metricName: 'A' }, m1: { metricName: 'B' } },
    });
  });

  test('compares what is asked of each, under ids of its own', () => {
    const changed = worstOf('Maximum', [metric('A')], { prefix: 'n', each: (id) => `ABS(DIFF(${id}))`, label: 'A' });
    expect(changed).toMatchObject({ expression: 'MAX([ABS(DIFF(n0))])', usingMetrics: { n0: {} }, label: 'A' });
  });

  test('fails when there is none', () => {
    expect(() => worstOf('Maximum', [])).toThrow('the worst of no metrics is nothing');
  });

  test('ring beyond what a rush was reckoned to need, where one was', () => {
    const { RushHigh } = databaseAlarms({ ...aurora, rushConnections: 140 });
    expect(RushHigh).toMatchObject({ threshold: 140, comparison: 'GreaterThanThreshold' });
    expect(RushHigh?.description).toContain('the 140 connections');
    expect(RushHigh?.description).toContain('of 2880 in the pool');
    expect(RushHigh?.metric.toMetricConfig().metricStat).toMatchObject({
      metricName: 'DatabaseConnectionsCurrentlyBorrowed',
      statistic: 'Maximum',
      dimensions: [{ name: 'ProxyName', value: 'retailflow-production-store' }],
    });
    expect(databaseAlarms(aurora)).not.toHaveProperty('RushHigh');
  });
});
