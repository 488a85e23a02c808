import { PrivateDnsZone } from '@cdktf/provider-azurerm/lib/private-dns-zone';
import { PrivateDnsZoneVirtualNetworkLink } from '@cdktf/provider-azurerm/lib/private-dns-zone-virtual-network-link';
import { Construct } from 'constructs';
import { pascalCase } from '../platform/ids';
import type { Place } from './place';
import { occasionalServices, privateZones, type OccasionalService, type ZoneIds } from './private-network';

export interface DnsProps {
  readonly place: Place;
  readonly virtualNetworkId: string;
  /** Services besides the usual ones that are reached by private endpoints. @default - none */
  readonly services?: readonly OccasionalService[];
}

/**
 * The private DNS zones of a network, each linked to it. A name that a zone does not hold is asked of public DNS: it belongs
 * to a resource of somebody else who has a private endpoint too, such as what Azure itself keeps in storage. The platform's
 * own resources refuse whoever comes that way.
 */
export class Dns extends Construct {
  /** Ids of the zones, which can be used once they are linked. */
  public readonly zoneIds: ZoneIds;

  public constructor(scope: Construct, id: string, props: DnsProps) {
    super(scope, id);
    const { place, services = [], virtualNetworkId } = props;
    const { resourceGroupName } = place;
    const tags = { ...place.tags };
    const absent: readonly string[] = occasionalServices.filter((service) => !services.includes(service));
    const asked = Object.entries(privateZones).filter(([key]) => !absent.includes(key));
    const zones = asked.map(([key, name]) => {
      const zone = new PrivateDnsZone(this, pascalCase(key), { name, resourceGroupName, tags });
      new PrivateDnsZoneVirtualNetworkLink(this, `${pascalCase(key)}Link`, {
        name: 'network',
        privateDnsZoneName: zone.name,
        resourceGroupName,
        virtualNetworkId,
        registrationEnabled: false,
        resolutionPolicy: 'NxDomainRedirect',
        tags,
      });
      return [key, zone.id] as const;
    });
    this.zoneIds = Object.fromEntries(zones) as ZoneIds;
  }
}
