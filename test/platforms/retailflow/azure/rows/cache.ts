import { about, none, one, type Row } from '../../../support/about';
import { reference } from '../../../support/graph';
import { absent, exactly } from '../../../support/matchers';
import { encryptionIdentity } from './facts';

const stack = 'data';

export const cache: Row = {
  row: 'cache',
  expectations: [
    one(
      'sessions are written to disk within a second, and none is dropped',
      'azurerm_managed_redis',
      'data/SessionsCache/Cache',
      {
        'default_database.persistence_append_only_file_backup_frequency': '1s',
        'default_database.eviction_policy': 'NoEviction',
        sku_name: 'Balanced_B10',
      },
    ),
    one(
      'the catalogue is written to disk twice a day, and drops what is old',
      'azurerm_managed_redis',
      'data/CatalogCache/Cache',
      {
        'default_database.persistence_redis_database_backup_frequency': '12h',
        'default_database.eviction_policy': 'AllKeysLRU',
        sku_name: 'Balanced_B10',
      },
    ),
    ...about(
      { stack, type: 'azurerm_managed_redis', count: 2 },
      {
        'caches do not answer the internet': { path: 'public_network_access', is: 'Disabled' },
        'caches know no keys': { path: 'default_database.access_keys_authentication_enabled', is: false },
        'caches are called by TLS': { path: 'default_database.client_protocol', is: 'Encrypted' },
        'caches look like one server': { path: 'default_database.clustering_policy', is: 'EnterpriseCluster' },
        'each shard of a cache has a copy in another zone': { path: 'high_availability_enabled', is: true },
        // Azure takes no name of the key without its version here.
        'caches are encrypted with the newest key of caches': {
          path: 'customer_managed_key.key_vault_key_id',
          is: reference('foundation/Keys/Cache', 'output.properties.keyUriWithVersion'),
        },
        'caches are encrypted by the identity of encryption': {
          path: 'customer_managed_key.user_assigned_identity_id',
          is: encryptionIdentity,
        },
        'caches have the identity of encryption, and no other': {
          path: 'identity.identity_ids',
          is: exactly(encryptionIdentity),
        },
        'caches are copied to no other region': { path: 'default_database.geo_replication_group_name', is: absent },
      },
    ),
    ...(['Catalog', 'Sessions'] as const).flatMap((name) => [
      one(
        `who connects to ${name} is written down`,
        'azurerm_monitor_diagnostic_setting',
        `data/${name}Cache/Connections`,
        {
          target_resource_id: `\${data/${name}Cache/Cache.id}/databases/default`,
          enabled_log: [{ category: 'ConnectionEvents' }],
        },
      ),
      one(`${name} sends its figures`, 'azurerm_monitor_diagnostic_setting', `data/${name}Cache/Diagnostics`, {
        target_resource_id: `\${data/${name}Cache/Cache.id}`,
        enabled_metric: [{ category: 'AllMetrics' }],
      }),
    ]),
    none({ type: 'azurerm_redis_cache' }, 'there is no Azure Cache for Redis, which is not sold any more'),
    none({ type: 'azurerm_redis_enterprise_*' }, 'there is no Redis Enterprise, which ends'),
  ],
};
