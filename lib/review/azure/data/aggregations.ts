const spread = ['Average', 'Maximum', 'Minimum'] as const;
const sum = ['Total'] as const;
const mean = ['Average'] as const;
const most = ['Maximum'] as const;
const count = ['Count'] as const;

/**
 * What Azure reckons of a metric over a time, by the kind of resource and the metric: an alert that asks for anything else is refused.
 * Source: https://learn.microsoft.com/azure/azure-monitor/reference/metrics-index, 2026.
 */
export const aggregations: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'Microsoft.ApiManagement/service': {
    CpuPercent_Gateway: ['Average', 'Maximum'],
    Duration: spread,
    MemoryPercent_Gateway: ['Average', 'Maximum'],
    Requests: ['Total', 'Maximum', 'Minimum'],
  },
  'Microsoft.AppConfiguration/configurationStores': {
    DailyStorageUsage: ['Maximum', 'Minimum'],
    HttpIncomingRequestCount: sum,
    HttpIncomingRequestDuration: mean,
    ReplicationLatency: mean,
    RequestQuotaUsage: ['Maximum', 'Minimum'],
    ThrottledHttpRequestCount: sum,
  },
  'Microsoft.Cache/redisEnterprise': {
    evictedkeys: mean,
    percentProcessorTime: most,
    serverLoad: most,
    usedmemorypercentage: most,
  },
  'Microsoft.Cdn/profiles': {
    OriginHealthPercentage: mean,
    Percentage5XX: mean,
    TotalLatency: mean,
    WebApplicationFirewallRequestCount: sum,
  },
  'Microsoft.Communication/CommunicationServices': {
    APIRequestSMS: count,
    ApiRequests: count,
    DeliveryStatusUpdate: count,
  },
  'Microsoft.ContainerService/managedClusters': {
    apiserver_cpu_usage_percentage: ['Average', 'Maximum'],
    etcd_database_usage_percentage: ['Average', 'Maximum'],
    node_cpu_usage_percentage: ['Average', 'Maximum'],
    node_memory_working_set_percentage: ['Average', 'Maximum'],
  },
  'Microsoft.DBforPostgreSQL/flexibleServers': {
    active_connections: spread,
    cpu_percent: spread,
    is_db_alive: spread,
    logical_replication_delay_in_bytes: spread,
    maximum_used_transactionIDs: spread,
    memory_percent: spread,
    physical_replication_delay_in_bytes: spread,
    physical_replication_delay_in_seconds: spread,
    storage_percent: spread,
  },
  'Microsoft.DataProtection/BackupVaults': { BackupHealthEvent: count },
  'Microsoft.DocumentDB/databaseAccounts': {
    NormalizedRUConsumption: ['Average', 'Maximum'],
    RegionFailover: count,
    ServiceAvailability: spread,
    TotalRequests: count,
  },
  'Microsoft.EventGrid/systemTopics': { DroppedEventCount: sum },
  'Microsoft.KeyVault/vaults': { Availability: mean, SaturationShoebox: mean, ServiceApiResult: count },
  'Microsoft.Network/applicationGateways': { CapacityUnits: mean, ResponseStatus: sum, UnhealthyHostCount: mean },
  'Microsoft.Network/natGateways': { DatapathAvailability: mean },
  'Microsoft.Network/publicIPAddresses': { IfUnderDDoSAttack: most },
  'Microsoft.Network/virtualNetworkGateways': {
    AverageBandwidth: mean,
    BgpPeerStatus: mean,
    TunnelEgressBytes: sum,
    TunnelIngressBytes: sum,
  },
  'Microsoft.Search/searchServices': { SearchLatency: mean, ThrottledSearchQueriesPercentage: mean },
  'Microsoft.ServiceBus/namespaces': {
    ActiveMessages: spread,
    DeadletteredMessages: spread,
    NamespaceCpuUsage: most,
    NamespaceMemoryUsage: most,
    OutgoingMessages: sum,
    ReplicationLagDuration: spread,
    ServerErrors: sum,
    ThrottledRequests: sum,
  },
  'Microsoft.Sql/servers/databases': {
    connection_failed: ['Count', 'Total'],
    cpu_percent: spread,
    log_write_percent: spread,
    sessions_percent: spread,
    storage_percent: spread,
    workers_percent: spread,
  },
  'Microsoft.Storage/storageAccounts': { Availability: spread, Transactions: sum },
  'Microsoft.Storage/storageAccounts/objectReplicationPolicies': { PendingOperationsForReplication: spread },
};
