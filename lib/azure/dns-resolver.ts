import { PrivateDnsResolver } from '@cdktf/provider-azurerm/lib/private-dns-resolver';
import { PrivateDnsResolverDnsForwardingRuleset } from '@cdktf/provider-azurerm/lib/private-dns-resolver-dns-forwarding-ruleset';
import { PrivateDnsResolverForwardingRule } from '@cdktf/provider-azurerm/lib/private-dns-resolver-forwarding-rule';
import { PrivateDnsResolverInboundEndpoint } from '@cdktf/provider-azurerm/lib/private-dns-resolver-inbound-endpoint';
import { PrivateDnsResolverOutboundEndpoint } from '@cdktf/provider-azurerm/lib/private-dns-resolver-outbound-endpoint';
import { PrivateDnsResolverVirtualNetworkLink } from '@cdktf/provider-azurerm/lib/private-dns-resolver-virtual-network-link';
import { Subnet } from '@cdktf/provider-azurerm/lib/subnet';
import { Construct } from 'constructs';
import { pascalCase } from '../platform/ids';
import type { AzureLinkSubnet, LinkNetwork } from '../platform/link-network';
import type { Monitoring } from './diagnostics';
import { linkFlows } from './flows';
import { nameIn, placed, type Place } from './place';
import type { PrivateNetwork } from './private-network';
import { SecurityGroup } from './security-group';
import { subnetSettings } from './subnet';

export interface DnsResolverProps {
  readonly place: Place;
  readonly monitoring: Monitoring;
  readonly network: Pick<PrivateNetwork, 'virtualNetworkId'>;
  readonly link: LinkNetwork;
}

/** Service of Azure to which the resolver's subnets are given over. */
const delegation = 'Microsoft.Network/dnsResolvers';

/** Where the virtual network stands. */
const networkGroup = 'foundation';

/**
 * Names across the link. AWS asks the one endpoint for names on Azure, at an address that it knows from the plan; through the other, the
 * network asks AWS for names there. Each stands in a subnet of its own, which goes when the link does.
 */
export class DnsResolver extends Construct {
  public readonly resolver: PrivateDnsResolver;
  public readonly inbound: PrivateDnsResolverInboundEndpoint;
  public readonly outbound: PrivateDnsResolverOutboundEndpoint;

  public constructor(scope: Construct, id: string, props: DnsResolverProps) {
    super(scope, id);
    const { link, network, place } = props;
    const { location, tags } = placed(place);
    this.resolver = new PrivateDnsResolver(this, 'Resolver', {
      ...placed(place),
      name: nameIn(place, 'dns-resolver'),
      virtualNetworkId: network.virtualNetworkId,
    });
    this.inbound = new PrivateDnsResolverInboundEndpoint(this, 'Inbound', {
      name: 'inbound',
      location,
      tags,
      privateDnsResolverId: this.resolver.id,
      ipConfigurations: {
        subnetId: this.subnet('dns-inbound', props).id,
        privateIpAllocationMethod: 'Static',
        privateIpAddress: link.azure.inbound,
      },
    });
    this.outbound = new PrivateDnsResolverOutboundEndpoint(this, 'Outbound', {
      name: 'outbound',
      location,
      tags,
      privateDnsResolverId: this.resolver.id,
      subnetId: this.subnet('dns-outbound', props).id,
    });
    this.forward(props);
  }

  private subnet(name: AzureLinkSubnet, { link, monitoring, place }: DnsResolverProps): Subnet {
    const scope = new Construct(this, pascalCase(name));
    const subnet = new Subnet(scope, 'Subnet', {
      resourceGroupName: nameIn(place, 'resource-group', networkGroup),
      virtualNetworkName: nameIn(place, 'virtual-network'),
      ...subnetSettings({ name, range: link.azure.subnets[name], service: delegation }),
    });
    new SecurityGroup(scope, 'SecurityGroup', {
      place,
      monitoring,
      subnet: name,
      subnetId: subnet.id,
      ranges: { 'other-resolvers': link.aws.zones.map(({ cidr }) => cidr) },
      ...linkFlows[name],
    });
    return subnet;
  }

  /** What the network asks the resolvers of the other site for, in every one of its zones. */
  private forward({ link, network, place }: DnsResolverProps): void {
    const ruleset = new PrivateDnsResolverDnsForwardingRuleset(this, 'Ruleset', {
      ...placed(place),
      name: nameIn(place, 'dns-ruleset'),
      privateDnsResolverOutboundEndpointIds: [this.outbound.id],
    });
    for (const name of link.aws.names) {
      const word = name.replaceAll('.', '-');
      new PrivateDnsResolverForwardingRule(this, pascalCase(word), {
        name: word,
        dnsForwardingRulesetId: ruleset.id,
        domainName: `${name}.`,
        enabled: true,
        targetDnsServers: link.aws.zones.map(({ inbound }) => ({ ipAddress: inbound, port: 53 })),
      });
    }
    new PrivateDnsResolverVirtualNetworkLink(this, 'Network', {
      name: 'network',
      dnsForwardingRulesetId: ruleset.id,
      virtualNetworkId: network.virtualNetworkId,
    });
  }
}
