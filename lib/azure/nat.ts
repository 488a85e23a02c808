import { NatGateway } from '@cdktf/provider-azurerm/lib/nat-gateway';
import { NatGatewayPublicIpAssociation } from '@cdktf/provider-azurerm/lib/nat-gateway-public-ip-association';
import type { PublicIp } from '@cdktf/provider-azurerm/lib/public-ip';
import { SubnetNatGatewayAssociation } from '@cdktf/provider-azurerm/lib/subnet-nat-gateway-association';
import { Construct } from 'constructs';
import { sendDiagnostics, type Monitoring } from './diagnostics';
import { raiseAlert } from './alerts';
import { nameIn, placed, type Place } from './place';
import { publicAddress } from './public-address';

export interface NatProps {
  readonly place: Place;
  readonly monitoring: Monitoring;
  /** Whose traffic leaves through it: one of the subnets. */
  readonly subnet: 'cluster' | 'functions';
  /** Id of the subnet. */
  readonly subnetId: string;
}

/**
 * By subnet, what gateway it takes, and how many addresses. StandardV2 spans the zones of the region, with addresses that do
 * so too; the gateway before it, Standard, stands in one zone, and a subnet takes one gateway alone. A subnet that is given
 * over to functions takes no other than that, so the loss of its zone cuts them off from third parties until they are moved.
 *
 * An address has ports for 64,512 connections to one host of a third party at the same time. Third parties allow each of
 * them, and a further one would have to be told to all of them.
 */
export const natSettings = {
  cluster: { sku: 'StandardV2', addresses: 2 },
  functions: { sku: 'Standard', addresses: 1 },
} as const satisfies Record<NatProps['subnet'], { readonly sku: string; readonly addresses: number }>;

/** Words of its addresses' names. */
export const egressWords = (subnet: NatProps['subnet']): readonly (readonly string[])[] =>
  Array.from({ length: natSettings[subnet].addresses }, (_, index) => ['egress', subnet, String(index + 1)]);

/** Below this share of packets that pass, something is lost on the way out, in percent. */
const healthyPercent = 98;

/** The way of a subnet to the internet, from addresses that stay. */
export class Nat extends Construct {
  public readonly gateway: NatGateway;
  public readonly addresses: readonly PublicIp[];

  public constructor(scope: Construct, id: string, props: NatProps) {
    super(scope, id);
    const { monitoring, place, subnet, subnetId } = props;
    const { sku } = natSettings[subnet];
    this.gateway = new NatGateway(this, 'Gateway', {
      ...placed(place),
      name: nameIn(place, 'nat-gateway', subnet),
      skuName: sku,
    });
    this.addresses = egressWords(subnet).map((words, index) => {
      const number = String(index + 1);
      // Third parties allow these addresses alone.
      const address = publicAddress(this, `Address${number}`, {
        place,
        monitoring,
        words,
        sku,
      });
      new NatGatewayPublicIpAssociation(this, `Address${number}Association`, {
        natGatewayId: this.gateway.id,
        publicIpAddressId: address.id,
      });
      return address;
    });
    new SubnetNatGatewayAssociation(this, 'SubnetAssociation', { natGatewayId: this.gateway.id, subnetId });
    sendDiagnostics(this, { id: this.gateway.id, monitoring, logs: 'none' });
    raiseAlert(this, 'Lost', {
      place,
      monitoring,
      name: `egress-lost-${subnet}`,
      targetId: this.gateway.id,
      metricNamespace: 'Microsoft.Network/natGateways',
      metricName: 'DatapathAvailability',
      aggregation: 'Average',
      operator: 'LessThan',
      threshold: healthyPercent,
      description: 'Calls to third parties are lost on the way out.',
      runbook: 'azure-network',
    });
  }
}
