import type { SqlServer } from '../platform/nouns/database';
import type { AlertTable } from './alert-table';

export const sqlRunbook = 'azure-sql';

/** When somebody is called for a database of Azure SQL, or for a replica of it that has a name of its own. */
export const sqlAlerts = (name: string, tier: SqlServer['tier']): AlertTable => ({
  CpuHigh: {
    metricName: 'cpu_percent',
    aggregation: 'Average',
    threshold: 90,
    windowMinutes: 30,
    severity: 2,
    description: `Database ${name} is busier than 90% for half an hour.`,
    runbook: sqlRunbook,
  },
  WorkersHigh: {
    metricName: 'workers_percent',
    aggregation: 'Maximum',
    threshold: 80,
    windowMinutes: 15,
    severity: 2,
    description: `Database ${name} has 80% of the requests under way that it takes.`,
    runbook: sqlRunbook,
  },
  ConnectionsFailed: {
    metricName: 'connection_failed',
    aggregation: 'Total',
    threshold: 10,
    windowMinutes: 15,
    description: `Database ${name} fails connections by its own fault.`,
    runbook: sqlRunbook,
  },
  ...(tier === 'general' ? diskAlerts(name) : hyperscaleAlerts(name)),
});

const diskAlerts = (name: string): AlertTable => ({
  StorageHigh: {
    metricName: 'storage_percent',
    aggregation: 'Maximum',
    threshold: 85,
    windowMinutes: 15,
    description: `Database ${name} has filled 85% of its disk, which does not grow by itself.`,
    runbook: sqlRunbook,
  },
});

/** Storage grows by itself there; what runs out is connections, and the speed of the log that feeds the replicas. */
const hyperscaleAlerts = (name: string): AlertTable => ({
  SessionsHigh: {
    metricName: 'sessions_percent',
    aggregation: 'Maximum',
    threshold: 80,
    windowMinutes: 15,
    description: `Database ${name} has 80% of the connections open that it takes.`,
    runbook: sqlRunbook,
  },
  LogWritesHigh: {
    metricName: 'log_write_percent',
    aggregation: 'Average',
    threshold: 90,
    windowMinutes: 15,
    severity: 2,
    description: `Database ${name} writes its log at 90% of the speed that it has: replicas fall behind, and writes wait.`,
    runbook: sqlRunbook,
  },
});
