import { PrivateEndpoint } from '@cdktf/provider-azurerm/lib/private-endpoint';
import type { Construct } from 'constructs';
import { nameIn, placed, type Place } from './place';
import {
  privateServices,
  zonesOf,
  type PrivateNetwork,
  type PrivateService,
  type PrivateZone,
} from './private-network';

/** What is to be reached from the network alone. */
export interface PrivateAccessProps {
  readonly place: Place;
  readonly network: PrivateNetwork;
  /** What the resource is called among those of its kind. */
  readonly name: string;
  /** Id of the resource. */
  readonly targetId: string;
  readonly service: PrivateService;
}

/** Puts a resource into the network: an address in the subnet of endpoints, found by the name that everybody knows it by. */
export function privateEndpoint(
  scope: Construct,
  id: string,
  { name, network, place, service, targetId }: PrivateAccessProps,
): PrivateEndpoint {
  const { subresource } = privateServices[service];
  const endpointName = nameIn(place, 'private-endpoint', name, service);
  return new PrivateEndpoint(scope, id, {
    ...placed(place),
    name: endpointName,
    customNetworkInterfaceName: `${endpointName}-nic`,
    subnetId: network.subnetIds.endpoints,
    privateServiceConnection: {
      name: service,
      isManualConnection: false,
      privateConnectionResourceId: targetId,
      subresourceNames: [subresource],
    },
    privateDnsZoneGroup: { name: 'default', privateDnsZoneIds: zonesOf(service).map((zone) => zoneId(network, zone)) },
  });
}

function zoneId({ zoneIds }: Pick<PrivateNetwork, 'zoneIds'>, zone: PrivateZone): string {
  const id = zoneIds[zone];
  if (id === undefined)
    throw new Error(`the network must have the private zone of ${zone}: name it among its services`);
  return id;
}
