/** What a metric must be for somebody to be called. */
export interface Watched {
  readonly metric: string;
  readonly threshold: number;
  /** @default '>=' */
  readonly when?: '<' | '<=' | '>' | '>=';
  /** @default 1 */
  readonly severity?: 0 | 1 | 2;
  /** The queue or topic alone. */
  readonly of?: string;
}

/** Metrics of one resource. */
export interface WatchedResource {
  /** Path under which the alerts stand. */
  readonly at: string;
  /** Path of the resource. */
  readonly on: string;
  readonly alerts: Readonly<Record<string, Watched>>;
}

/** The pool opens nine tenths of what a server takes, and somebody is called at four fifths of that. */
const connections = 2304;

/** A tenth of the disk. */
const slotBytes = 13_743_895_347;

const server = (name: string, more: Readonly<Record<string, Watched>>): WatchedResource => ({
  at: `data/StoreDatabase/${name}`,
  on: `data/StoreDatabase/${name}/Server`,
  alerts: {
    Down: { metric: 'is_db_alive', threshold: 1, when: '<', severity: 0 },
    CpuHigh: { metric: 'cpu_percent', threshold: 85 },
    MemoryHigh: { metric: 'memory_percent', threshold: 95 },
    StorageHigh: { metric: 'storage_percent', threshold: 85 },
    ConnectionsHigh: { metric: 'active_connections', threshold: connections },
    ...more,
  },
});

const lag = { LagHigh: { metric: 'physical_replication_delay_in_seconds', threshold: 300 } } as const;

const cache = (name: string, memory: number, evictions: number): WatchedResource => ({
  at: `data/${name}Cache`,
  on: `data/${name}Cache/Cache`,
  alerts: {
    CpuHigh: { metric: 'percentProcessorTime', threshold: 85 },
    Evictions: { metric: 'evictedkeys', threshold: evictions },
    LoadHigh: { metric: 'serverLoad', threshold: 80 },
    MemoryHigh: { metric: 'usedmemorypercentage', threshold: memory },
  },
});

const account = (name: string): WatchedResource => ({
  at: `data/${name}Storage`,
  on: `data/${name}Storage/Account`,
  alerts: {
    Throttled: { metric: 'Transactions', threshold: 100 },
    Unavailable: { metric: 'Availability', threshold: 99.9, when: '<' },
  },
});

const namespace = 'messaging/ServiceBus/Namespace';

const queue = (name: string, of: string, backlog: number): WatchedResource => ({
  at: `messaging/${name}Queue`,
  on: namespace,
  alerts: {
    Backlog: { metric: 'ActiveMessages', threshold: backlog, of },
    DeadLetters: { metric: 'DeadletteredMessages', threshold: 1, of },
    Stalled: { metric: 'ActiveMessages', threshold: 1, of },
  },
});

/** Every metric for which somebody is called. */
export const watched: readonly WatchedResource[] = [
  {
    at: 'foundation/Keys',
    on: 'foundation/Keys/Vault',
    alerts: {
      Refused: { metric: 'ServiceApiResult', threshold: 10, severity: 2 },
      Saturated: { metric: 'SaturationShoebox', threshold: 75 },
      Unavailable: { metric: 'Availability', threshold: 99, when: '<', severity: 0 },
    },
  },
  {
    at: 'foundation/Network/ClusterNat',
    on: 'foundation/Network/ClusterNat/Gateway',
    alerts: { Lost: { metric: 'DatapathAvailability', threshold: 98, when: '<' } },
  },
  server('Writer', {
    TransactionIdsHigh: { metric: 'maximum_used_transactionIDs', threshold: 1_000_000_000 },
    SlotLagHigh: { metric: 'logical_replication_delay_in_bytes', threshold: slotBytes },
    ReplicaSlotLagHigh: { metric: 'physical_replication_delay_in_bytes', threshold: slotBytes },
  }),
  server('Replica1', lag),
  server('Replica2', lag),
  {
    at: 'data/AnalyticsBackupDatabase',
    on: 'data/AnalyticsBackupDatabase/Database',
    alerts: {
      ConnectionsFailed: { metric: 'connection_failed', threshold: 10 },
      CpuHigh: { metric: 'cpu_percent', threshold: 90, severity: 2 },
      StorageHigh: { metric: 'storage_percent', threshold: 85 },
      WorkersHigh: { metric: 'workers_percent', threshold: 80, severity: 2 },
    },
  },
  cache('Catalog', 95, 15_000),
  cache('Sessions', 75, 1),
  account('Archive'),
  account('Hot'),
  {
    at: 'messaging/ServiceBus',
    on: namespace,
    alerts: {
      CpuHigh: { metric: 'NamespaceCpuUsage', threshold: 85 },
      MemoryHigh: { metric: 'NamespaceMemoryUsage', threshold: 80 },
      ServerErrors: { metric: 'ServerErrors', threshold: 10 },
      Throttled: { metric: 'ThrottledRequests', threshold: 10 },
    },
  },
  queue('AnalyticsEvents', 'analytics-events', 4000),
  queue('Notifications', 'notifications', 2000),
  queue('OrderUpdates', 'order-updates', 2000),
  queue('Orders', 'orders', 600),
  {
    at: 'messaging/OrderEventsTopic',
    on: namespace,
    alerts: { Undelivered: { metric: 'DeadletteredMessages', threshold: 1, of: 'order-events' } },
  },
  {
    at: 'cluster/Cluster/Alerts',
    on: 'cluster/Cluster/Cluster',
    alerts: {
      ApiServerBusy: { metric: 'apiserver_cpu_usage_percentage', threshold: 90 },
      EtcdFull: { metric: 'etcd_database_usage_percentage', threshold: 80 },
      NoRoom: { metric: 'cluster_autoscaler_unschedulable_pods_count', threshold: 0, when: '>' },
      NodesBusy: { metric: 'node_cpu_usage_percentage', threshold: 85, severity: 2 },
      NodesFull: { metric: 'node_memory_working_set_percentage', threshold: 90 },
    },
  },
  {
    at: 'operations/Backup',
    on: 'operations/Backup/Vault',
    alerts: { Failed: { metric: 'BackupHealthEvent', threshold: 1 } },
  },
  {
    at: 'cluster/FeedAnalyticsFunction',
    on: 'cluster/FeedAnalyticsFunction/App',
    alerts: { Missed: { metric: 'OnDemandFunctionExecutionCount', threshold: 1, when: '<' } },
  },
  {
    at: 'edge/ApplicationGateway',
    on: 'edge/ApplicationGateway/Gateway',
    alerts: {
      Capacity: { metric: 'CapacityUnits', threshold: 60 },
      Errors: { metric: 'ResponseStatus', threshold: 50 },
      Unhealthy: { metric: 'UnhealthyHostCount', threshold: 0, when: '>', severity: 0 },
    },
  },
  {
    at: 'edge/Edge',
    on: 'edge/Edge/Profile',
    alerts: {
      Blocks: { metric: 'WebApplicationFirewallRequestCount', threshold: 3000, when: '>', severity: 2 },
      Errors: { metric: 'Percentage5XX', threshold: 0.08, when: '>' },
      Origin: { metric: 'OriginHealthPercentage', threshold: 90, when: '<', severity: 0 },
      Slow: { metric: 'TotalLatency', threshold: 1000, when: '>', severity: 2 },
    },
  },
];
