import type { PrivateDnsZoneVirtualNetworkLink } from '@cdktf/provider-azurerm/lib/private-dns-zone-virtual-network-link';
import { VirtualNetworkPeering } from '@cdktf/provider-azurerm/lib/virtual-network-peering';
import { Construct } from 'constructs';
import { isPrivateLink, linkZone } from './dns';
import { inTurn } from './in-turn';
import type { Place } from './place';

/** A virtual network, by its id and by the names under which things are added to it. */
export interface PeeredNetwork {
  readonly id: string;
  readonly name: string;
  readonly resourceGroupName: string;
  /** Zone in which its servers of PostgreSQL are found, in the same group. */
  readonly postgresZone: string;
  /** What the network is called by the other one: `primary`. */
  readonly word: string;
}

export interface PeeringProps {
  readonly place: Pick<Place, 'tags'>;
  readonly networks: readonly [PeeredNetwork, PeeredNetwork];
}

/**
 * Two networks that reach each other by private addresses, over the network of Azure, and find servers of PostgreSQL of each other:
 * a half on each side, since neither lets packets through without the other. Who may reach what is said by the security groups
 * of their subnets. Nothing is passed on from a third network.
 */
export class Peering extends Construct {
  public readonly halves: readonly VirtualNetworkPeering[];
  public readonly links: readonly PrivateDnsZoneVirtualNetworkLink[];

  public constructor(scope: Construct, id: string, props: PeeringProps) {
    super(scope, id);
    const {
      networks: [first, second],
      place,
    } = props;
    this.halves = [this.half('There', first, second), this.half('Back', second, first)];
    // Azure refuses to change a network while it changes it.
    inTurn(this.halves);
    const names = (part: string, from: PeeredNetwork, to: PeeredNetwork) =>
      linkZone(this, part, {
        place,
        zoneName: to.postgresZone,
        resourceGroupName: to.resourceGroupName,
        virtualNetworkId: from.id,
        name: from.word,
        asksOnwards: isPrivateLink(to.postgresZone),
      });
    this.links = [names('NamesThere', first, second), names('NamesBack', second, first)];
  }

  private half(id: string, from: PeeredNetwork, to: PeeredNetwork): VirtualNetworkPeering {
    return new VirtualNetworkPeering(this, id, {
      name: to.word,
      resourceGroupName: from.resourceGroupName,
      virtualNetworkName: from.name,
      remoteVirtualNetworkId: to.id,
      allowVirtualNetworkAccess: true,
      allowForwardedTraffic: false,
      allowGatewayTransit: false,
      useRemoteGateways: false,
    });
  }
}
