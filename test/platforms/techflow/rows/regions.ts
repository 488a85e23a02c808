import { one, type Row } from '../../support/about';
import { reference } from '../../support/graph';
import { absent, containing, exactly } from '../../support/matchers';
import { copies, services } from './facts';
import { labels } from './warehouse';

const networks = {
  There: { from: 'vnet-techflow-production-recovery', to: 'foundation' },
  Back: { from: 'vnet-techflow-production', to: 'recovery-foundation' },
} as const;

const sites = ['primary', 'recovery'] as const;

/** What of the other region a stack of the recovery site has. */
const key = (purpose: string): string => reference(`recovery-foundation/Keys/${purpose}`, 'output.properties.keyUri');

/** Everything that serves requests stands in a second region, and takes over what the first one has. */
export const regions: Row = {
  row: 'a second region',
  expectations: [
    one(
      'a second cluster stands in the other region',
      'azurerm_kubernetes_cluster',
      'recovery-cluster/Cluster/Cluster',
      {
        location: copies,
        private_cluster_enabled: true,
        local_account_disabled: true,
        automatic_upgrade_channel: absent,
      },
    ),
    ...Object.entries(networks).map(([half, { from, to }]) =>
      one(
        `the networks reach each other, and pass nothing on: ${half}`,
        'azurerm_virtual_network_peering',
        `recovery-foundation/Peering/${half}`,
        {
          virtual_network_name: from,
          remote_virtual_network_id: reference(`${to}/Network/VirtualNetwork`, 'id'),
          allow_virtual_network_access: true,
          allow_forwarded_traffic: false,
          allow_gateway_transit: false,
          use_remote_gateways: false,
        },
      ),
    ),
    ...services.map((service) =>
      one(
        `the cluster there acts as the one identity of ${service}`,
        'azurerm_federated_identity_credential',
        `recovery-cluster/Federation/${service.charAt(0).toUpperCase()}${service.slice(1)}`,
        {
          name: 'cluster-recovery',
          issuer: reference('recovery-cluster/Cluster/Cluster', 'oidc_issuer_url'),
          parent_id: reference(`foundation/Identities/${service.charAt(0).toUpperCase()}${service.slice(1)}`, 'id'),
          subject: `system:serviceaccount:techflow-${service}:${service}`,
        },
      ),
    ),
    one(
      'a replica of the database follows the one server that takes writes',
      'azurerm_postgresql_flexible_server',
      'recovery-data/StoreDatabase/Replica/Server',
      {
        location: copies,
        create_mode: 'Replica',
        source_server_id: reference('data/StoreDatabase/Writer/Server', 'id'),
        sku_name: 'MO_Standard_E8ds_v5',
        public_network_access_enabled: false,
        'authentication.password_auth_enabled': false,
        'customer_managed_key.key_vault_key_id': key('Database'),
        'lifecycle.prevent_destroy': true,
      },
    ),
    one(
      'one pair of names leads to whichever server takes writes',
      'azurerm_postgresql_flexible_server_virtual_endpoint',
      'recovery-data/StoreDatabase/Endpoint',
      {
        source_server_id: reference('data/StoreDatabase/Writer/Server', 'id'),
        replica_server_id: reference('recovery-data/StoreDatabase/Replica/Server', 'id'),
        type: 'ReadWrite',
      },
    ),
    ...(['Archive', 'Assets'] as const).flatMap((kind) => {
      const replication = `recovery-copies/${kind}Copies/Replication`;
      const name = kind.toLowerCase();
      return [
        one(
          `what is in ${name} is copied there, whenever it was written`,
          'azurerm_storage_object_replication',
          replication,
          {
            source_storage_account_id: reference(`data/${kind}Storage/Account`, 'id'),
            destination_storage_account_id: reference(`recovery-data/${kind}Storage/Account`, 'id'),
            rules: exactly({
              copy_blobs_created_after: 'Everything',
              destination_container_name: name,
              source_container_name: name,
            }),
          },
        ),
        ...(['Source', 'Destination'] as const).map((end) =>
          one(
            `it is counted what waits to be copied of ${name}: ${end}`,
            'azapi_update_resource',
            `recovery-copies/${kind}Copies/${end}Counts`,
            {
              resource_id: reference(replication, `${end.toLowerCase()}_object_replication_id`),
              'body.properties.metrics.enabled': true,
            },
          ),
        ),
      ];
    }),
    one('clusters are upgraded as a fleet', 'azurerm_kubernetes_fleet_manager', 'recovery-fleet/Fleet/Fleet', {
      location: copies,
      tags: labels,
    }),
    ...sites.map((site) =>
      one(
        `the cluster of ${site} is of the fleet, in a group of its own`,
        'azurerm_kubernetes_fleet_member',
        `recovery-fleet/Fleet/${site.charAt(0).toUpperCase()}${site.slice(1)}`,
        {
          group: site,
          kubernetes_fleet_id: reference('recovery-fleet/Fleet/Fleet', 'id'),
          kubernetes_cluster_id: reference(`${site === 'primary' ? '' : 'recovery-'}cluster/Cluster/Cluster`, 'id'),
        },
      ),
    ),
    one(
      'the cluster that waits is upgraded a day before the one that serves',
      'azurerm_kubernetes_fleet_update_strategy',
      'recovery-fleet/Fleet/Strategy',
      {
        stage: exactly(
          { after_stage_wait_in_seconds: 86_400, group: [{ name: 'recovery' }], name: 'recovery' },
          { group: [{ name: 'primary' }], name: 'primary' },
        ),
      },
    ),
    ...(['Gateway', 'Assets'] as const).map((origin) =>
      one(
        `requests go there by themselves once the first region is unwell: ${origin}`,
        'azurerm_cdn_frontdoor_origin',
        `edge/Edge/${origin}/Recovery`,
        {
          priority: 2,
          cdn_frontdoor_origin_group_id: reference(`edge/Edge/${origin}/Group`, 'id'),
          'private_link.location': copies,
        },
      ),
    ),
    one(
      'images are pulled there from the copy, from the network alone',
      'azurerm_private_endpoint',
      'recovery-foundation/Images',
      {
        private_service_connection: containing({
          private_connection_resource_id: reference('foundation/Registry/Registry', 'id'),
        }),
      },
    ),
    one(
      'messages are had there by the same name, from the network alone',
      'azurerm_private_endpoint',
      'recovery-messaging/Endpoint',
      {
        private_service_connection: containing({
          private_connection_resource_id: reference('messaging/ServiceBus/Namespace', 'id'),
        }),
      },
    ),
    one('states of that site are kept apart', 'Stack', 'recovery-data', {
      'backend[*].storage_account_name': 'exampleproductionstate',
      'backend[*].key': 'techflow-production-recovery/data.tfstate',
    }),
  ],
};
