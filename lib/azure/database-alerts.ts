import type { Postgres } from '../platform/nouns/database';
import type { AlertTable } from './alert-table';
import type { DatabaseSettings } from './database-settings';

/** What the alerts of a server depend on. */
export interface DatabaseAlertsInput {
  readonly name: string;
  readonly spec: Pick<Postgres, 'pooling'>;
  readonly settings: Pick<DatabaseSettings, 'connections'>;
}

/** What those of a writer depend on. */
export interface WriterAlertsInput extends Pick<DatabaseAlertsInput, 'name'> {
  readonly settings: Pick<DatabaseSettings, 'storageMb'>;
  /** How many replicas follow it, in its region and in others. */
  readonly followers: number;
}

const runbook = 'azure-database';
const bytesOfMb = 1024 ** 2;

/** Share of the disk that a follower may keep write-ahead log on before somebody is called; nothing else bounds it. */
const slotShare = 0.1;

/** When somebody is called for any server of a database. */
export const serverAlerts = ({ name, settings, spec }: DatabaseAlertsInput): AlertTable => ({
  Down: {
    metricName: 'is_db_alive',
    aggregation: 'Maximum',
    operator: 'LessThan',
    threshold: 1,
    severity: 0,
    description: `A server of database ${name} does not answer.`,
    runbook,
  },
  CpuHigh: {
    metricName: 'cpu_percent',
    aggregation: 'Average',
    threshold: 85,
    windowMinutes: 15,
    description: `A server of database ${name} is busier than 85% for a quarter of an hour.`,
    runbook,
  },
  MemoryHigh: {
    metricName: 'memory_percent',
    aggregation: 'Average',
    threshold: 95,
    windowMinutes: 15,
    description: `A server of database ${name} has less than 5% of its memory left.`,
    runbook,
  },
  StorageHigh: {
    metricName: 'storage_percent',
    aggregation: 'Maximum',
    threshold: 85,
    description: `A server of database ${name} has filled 85% of its disk; at 95% it refuses to write.`,
    runbook,
  },
  ConnectionsHigh: {
    metricName: 'active_connections',
    aggregation: 'Maximum',
    threshold: Math.floor((settings.connections * spec.pooling.maxConnectionsPercent * 0.8) / 100),
    description: `A server of database ${name} has 80% of the connections open that its pool may open.`,
    runbook,
  },
});

/** When somebody is called for the writer, besides. */
export const writerAlerts = ({ followers, name, settings }: WriterAlertsInput): AlertTable => {
  const threshold = Math.floor(settings.storageMb * bytesOfMb * slotShare);
  return {
    TransactionIdsHigh: {
      metricName: 'maximum_used_transactionIDs',
      aggregation: 'Maximum',
      threshold: 1_000_000_000,
      description: `Database ${name} has used half of its transaction ids; it stops when all are used.`,
      runbook,
    },
    SlotLagHigh: {
      metricName: 'logical_replication_delay_in_bytes',
      aggregation: 'Maximum',
      threshold,
      windowMinutes: 15,
      description: `The other site is far behind database ${name}, which keeps the log for it until the disk is full.`,
      runbook,
    },
    ...(followers === 0
      ? {}
      : {
          ReplicaSlotLagHigh: {
            metricName: 'physical_replication_delay_in_bytes',
            aggregation: 'Maximum',
            threshold,
            windowMinutes: 15,
            description: `A replica is far behind database ${name}, which keeps the log for it until the disk is full.`,
            runbook,
          },
        }),
  };
};

/**
 * When somebody is called for a replica, besides. The lag counts from the last change, so it grows while nobody writes:
 * Azure advises five minutes.
 */
export const replicaAlerts = ({ name }: Pick<DatabaseAlertsInput, 'name'>): AlertTable => ({
  LagHigh: {
    metricName: 'physical_replication_delay_in_seconds',
    aggregation: 'Minimum',
    threshold: 300,
    windowMinutes: 15,
    description: `A reader of database ${name} shows data that is too old.`,
    runbook,
  },
});

/** The longest that a replica in another region may be behind before somebody is called, in seconds, as Azure advises. */
const longestLagSeconds = 300;

/**
 * When somebody is called for a replica in another region, besides: what it is behind is lost with the region of the writer,
 * so that this is never later than when as much is lost as may be.
 */
export const geoReplicaAlerts = (
  { name }: Pick<DatabaseAlertsInput, 'name'>,
  pointMinutes: number | undefined,
): AlertTable => ({
  LagHigh: {
    metricName: 'physical_replication_delay_in_seconds',
    aggregation: 'Minimum',
    threshold: pointMinutes === undefined ? longestLagSeconds : Math.min(longestLagSeconds, pointMinutes * 60),
    description: `The replica of database ${name} in the other region is behind: what it lacks is lost if the region of the writer is.`,
    runbook,
  },
});

/**
 * Whether a replica tells how far it is behind, which a server does only while it follows another. One row, with or without
 * any log.
 */
export const followingQuery = (serverId: string): string =>
  [
    'AzureMetrics',
    `| where ResourceId =~ '${serverId}'`,
    "| where MetricName == 'physical_replication_delay_in_seconds'",
    '| summarize told = count()',
    '| project silent = iff(told == 0, 1, 0)',
  ].join('\n');
