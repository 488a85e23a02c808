import { between, identityType, like, oneOf } from './allowed';
import type { ValuesOf } from './allowed';

/** Sizes that every series of PostgreSQL's machines has, in virtual CPUs. */
const generalPurpose = '(2|4|8|16|32|48|64|96)';

/**
 * PostgreSQL: https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-compute
 * Azure SQL: https://learn.microsoft.com/azure/azure-sql/database/resource-limits-vcore-single-databases
 * Managed Redis: https://learn.microsoft.com/azure/redis/overview
 */
export const databaseValues: Readonly<Record<string, ValuesOf>> = {
  azurerm_managed_redis: {
    sku_name: like(
      /^(Balanced_B(0|1|3|5|10|20|50|100|150|250|350|500|700|1000)|MemoryOptimized_M(10|20|50|100|150|250|350|500|700|1000|1500|2000)|ComputeOptimized_X(3|5|10|20|50|100|150|250|350|500|700)|FlashOptimized_A(250|500|700|1000|1500|2000|4500))$/,
      'a SKU such as Balanced_B5',
    ),
    public_network_access: oneOf('Disabled Enabled'),
    'default_database.client_protocol': oneOf('Encrypted Plaintext'),
    'default_database.clustering_policy': oneOf('EnterpriseCluster NoCluster OSSCluster'),
    'default_database.eviction_policy': oneOf(
      'AllKeysLFU AllKeysLRU AllKeysRandom NoEviction VolatileLFU VolatileLRU VolatileRandom VolatileTTL',
    ),
    'default_database.persistence_append_only_file_backup_frequency': oneOf('1s'),
    'default_database.persistence_redis_database_backup_frequency': oneOf('1h 6h 12h'),
    'identity.type': identityType,
  },
  azurerm_mssql_database: {
    sku_name: like(
      /^((GP|BC|HS)_(S_)?(Gen5|DC|Fsv2|M)_\d+|HS_(PRMS|MOPRMS)_\d+|S\d+|P\d+|Basic|ElasticPool)$/,
      'a SKU such as GP_Gen5_2 or HS_Gen5_4',
    ),
    create_mode: oneOf(
      'Copy Default OnlineSecondary PointInTimeRestore Recovery Restore RestoreLongTermRetentionBackup Secondary',
    ),
    license_type: oneOf('BasePrice LicenseIncluded'),
    read_replica_count: between(0, 4),
    secondary_type: oneOf('Geo Named Standby'),
    storage_account_type: oneOf('Geo GeoZone Local Zone'),
    'short_term_retention_policy.retention_days': between(1, 35),
    'short_term_retention_policy.backup_interval_in_hours': { oneOf: [12, 24] },
    'identity.type': oneOf('UserAssigned'),
  },
  azurerm_cosmosdb_account: {
    offer_type: oneOf('Standard'),
    kind: oneOf('GlobalDocumentDB MongoDB Parse'),
    minimal_tls_version: oneOf('Tls Tls11 Tls12'),
    'backup.type': oneOf('Continuous Periodic'),
    'backup.tier': oneOf('Continuous7Days Continuous30Days'),
    'consistency_policy.consistency_level': oneOf('BoundedStaleness ConsistentPrefix Eventual Session Strong'),
    'identity.type': identityType,
  },
  azurerm_cosmosdb_sql_container: {
    partition_key_version: between(1, 2),
    'autoscale_settings.max_throughput': between(1000, 1_000_000),
  },
  azurerm_mssql_server: {
    connection_policy: oneOf('Default Proxy Redirect'),
    minimum_tls_version: oneOf('1.0 1.1 1.2 Disabled'),
    version: oneOf('2.0 12.0'),
    'identity.type': identityType,
  },
  azurerm_mssql_server_extended_auditing_policy: { retention_in_days: between(0, 3285) },
  azurerm_mssql_server_security_alert_policy: { state: oneOf('Disabled Enabled New') },
  azurerm_postgresql_flexible_server: {
    sku_name: like(
      new RegExp(
        `^(B_Standard_B(1ms|2s|2ms|4ms|8ms|12ms|16ms|20ms)|GP_Standard_D${generalPurpose}(ads_v5|ds_v4|ds_v5|s_v3)|` +
          `MO_Standard_E(2|4|8|16|20|32|48|64|96)(ads_v5|ds_v4|ds_v5|s_v3))$`,
      ),
      'a SKU such as GP_Standard_D4ds_v5',
    ),
    version: oneOf('11 12 13 14 15 16 17 18'),
    storage_mb: {
      oneOf: [32, 64, 128, 256, 512, 1024, 2048, 4095, 4096, 8192, 16384, 32767].map((gib) =>
        gib === 4095 ? 4193280 : gib === 32767 ? 33553408 : gib * 1024,
      ),
    },
    storage_tier: oneOf('P4 P6 P10 P15 P20 P30 P40 P50 P60 P70 P80'),
    backup_retention_days: between(7, 35),
    create_mode: oneOf('Default GeoRestore PointInTimeRestore Replica ReviveDropped Update'),
    replication_role: oneOf('None'),
    'high_availability.mode': oneOf('SameZone ZoneRedundant'),
    'maintenance_window.day_of_week': between(0, 6),
    'maintenance_window.start_hour': between(0, 23),
    'maintenance_window.start_minute': between(0, 59),
    'identity.type': identityType,
  },
  azurerm_postgresql_flexible_server_active_directory_administrator: {
    principal_type: oneOf('Group ServicePrincipal User'),
  },
  azurerm_postgresql_flexible_server_database: { charset: like(/^[A-Z0-9_]+$/i, 'a character set such as UTF8') },
  azurerm_postgresql_flexible_server_virtual_endpoint: { type: oneOf('ReadWrite') },
};
