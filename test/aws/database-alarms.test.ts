import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { databaseAlarms, type DatabaseAlarmsInput } from '../../lib/aws/database-alarms';
import { worstOf } from '../../lib/aws/metrics';

const GiB = 1024 ** 3;
const metric = (metricName: string) => new cloudwatch.Metric({ namespace: 'AWS/RDS', metricName });
const aurora: DatabaseAlarmsInput = {
  name: 'store',
  spec: { capacity: { vcpu: 4, memoryGiB: 32 }, topology: 'aurora' },
  settings: { pool: 2880 },
  server: { worst: metric, lag: { metric: metric('AuroraReplicaLagMaximum'), threshold: 1000 } },
  proxyName: 'retailflow-production-store',
  replicated: true,
};
const always = ['CpuHigh', 'MemoryLow', 'ConnectionsHigh', 'TransactionIdsHigh'];
const pool = ['BorrowLatencyHigh', 'ConnectionsFailed', 'LoginsFailed'];

describe('databaseAlarms', () => {
  test.each<[string, Partial<DatabaseAlarmsInput>, readonly string[]]>([
    ['of Aurora', {}, [...always, 'ReplicaLagHigh', 'Deadlocks', 'SlotLagHigh', 'SlotStorageHigh', ...pool]],
    [
      'without readers',
      { server: { worst: metric } },
      [...always, 'Deadlocks', 'SlotLagHigh', 'SlotStorageHigh', ...pool],
    ],
    ['without recovery site', { replicated: false }, [...always, 'ReplicaLagHigh', 'Deadlocks', ...pool]],
    [
      'with a disk',
      { settings: { pool: 2880, storage: { GiB: 100, maxGiB: 1000 }, slotMiB: 20_480 } },
      [...always, 'ReplicaLagHigh', 'StorageLow', 'SlotLagHigh', 'SlotStorageHigh', ...pool],
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
    [undefined, 2 * GiB, 20 * GiB],
    [20_480, 5 * GiB, 10 * GiB],
  ])('calls for slots bounded to %s MiB before they reach it', (slotMiB, lag, kept) => {
    const settings = slotMiB === undefined ? { pool: 1 } : { pool: 1, slotMiB };
    const table = databaseAlarms({ ...aurora, settings });
    expect([table['SlotLagHigh']?.threshold, table['SlotStorageHigh']?.threshold]).toEqual([lag, kept]);
    expect(table['SlotLagHigh']?.runbook).toBe('replication-slot');
  });
});

describe('worstOf', () => {
  test('one metric is that metric', () => {
    const only = metric('CPUUtilization');
    expect(worstOf('Maximum', [only])).toBe(only);
  });

  test.each([
    ['Maximum', 'MAX(METRICS())'],
    ['Minimum', 'MIN(METRICS())'],
  ] as const)('%s of several is %s', (statistic, expression) => {
    expect(worstOf(statistic, [metric('A'), metric('B')])).toMatchObject({
      expression,
      usingMetrics: { m1: { metricName: 'A' }, m2: { metricName: 'B' } },
    });
  });

  test('fails when there is none', () => {
    expect(() => worstOf('Maximum', [])).toThrow('the worst of no metrics is nothing');
  });
});
