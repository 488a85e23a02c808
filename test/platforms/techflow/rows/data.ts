import { one, type Row } from '../../support/about';
import { reference } from '../../support/graph';
import { exactly } from '../../support/matchers';
import { key, region } from './facts';

const writer = reference('data/StoreDatabase/Writer/Server', 'id');

/** One PostgreSQL server with replicas, and Redis. */
export const data: Row = {
  row: 'data',
  expectations: [
    one(
      'one server takes all writes, with a standby in another zone',
      'azurerm_postgresql_flexible_server',
      'data/StoreDatabase/Writer/Server',
      {
        location: region,
        'high_availability.mode': 'ZoneRedundant',
        sku_name: 'MO_Standard_E8ds_v5',
        public_network_access_enabled: false,
        'authentication.password_auth_enabled': false,
        'customer_managed_key.key_vault_key_id': key('Database'),
        backup_retention_days: 35,
        'lifecycle.prevent_destroy': true,
      },
    ),
    ...['Replica1', 'Replica2'].map((replica) =>
      one(
        `${replica} of the server answers readers`,
        'azurerm_postgresql_flexible_server',
        `data/StoreDatabase/${replica}/Server`,
        {
          create_mode: 'Replica',
          source_server_id: writer,
          public_network_access_enabled: false,
        },
      ),
    ),
    {
      name: 'there is one server and its two replicas in its region',
      type: 'azurerm_postgresql_flexible_server',
      stack: 'data',
      count: 3,
    },
    one(
      'definitions of workflows are a cache, which lets go of what is asked least',
      'azurerm_managed_redis',
      'data/DefinitionsCache/Cache',
      {
        high_availability_enabled: true,
        public_network_access: 'Disabled',
        'default_database.eviction_policy': 'AllKeysLRU',
        'default_database.client_protocol': 'Encrypted',
        'default_database.access_keys_authentication_enabled': false,
      },
    ),
    one('sessions are never evicted, and survive the cache', 'azurerm_managed_redis', 'data/SessionsCache/Cache', {
      'default_database.eviction_policy': 'NoEviction',
      'default_database.persistence_append_only_file_backup_frequency': '1s',
    }),
    one(
      'backups are also kept apart, for a year',
      'azurerm_data_protection_backup_instance_postgresql_flexible_server',
      'operations/Backup/StoreDatabase',
      {
        server_id: writer,
      },
    ),
    {
      name: 'who reads definitions of workflows are the workflow engine and nobody else',
      type: 'azurerm_managed_redis_access_policy_assignment',
      where: /^data\/DefinitionsCache\//,
      path: 'object_id',
      is: exactly(reference('foundation/Identities/Workflow', 'principal_id')),
      count: 1,
    },
  ],
};
