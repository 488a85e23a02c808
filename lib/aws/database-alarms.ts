import { aws_cloudwatch as cloudwatch } from 'aws-cdk-lib';
import type { Postgres } from '../platform/nouns/database';
import { alarmPeriod, type AlarmProps } from './alarms';
import type { DatabaseServer } from './database-server';
import type { DatabaseSettings } from './database-settings';
import { slotAlarms, type SlotAlarmsInput } from './database-slot-alarms';

const GiB = 1024 ** 3;

/** Alarms by construct id. */
export type AlarmTable = Readonly<Record<string, AlarmProps>>;

/** What the alarms of a database depend on. */
export interface DatabaseAlarmsInput {
  readonly name: string;
  readonly spec: Pick<Postgres, 'capacity' | 'topology'>;
  readonly settings: Pick<DatabaseSettings, 'pool' | 'slotMiB' | 'storage'>;
  readonly server: Pick<DatabaseServer, 'lag' | 'pulses' | 'worst' | 'writer'>;
  readonly proxyName: string;
  /** A recovery site reads its changes. */
  readonly replicated: boolean;
  /** Minutes that the recovery site may be behind. @default - nothing is promised, and nobody is called */
  readonly recoveryPointMinutes?: number | undefined;
  /** Connections that the busiest minutes were reckoned to need. @default - nothing was reckoned, and nobody is called */
  readonly rushConnections?: number | undefined;
}

const oneSecondInMicroseconds = 1_000_000;

const runbook = 'database';
const below = cloudwatch.ComparisonOperator.LESS_THAN_OR_EQUAL_TO_THRESHOLD;

/** When somebody is called for a database. */
export function databaseAlarms(input: DatabaseAlarmsInput): AlarmTable {
  return {
    ...serverAlarms(input),
    ...(input.settings.storage === undefined ? sharedStorageAlarms(input) : diskAlarms(input, input.settings.storage)),
    ...(input.replicated ? { ...slotAlarms(slotsOf(input)), ...silentAlarms(input) } : {}),
    ...poolAlarms(input),
  };
}

/** How many minutes of silence are a loss: a writer that moves within its cluster tells nothing for one or two. */
export const silentMinutes = 3;

/** By what health checks of names know that servers of a database are silent. */
export const silentAlarmNames = ({
  proxyName,
  server,
}: Pick<DatabaseAlarmsInput, 'proxyName'> & { readonly server: Pick<DatabaseServer, 'pulses'> }): readonly string[] =>
  server.pulses.map((_, index) => `${proxyName}-silent${index === 0 ? '' : `-${index + 1}`}`);

/**
 * No number of connections is below 0: only silence is. One metric and as many periods as alarm, since health checks of Route 53
 * know neither sums nor some periods of many.
 */
const silentAlarms = (input: DatabaseAlarmsInput): AlarmTable =>
  Object.fromEntries(
    silentAlarmNames(input).flatMap((name, index) => {
      const metric = input.server.pulses[index];
      if (metric === undefined) return [];
      const alarm: AlarmProps = {
        name,
        metric,
        description: `A server of database ${input.name} that takes writes has told nothing for ${silentMinutes} minutes.`,
        runbook: 'failover',
        threshold: 0,
        comparison: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
        missingData: cloudwatch.TreatMissingData.BREACHING,
        periods: silentMinutes,
      };
      return [[`Silent${index === 0 ? '' : index + 1}`, alarm]];
    }),
  );

const slotsOf = ({ name, recoveryPointMinutes, server, settings, spec }: DatabaseAlarmsInput): SlotAlarmsInput => ({
  name,
  topology: spec.topology,
  writer: server.writer,
  slotMiB: settings.slotMiB,
  recoveryPointMinutes,
});

function serverAlarms({ name, server, settings, spec }: DatabaseAlarmsInput): AlarmTable {
  return {
    CpuHigh: {
      metric: server.worst('CPUUtilization', 'Maximum'),
      description: `A server of database ${name} is busier than 85% for a quarter of an hour.`,
      runbook,
      threshold: 85,
      periods: 15,
      periodsToAlarm: 12,
    },
    MemoryLow: {
      metric: server.worst('FreeableMemory', 'Minimum'),
      description: `A server of database ${name} has less than 5% of its memory left.`,
      runbook,
      threshold: spec.capacity.memoryGiB * GiB * 0.05,
      comparison: below,
      periods: 15,
      periodsToAlarm: 12,
    },
    ConnectionsHigh: {
      metric: server.worst('DatabaseConnections', 'Maximum'),
      description: `A server of database ${name} has 80% of the connections open that its pool may open.`,
      runbook,
      threshold: Math.floor(settings.pool * 0.8),
      periods: 5,
    },
    TransactionIdsHigh: {
      metric: server.worst('MaximumUsedTransactionIDs', 'Maximum'),
      description: `Database ${name} has used half of its transaction ids; it stops when all are used.`,
      runbook,
      threshold: 1_000_000_000,
    },
    ...(server.lag === undefined
      ? {}
      : {
          ReplicaLagHigh: {
            metric: server.lag.metric,
            description: `A reader of database ${name} shows data that is too old.`,
            runbook,
            threshold: server.lag.threshold,
            periods: 5,
          },
        }),
  };
}

/**
 * Disk of an Aurora server for temporary files and logs, in GiB a GiB of memory; it is bought with the class. Source:
 * Aurora user guide, "Temporary storage limits for Aurora PostgreSQL", 2026: 32 GiB of r7g.large to 3072 of r8g.48xlarge.
 */
const localDiskShare = 2;

/**
 * Aurora's storage has no end that an alarm could tell of, but each server has a small disk of its own, and stops when it is
 * full. Aurora counts deadlocks, which RDS does not.
 */
function sharedStorageAlarms({ name, server, spec }: DatabaseAlarmsInput): AlarmTable {
  return {
    LocalStorageLow: {
      metric: server.worst('FreeLocalStorage', 'Minimum'),
      description: `A server of database ${name} has less than 20% of its own disk left for temporary files and logs.`,
      runbook,
      threshold: spec.capacity.memoryGiB * localDiskShare * GiB * 0.2,
      comparison: below,
      periods: 5,
    },
    Deadlocks: {
      metric: server.worst('Deadlocks', 'Maximum'),
      description: `Transactions of database ${name} block each other three times a minute and more.`,
      runbook,
      threshold: 0.05,
    },
  };
}

/** A disk that grows does so below 10%, within minutes; one that cannot leaves people time to act. */
function diskAlarms(
  { name, server }: DatabaseAlarmsInput,
  storage: NonNullable<DatabaseSettings['storage']>,
): AlarmTable {
  const percent = storage.maxGiB === undefined ? 25 : 10;
  return {
    StorageLow: {
      metric: server.worst('FreeStorageSpace', 'Minimum'),
      description: `The disk of database ${name} has had less than ${percent}% of its first size left for half an hour.`,
      runbook,
      threshold: (storage.GiB * GiB * percent) / 100,
      comparison: below,
      periods: 30,
    },
  };
}

function poolAlarms({ name, proxyName, rushConnections, settings }: DatabaseAlarmsInput): AlarmTable {
  const metric = (metricName: string, statistic: string): cloudwatch.IMetric =>
    new cloudwatch.Metric({
      namespace: 'AWS/RDS',
      metricName,
      dimensionsMap: { ProxyName: proxyName },
      statistic,
      period: alarmPeriod,
    });
  return {
    BorrowLatencyHigh: {
      metric: metric('DatabaseConnectionsBorrowLatency', 'Average'),
      description: `Requests wait longer than a second for a connection to database ${name}.`,
      runbook,
      threshold: oneSecondInMicroseconds,
      periods: 5,
    },
    ConnectionsFailed: {
      metric: metric('DatabaseConnectionsSetupFailed', 'Sum'),
      description: `The pool cannot connect to database ${name}.`,
      runbook,
      threshold: 5,
    },
    LoginsFailed: {
      metric: metric('ClientConnectionsSetupFailedAuth', 'Sum'),
      description: `Logins to database ${name} are refused: a permission or a user is missing, or somebody tries.`,
      runbook,
      threshold: 10,
    },
    ...(rushConnections === undefined
      ? {}
      : {
          RushHigh: {
            metric: metric('DatabaseConnectionsCurrentlyBorrowed', 'Maximum'),
            description:
              `More than the ${rushConnections} connections are in use that a rush on database ${name} was reckoned to need, ` +
              `of ${settings.pool} in the pool.`,
            runbook,
            threshold: rushConnections,
            comparison: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
            periods: 5,
          },
        }),
  };
}
