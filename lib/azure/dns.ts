import { PrivateDnsZone } from '@cdktf/provider-azurerm/lib/private-dns-zone';
import { PrivateDnsZoneVirtualNetworkLink } from '@cdktf/provider-azurerm/lib/private-dns-zone-virtual-network-link';
import { Construct } from 'constructs';
import { pascalCase } from '../platform/ids';
import type { Place } from './place';
import {
  occasionalServices,
  postgresZone as usualPostgresZone,
  privateZones,
  type OccasionalService,
  type ZoneIds,
} from './private-network';

export interface DnsProps {
  readonly place: Place;
  readonly virtualNetworkId: string;
  /** Services besides the usual ones that are reached by private endpoints. @default - none */
  readonly services?: readonly OccasionalService[];
  /**
   * Name of the zone of PostgreSQL servers. A network may be linked to one zone of a name alone, so that the second of two
   * networks which find servers of each other has one of its own. @default - the usual one
   */
  readonly postgresZone?: string;
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
    const { place, postgresZone = usualPostgresZone, services = [], virtualNetworkId } = props;
    const { resourceGroupName } = place;
    const tags = { ...place.tags };
    const absent: readonly string[] = occasionalServices.filter((service) => !services.includes(service));
    const asked = Object.entries({ ...privateZones, postgres: postgresZone }).filter(([key]) => !absent.includes(key));
    const zones = asked.map(([key, name]) => {
      const zone = new PrivateDnsZone(this, pascalCase(key), { name, resourceGroupName, tags });
      linkZone(this, `${pascalCase(key)}Link`, {
        place,
        zoneName: zone.name,
        resourceGroupName,
        virtualNetworkId,
        asksOnwards: isPrivateLink(name),
      });
      return [key, zone.id] as const;
    });
    this.zoneIds = Object.fromEntries(zones) as ZoneIds;
  }
}

/** A zone, and a network in which its names are to be answered. */
export interface ZoneLinkProps {
  readonly place: Pick<Place, 'tags'>;
  readonly zoneName: string;
  /** Resource group of the zone, where the link stands too. */
  readonly resourceGroupName: string;
  readonly virtualNetworkId: string;
  /** Name of the link, of which a zone has one a network. @default 'network' */
  readonly name?: string;
  /** Whether a name that the zone lacks is asked of public DNS, which Azure does for zones of private links alone. */
  readonly asksOnwards: boolean;
}

/** Whether a zone is one of a private link. */
export const isPrivateLink = (zoneName: string): boolean => zoneName.startsWith('privatelink.');

/** Has names of a zone answered in a network. */
export const linkZone = (
  scope: Construct,
  id: string,
  { asksOnwards, name = 'network', place, resourceGroupName, virtualNetworkId, zoneName }: ZoneLinkProps,
): PrivateDnsZoneVirtualNetworkLink =>
  new PrivateDnsZoneVirtualNetworkLink(scope, id, {
    name,
    privateDnsZoneName: zoneName,
    resourceGroupName,
    virtualNetworkId,
    registrationEnabled: false,
    ...(asksOnwards ? { resolutionPolicy: 'NxDomainRedirect' } : {}),
    tags: { ...place.tags },
  });
