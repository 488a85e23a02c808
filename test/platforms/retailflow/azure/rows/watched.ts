/** What a metric must be for somebody to be called. */
export interface Watched {
  readonly metric: string;
  readonly threshold: number;
  /** @default '>=' */
  readonly when?: '<' | '<=' | '>' | '>=';
  /** @default 1 */
  readonly severity?: 0 | 1 | 2;
  /** How the metric is put together. @default Average */
  readonly as?: 'Average' | 'Count' | 'Maximum' | 'Minimum' | 'Total';
  /** Over how many minutes. @default 5 */
  readonly over?: 1 | 5 | 15 | 30 | 60 | 1440;
  /** What of the metric is looked at. @default - all of it */
  readonly dimension?: { readonly name: string; readonly values: readonly string[]; readonly by?: 'StartsWith' };
}

/** Metrics of one resource. */
export interface WatchedResource {
  /** Path under which the alerts stand. */
  readonly at: string;
  /** Path of the resource. */
  readonly on: string;
  /** Whose metrics they are. */
  readonly namespace: string;
  readonly alerts: Readonly<Record<string, Watched>>;
}

/** The pool opens nine tenths of what a server takes, and somebody is called at four fifths of that. */
const connections = 2304;

/** A tenth of the disk. */
const slotBytes = 13_743_895_347;

const server = (name: string, more: Readonly<Record<string, Watched>>): WatchedResource => ({
  at: `data/StoreDatabase/${name}`,
  on: `data/StoreDatabase/${name}/Server`,
  namespace: 'Microsoft.DBforPostgreSQL/flexibleServers',
  alerts: {
    Down: { metric: 'is_db_alive', threshold: 1, when: '<', severity: 0, as: 'Maximum' },
    CpuHigh: { metric: 'cpu_percent', threshold: 85, over: 15 },
    MemoryHigh: { metric: 'memory_percent', threshold: 95, over: 15 },
    StorageHigh: { metric: 'storage_percent', threshold: 85, as: 'Maximum' },
    ConnectionsHigh: { metric: 'active_connections', threshold: connections, as: 'Maximum' },
    ...more,
  },
});

const lag = {
  LagHigh: { metric: 'physical_replication_delay_in_seconds', threshold: 300, as: 'Minimum', over: 15 },
} as const;

const tunnel = (connection: string, number: string, peer: string): Readonly<Record<string, Watched>> => ({
  [`Aws${connection}${number}Quiet`]: {
    metric: 'TunnelIngressBytes',
    threshold: 0,
    when: '<=',
    as: 'Total',
    severity: 2,
    over: 15,
    dimension: { name: 'ConnectionName', values: [`vcn-retailflow-production-aws-${connection}-${number}`] },
  },
  [`Aws${connection}${number}PeerDown`]: {
    metric: 'BgpPeerStatus',
    threshold: 0.25,
    when: '<',
    severity: 2,
    over: 15,
    dimension: { name: 'BgpPeerAddress', values: [peer] },
  },
});

const cache = (name: string, memory: number, evictions: number): WatchedResource => ({
  at: `data/${name}Cache`,
  on: `data/${name}Cache/Cache`,
  namespace: 'Microsoft.Cache/redisEnterprise',
  alerts: {
    CpuHigh: { metric: 'percentProcessorTime', threshold: 85, as: 'Maximum', over: 15 },
    Evictions: { metric: 'evictedkeys', threshold: evictions, when: '>', over: evictions === 0 ? 1 : 15 },
    LoadHigh: { metric: 'serverLoad', threshold: 80, as: 'Maximum' },
    MemoryHigh: { metric: 'usedmemorypercentage', threshold: memory, as: 'Maximum' },
  },
});

const events = (at: string): WatchedResource => ({
  at,
  on: `${at}/Topic`,
  namespace: 'Microsoft.EventGrid/systemTopics',
  alerts: { Dropped: { metric: 'DroppedEventCount', threshold: 1, as: 'Total' } },
});

const account = (name: string): WatchedResource => ({
  at: `data/${name}Storage`,
  on: `data/${name}Storage/Account`,
  namespace: 'Microsoft.Storage/storageAccounts',
  alerts: {
    Throttled: {
      metric: 'Transactions',
      threshold: 100,
      as: 'Total',
      over: 15,
      dimension: {
        name: 'ResponseType',
        values: ['ClientAccountRequestThrottlingError', 'ClientThrottlingError', 'ServerBusyError'],
      },
    },
    Unavailable: { metric: 'Availability', threshold: 99.9, when: '<', over: 15 },
  },
});

const namespace = 'messaging/ServiceBus/Namespace';

/** The queue or topic alone. */
const entity = (name: string): Watched['dimension'] & object => ({ name: 'EntityName', values: [name] });

const queue = (name: string, of: string, backlog: number, over?: 15): WatchedResource => ({
  at: `messaging/${name}Queue`,
  on: namespace,
  namespace: 'Microsoft.ServiceBus/namespaces',
  alerts: {
    Backlog: { metric: 'ActiveMessages', threshold: backlog, dimension: entity(of), ...(over && { over }) },
    DeadLetters: { metric: 'DeadletteredMessages', threshold: 1, as: 'Maximum', dimension: entity(of) },
    Stalled: { metric: 'ActiveMessages', threshold: 1, as: 'Minimum', dimension: entity(of), ...(over && { over }) },
  },
});

/** Requests that were answered so, ten of them. */
const answered = (metric: string, name: string, ...values: readonly string[]): Watched => ({
  metric,
  threshold: 10,
  as: 'Count',
  dimension: { name, values },
});

/** Every metric for which somebody is called. */
export const watched: readonly WatchedResource[] = [
  {
    at: 'foundation/Keys',
    on: 'foundation/Keys/Vault',
    namespace: 'Microsoft.KeyVault/vaults',
    alerts: {
      Refused: {
        metric: 'ServiceApiResult',
        threshold: 10,
        severity: 2,
        as: 'Count',
        over: 15,
        dimension: { name: 'StatusCode', values: ['403'] },
      },
      Saturated: { metric: 'SaturationShoebox', threshold: 75 },
      Unavailable: { metric: 'Availability', threshold: 99, when: '<', severity: 0 },
    },
  },
  {
    at: 'foundation/Network/ClusterNat',
    on: 'foundation/Network/ClusterNat/Gateway',
    namespace: 'Microsoft.Network/natGateways',
    alerts: { Lost: { metric: 'DatapathAvailability', threshold: 98, when: '<' } },
  },
  server('Writer', {
    TransactionIdsHigh: { metric: 'maximum_used_transactionIDs', threshold: 1_000_000_000, as: 'Maximum' },
    SlotLagHigh: { metric: 'logical_replication_delay_in_bytes', threshold: slotBytes, as: 'Maximum', over: 15 },
    ReplicaSlotLagHigh: {
      metric: 'physical_replication_delay_in_bytes',
      threshold: slotBytes,
      as: 'Maximum',
      over: 15,
    },
  }),
  server('Replica1', lag),
  server('Replica2', lag),
  {
    at: 'data/AnalyticsBackupDatabase',
    on: 'data/AnalyticsBackupDatabase/Database',
    namespace: 'Microsoft.Sql/servers/databases',
    alerts: {
      ConnectionsFailed: { metric: 'connection_failed', threshold: 10, as: 'Total', over: 15 },
      CpuHigh: { metric: 'cpu_percent', threshold: 90, severity: 2, over: 30 },
      StorageHigh: { metric: 'storage_percent', threshold: 85, as: 'Maximum', over: 15 },
      WorkersHigh: { metric: 'workers_percent', threshold: 80, severity: 2, as: 'Maximum', over: 15 },
    },
  },
  events('foundation/VaultExpiry'),
  events('data/BackupKey/Expiry'),
  cache('Catalog', 95, 16),
  cache('Sessions', 75, 0),
  account('Archive'),
  account('Assets'),
  account('Hot'),
  {
    at: 'messaging/ServiceBus',
    on: namespace,
    namespace: 'Microsoft.ServiceBus/namespaces',
    alerts: {
      CpuHigh: { metric: 'NamespaceCpuUsage', threshold: 95, as: 'Maximum', severity: 2, over: 15 },
      MemoryHigh: { metric: 'NamespaceMemoryUsage', threshold: 80, as: 'Maximum', over: 15 },
      ServerErrors: { metric: 'ServerErrors', threshold: 10, as: 'Total' },
      Throttled: { metric: 'ThrottledRequests', threshold: 10, as: 'Total' },
    },
  },
  queue('AnalyticsEvents', 'analytics-events', 4000, 15),
  queue('Notifications', 'notifications', 2000, 15),
  queue('OrderUpdates', 'order-updates', 2000, 15),
  queue('Undelivered', 'undelivered', 2000, 15),
  {
    at: 'messages/CustomersMessages',
    on: 'messages/CustomersMessages/Service',
    namespace: 'Microsoft.Communication/CommunicationServices',
    alerts: {
      Daily: { metric: 'DeliveryStatusUpdate', threshold: 160_000, as: 'Count', over: 1440 },
      EmailFails: answered('ApiRequests', 'StatusCodeClass', '5xx'),
      EmailThrottled: answered('ApiRequests', 'StatusCode', '429'),
      SmsFails: answered('APIRequestSMS', 'StatusCodeClass', '4xx', '5xx'),
    },
  },
  events('messages/CustomersMessages/Feedback'),
  queue('Orders', 'orders', 600),
  {
    at: 'messaging/OrderEventsTopic',
    on: namespace,
    namespace: 'Microsoft.ServiceBus/namespaces',
    alerts: {
      Undelivered: { metric: 'DeadletteredMessages', threshold: 1, as: 'Maximum', dimension: entity('order-events') },
    },
  },
  {
    at: 'cluster/Cluster/Alerts',
    on: 'cluster/Cluster/Cluster',
    namespace: 'Microsoft.ContainerService/managedClusters',
    alerts: {
      ApiServerBusy: { metric: 'apiserver_cpu_usage_percentage', threshold: 90, as: 'Maximum', over: 15 },
      EtcdFull: { metric: 'etcd_database_usage_percentage', threshold: 80, as: 'Maximum', over: 15 },
      NodesBusy: { metric: 'node_cpu_usage_percentage', threshold: 85, severity: 2, over: 15 },
      NodesFull: { metric: 'node_memory_working_set_percentage', threshold: 90, over: 15 },
    },
  },
  {
    at: 'operations/Backup',
    on: 'operations/Backup/Vault',
    namespace: 'Microsoft.DataProtection/BackupVaults',
    alerts: {
      Failed: {
        metric: 'BackupHealthEvent',
        threshold: 1,
        as: 'Count',
        over: 60,
        dimension: { name: 'healthStatus', values: ['PersistentUnhealthy', 'TransientUnhealthy'] },
      },
    },
  },
  {
    at: 'edge/ApplicationGateway',
    on: 'edge/ApplicationGateway/Gateway',
    namespace: 'Microsoft.Network/applicationGateways',
    alerts: {
      Capacity: { metric: 'CapacityUnits', threshold: 60, over: 15 },
      Errors: {
        metric: 'ResponseStatus',
        threshold: 50,
        as: 'Total',
        dimension: { name: 'HttpStatusGroup', values: ['5xx'] },
      },
      Unhealthy: { metric: 'UnhealthyHostCount', threshold: 0, when: '>', severity: 0 },
    },
  },
  {
    at: 'edge/Edge',
    on: 'edge/Edge/Profile',
    namespace: 'Microsoft.Cdn/profiles',
    alerts: {
      Blocks: {
        metric: 'WebApplicationFirewallRequestCount',
        threshold: 3000,
        when: '>',
        severity: 2,
        as: 'Total',
        dimension: { name: 'Action', values: ['Block'] },
      },
      Errors: { metric: 'Percentage5XX', threshold: 0.08, when: '>' },
      Origin: { metric: 'OriginHealthPercentage', threshold: 90, when: '<', severity: 0 },
      Slow: { metric: 'TotalLatency', threshold: 1000, when: '>', severity: 2, over: 15 },
    },
  },
  {
    at: 'link/Link/Alerts',
    on: 'link-base/VpnGateway/Gateway',
    namespace: 'Microsoft.Network/virtualNetworkGateways',
    alerts: {
      ...tunnel('1', '1', '169.254.21.1'),
      ...tunnel('1', '2', '169.254.22.1'),
      ...tunnel('2', '1', '169.254.21.5'),
      ...tunnel('2', '2', '169.254.22.5'),
      Quiet: { metric: 'TunnelIngressBytes', threshold: 0, when: '<=', as: 'Total', severity: 0 },
      Silent: { metric: 'TunnelEgressBytes', threshold: 0, when: '<=', as: 'Total', severity: 0 },
      Crowded: { metric: 'AverageBandwidth', threshold: 100_000_000, over: 15 },
    },
  },
];
