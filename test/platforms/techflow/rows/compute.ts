import { one, type Row } from '../../support/about';
import { reference } from '../../support/graph';
import { absent, atLeast, containing, exactly } from '../../support/matchers';
import { copies, region } from './facts';

/** AKS in all zones of a region, with room for the peak; what the region holds is copied to a second one. */
export const compute: Row = {
  row: 'compute',
  expectations: [
    one(
      'the cluster is private, and lets nobody in by a password',
      'azurerm_kubernetes_cluster',
      'cluster/Cluster/Cluster',
      {
        location: region,
        private_cluster_enabled: true,
        local_account_disabled: true,
        sku_tier: 'Standard',
      },
    ),
    one(
      'nodes of services stand in all zones, and are added up to the peak',
      'azurerm_kubernetes_cluster_node_pool',
      'cluster/Cluster/Services/Pool',
      {
        zones: exactly('1', '2', '3'),
        auto_scaling_enabled: true,
        min_count: atLeast(3),
        max_count: atLeast(20),
        node_public_ip_enabled: false,
      },
    ),
    one('images are in a second region', 'azurerm_container_registry', 'foundation/Registry/Registry', {
      georeplications: containing({ location: copies, zone_redundancy_enabled: true }),
      admin_enabled: false,
    }),
  ],
};

/** What a lost region leaves. */
export const survives: Row = {
  row: 'what survives the region',
  expectations: [
    one('messages themselves are in a second region', 'azapi_update_resource', 'messaging/ServiceBus/Copies', {
      resource_id: reference('messaging/ServiceBus/Namespace', 'id'),
      'body.properties.geoDataReplication.locations': containing(
        { locationName: region, roleType: 'Primary' },
        { locationName: copies, roleType: 'Secondary' },
      ),
      'body.properties.geoDataReplication.maxReplicationLagDurationInSeconds': 300,
    }),
    one(
      'somebody is called when copies of messages are behind',
      'azurerm_monitor_metric_alert',
      'messaging/ServiceBus/CopiesBehind',
      {
        'criteria[*].metric_name': 'ReplicationLagDuration',
        'criteria[*].threshold': 150,
      },
    ),
    one(
      'backups of the database are in a second region, by a key there',
      'azurerm_postgresql_flexible_server',
      'data/StoreDatabase/Writer/Server',
      {
        geo_redundant_backup_enabled: true,
        'customer_managed_key.geo_backup_key_vault_key_id': '${data/BackupKey/Key.output.properties.keyUri}',
      },
    ),
    one(
      'files are in a second region, and can be read there',
      'azurerm_storage_account',
      'data/AssetsStorage/Account',
      {
        account_replication_type: 'RAGZRS',
      },
    ),
    one('the archive is in a second region', 'azurerm_storage_account', 'data/ArchiveStorage/Account', {
      account_replication_type: 'GRS',
    }),
    {
      name: 'no pairing copies names of queues alone',
      type: 'azurerm_servicebus_namespace_disaster_recovery_config',
      count: 0,
    },
    one('states of Terraform are in the account of the stage', 'Stack', 'data', {
      'backend[*].storage_account_name': 'exampleproductionstate',
      'backend[*].use_azuread_auth': true,
      'backend[*].access_key': absent,
    }),
  ],
};
