import { TerraformOutput, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { DnsResolver } from '../../lib/azure/dns-resolver';
import { VpnGateway } from '../../lib/azure/vpn-gateway';
import { linkPlan } from '../../lib/platform/link';
import { linkNetwork } from '../../lib/platform/link-network';
import { gatewayAddressesOutput } from '../../lib/platform/link-outputs';
import type { Foundation } from './foundation';
import { preparePlatformStack, type PlatformStackProps } from './platform-stack';

export interface LinkBaseStackProps extends PlatformStackProps {
  readonly foundation: Foundation;
}

/**
 * What the link to another cloud stands on, and changes once in years: the gateway, and what finds names. It knows nothing of the other
 * cloud but what the plan says; its public addresses are told to it.
 */
export class LinkBaseStack extends TerraformStack {
  /** Id of the gateway. */
  public readonly gatewayId: string;

  public constructor(scope: Construct, id: string, props: LinkBaseStackProps) {
    super(scope, id);
    const { foundation, platform, site } = props;
    const place = preparePlatformStack(this, 'link-base', props);
    const { monitoring, network } = foundation;
    const { addresses, gateway } = new VpnGateway(this, 'VpnGateway', {
      place,
      monitoring,
      network,
      plan: linkPlan(site.link),
    });
    this.gatewayId = gateway.id;
    new DnsResolver(this, 'Dns', { place, monitoring, network, link: linkNetwork(platform) });
    new TerraformOutput(this, gatewayAddressesOutput, {
      value: addresses.map(({ ipAddress }) => ipAddress),
      description:
        'Public addresses of the gateway, which the other end of the link leads to, in the order of its instances',
      staticId: true,
    });
  }
}
