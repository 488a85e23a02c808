import { CdnFrontdoorOrigin } from '@cdktf/provider-azurerm/lib/cdn-frontdoor-origin';
import { KubernetesFleetManager } from '@cdktf/provider-azurerm/lib/kubernetes-fleet-manager';
import { StorageObjectReplication } from '@cdktf/provider-azurerm/lib/storage-object-replication';
import { VirtualNetworkPeering } from '@cdktf/provider-azurerm/lib/virtual-network-peering';
import { TerraformResource, TerraformStack } from 'cdktf';
import { AzapiUpdate } from '../../../lib/azure/azapi';
import { find, stackNamed, type SiteFault } from './site';

const POSTGRES = 'azurerm_postgresql_flexible_server';
const BUS = 'azurerm_servicebus_namespace';

/** What is planted of a second region, in the order of planting. */
export const regionFaults: readonly SiteFault[] = [
  {
    rule: 'message-copies',
    says: 'a location must be Secondary and elsewhere, got nothing: name the second region',
    plant: (app) => {
      const bus = find(app, BUS);
      const update = new AzapiUpdate(TerraformStack.of(bus), 'PlantedCopies', {
        place: {
          subscriptionId: '00000000-0000-0000-0000-000000000000',
          tenantId: '00000000-0000-0000-0000-000000000000',
        },
        type: 'Microsoft.ServiceBus/namespaces@2024-01-01',
        resourceId: bus.getStringAttribute('id'),
        body: {
          properties: {
            geoDataReplication: {
              maxReplicationLagDurationInSeconds: 300,
              locations: [{ locationName: 'eastasia', roleType: 'Primary' }],
            },
          },
        },
      });
      return update.node.path;
    },
  },
  {
    rule: 'peering',
    says: 'allow_forwarded_traffic must be false, got true: set it',
    plant: (app) => {
      const network = find(app, 'azurerm_virtual_network');
      return new VirtualNetworkPeering(TerraformStack.of(network), 'PlantedPeering', {
        name: 'planted',
        resourceGroupName: 'rg-planted',
        virtualNetworkName: network.getStringAttribute('name'),
        remoteVirtualNetworkId: network.getStringAttribute('id'),
        allowVirtualNetworkAccess: true,
        allowForwardedTraffic: true,
        allowGatewayTransit: false,
        useRemoteGateways: false,
      }).node.path;
    },
  },
  {
    rule: 'geo-replica',
    says: 'is told max_connections nothing, and its source',
    plant: (app) => {
      const replica = find(app, POSTGRES, 'Replica1');
      const stack = TerraformStack.of(replica);
      const there = new TerraformResource(stack, 'PlantedReplica', { terraformResourceType: POSTGRES });
      const given = {
        name: 'psql-planted',
        location: 'southeastasia',
        resource_group_name: 'rg-planted',
        create_mode: 'Replica',
        source_server_id: find(app, POSTGRES, 'Writer').getStringAttribute('id'),
      };
      for (const [argument, value] of Object.entries(given)) there.addOverride(argument, value);
      return there.node.path;
    },
  },
  {
    rule: 'object-replication',
    says: 'copies from "eastasia" to "eastasia": copy into another region, or both are lost with one',
    plant: (app) => {
      const id = find(app, 'azurerm_storage_account', 'HotStorage').getStringAttribute('id');
      return new StorageObjectReplication(stackNamed(app, 'data'), 'PlantedCopies', {
        sourceStorageAccountId: id,
        destinationStorageAccountId: id,
        rules: [],
      }).node.path;
    },
  },
  {
    rule: 'origins',
    says: 'has origins of the priorities 1, 1: give each another, or a site that waits takes requests',
    plant: (app) => {
      const group = find(app, 'azurerm_cdn_frontdoor_origin_group', 'Gateway');
      new CdnFrontdoorOrigin(stackNamed(app, 'edge'), 'PlantedOrigin', {
        name: 'planted',
        cdnFrontdoorOriginGroupId: group.getStringAttribute('id'),
        hostName: 'planted.example.com',
        certificateNameCheckEnabled: true,
      });
      return group.node.path;
    },
  },
  {
    rule: 'fleet',
    says: 'must upgrade Kubernetes by itself, got no profile of Stable or Rapid or TargetKubernetesVersion: make one',
    plant: (app) =>
      new KubernetesFleetManager(stackNamed(app, 'cluster'), 'PlantedFleet', {
        name: 'planted',
        location: 'eastasia',
        resourceGroupName: 'rg-planted',
      }).node.path,
  },
];
