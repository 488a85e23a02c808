import type { PublicIp } from '@cdktf/provider-azurerm/lib/public-ip';
import {
  VirtualNetworkGateway,
  type VirtualNetworkGatewayBgpSettings,
} from '@cdktf/provider-azurerm/lib/virtual-network-gateway';
import { Construct } from 'constructs';
import type { LinkPlan } from '../platform/link';
import { sendDiagnostics, type Monitoring } from './diagnostics';
import { keep } from './keep';
import { nameIn, placed, type Place } from './place';
import { publicAddress } from './public-address';
import type { PrivateNetwork } from './private-network';
import { required } from '../platform/required';

export interface VpnGatewayProps {
  readonly place: Place;
  readonly monitoring: Monitoring;
  readonly network: Pick<PrivateNetwork, 'subnetIds'>;
  readonly plan: LinkPlan;
}

/** Its two instances, by which a connection tells them apart. */
export const gatewayInstances = ['instance-0', 'instance-1'] as const;

/** What all instances together carry, in bits a second. https://learn.microsoft.com/azure/vpn-gateway/about-gateway-skus */
export const gatewayBits = 1e9;

/** How a gateway speaks BGP: by a number of its own, and each instance by its addresses of the plan. */
export const bgpSettings = ({ azureAsn, peerings }: LinkPlan): VirtualNetworkGatewayBgpSettings => ({
  asn: azureAsn,
  peeringAddresses: gatewayInstances.map((instance, index) => ({
    ipConfigurationName: instance,
    apipaAddresses: [...(peerings[index] ?? [])],
  })),
});

/**
 * The gateway of the link: two instances that both carry traffic, in different zones and on addresses that span all of them. One that
 * only stands by would speak BGP by one address of the plan, and half of the tunnels would carry nothing.
 *
 * It takes three quarters of an hour to be made, and AWS knows its addresses: neither Terraform nor Azure lets it go.
 */
export class VpnGateway extends Construct {
  public readonly gateway: VirtualNetworkGateway;
  /** One for each instance, in their order. */
  public readonly addresses: readonly PublicIp[];

  public constructor(scope: Construct, id: string, props: VpnGatewayProps) {
    super(scope, id);
    const { monitoring, network, place, plan } = props;
    this.addresses = gatewayInstances.map((_, index) =>
      publicAddress(this, `Address${index}`, { place, monitoring, words: ['link', String(index)] }),
    );
    this.gateway = new VirtualNetworkGateway(this, 'Gateway', {
      ...placed(place),
      name: nameIn(place, 'vpn-gateway'),
      type: 'Vpn',
      vpnType: 'RouteBased',
      sku: 'VpnGw2AZ',
      generation: 'Generation2',
      activeActive: true,
      enableBgp: true,
      ipConfiguration: gatewayInstances.map((name, index) => ({
        name,
        publicIpAddressId: required(`address ${index}`, this.addresses[index]).id,
        privateIpAddressAllocation: 'Dynamic',
        subnetId: network.subnetIds.link,
      })),
      bgpSettings: bgpSettings(plan),
    });
    keep(this.gateway, {
      lock: 'holds-link',
      why: 'AWS leads to its addresses, and it takes an hour to make another.',
    });
    sendDiagnostics(this, { id: this.gateway.id, monitoring });
  }
}
