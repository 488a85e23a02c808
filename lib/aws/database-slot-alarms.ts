import { aws_cloudwatch as cloudwatch } from 'aws-cdk-lib';
import { alarmPeriod, type AlarmProps } from './alarms';
import type { DatabaseServer } from './database-server';
import type { Topology } from './database-sizes';

const MiB = 1024 ** 2;
const GiB = 1024 ** 3;

/**
 * Bytes of write-ahead log a second, by topology. Every topology publishes `OldestReplicationSlotLag` in bytes; none says how
 * many seconds those are. Sources: RDS and Aurora user guides, "Amazon CloudWatch metrics", 2026. Aurora has no
 * `TransactionLogsGeneration`; it writes nothing but log, which `WriteThroughput` counts.
 */
const logRate: Readonly<Record<Topology, string>> = {
  aurora: 'WriteThroughput',
  'multi-az-cluster': 'TransactionLogsGeneration',
  'multi-az-instance': 'TransactionLogsGeneration',
};

/** A quiet database counts as if it wrote this much more, so that a few records on their way call nobody. In bytes a second. */
const quietRate = 65_536;

/** What the alarms of a slot depend on. */
export interface SlotAlarmsInput {
  readonly name: string;
  readonly topology: Topology;
  /** The slots are the writer's. */
  readonly writer: DatabaseServer['writer'];
  /** Write-ahead log that slots may keep, in MiB; absent where the engine has no bound. */
  readonly slotMiB?: number | undefined;
  /** Minutes that the recovery site may be behind. @default - nothing is promised, and nobody is called */
  readonly recoveryPointMinutes?: number | undefined;
}

/** About how many seconds the reader that is furthest behind has not read. */
function secondsBehind({ topology, writer }: SlotAlarmsInput): cloudwatch.IMetric {
  return new cloudwatch.MathExpression({
    expression: `lag / (FILL(rate, 0) + ${quietRate})`,
    usingMetrics: {
      lag: writer('OldestReplicationSlotLag'),
      rate: writer(logRate[topology]),
    },
    period: alarmPeriod,
    label: 'seconds behind',
  });
}

/** Bytes that slots may keep before somebody is called: half of their bound. Aurora has none, so 20 GiB is ours. */
const keptBytes = (slotMiB: number | undefined): number => (slotMiB === undefined ? 20 * GiB : slotMiB * MiB * 0.5);

/** When somebody is called for the slot through which a recovery site reads a database. */
export function slotAlarms(input: SlotAlarmsInput): Readonly<Record<string, AlarmProps>> {
  const { name, recoveryPointMinutes, slotMiB, writer } = input;
  return {
    ...(recoveryPointMinutes === undefined
      ? {}
      : {
          SlotLagHigh: {
            metric: secondsBehind(input),
            description: `The recovery site is further behind database ${name} than the recovery point of ${recoveryPointMinutes} min: a failover now would lose more.`,
            runbook: 'replication-slot',
            threshold: recoveryPointMinutes * 60,
            periods: 5,
          },
        }),
    SlotStorageHigh: {
      metric: writer('TransactionLogsDiskUsage'),
      description: `Database ${name} keeps too much write-ahead log for a recovery site that does not read it.`,
      runbook: 'replication-slot',
      threshold: keptBytes(slotMiB),
      periods: 5,
    },
  };
}
