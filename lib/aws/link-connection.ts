import { aws_ec2 as ec2 } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { LinkPlan, Tunnel } from '../platform/link';
import { tunnelOptions } from './link-tunnel';

export interface LinkConnectionProps {
  readonly plan: LinkPlan;
  /** Which of the plan's two connections. */
  readonly connection: Tunnel['connection'];
  /** Public address of the instance at the other end. */
  readonly address: string;
  readonly gateway: ec2.CfnTransitGateway;
  /** Where tunnels log. */
  readonly logGroupArn: string;
}

/** What is above has a property of its own on AWS. */
const lastShortAsn = 2_147_483_647;

/** The number of an autonomous system, in the property that AWS takes it in. */
export const customerAsn = (asn: number): Pick<ec2.CfnCustomerGatewayProps, 'bgpAsn' | 'bgpAsnExtended'> =>
  asn > lastShortAsn ? { bgpAsnExtended: asn } : { bgpAsn: asn };

/**
 * A connection to one instance of the gateway on Azure, by two tunnels that end in two zones of AWS. AWS makes a key for each and
 * keeps both in Secrets Manager, where a person may read them; no template ever holds one.
 */
export class LinkConnection extends Construct {
  public readonly customer: ec2.CfnCustomerGateway;
  public readonly connection: ec2.CfnVPNConnection;
  /** Its tunnels by the plan, the first one first. */
  public readonly tunnels: readonly Tunnel[];

  public constructor(scope: Construct, id: string, props: LinkConnectionProps) {
    super(scope, id);
    const { address, gateway, logGroupArn, plan } = props;
    this.tunnels = plan.tunnels.filter(({ connection }) => connection === props.connection);
    this.customer = new ec2.CfnCustomerGateway(this, 'Customer', {
      type: 'ipsec.1',
      ...customerAsn(plan.azureAsn),
      ipAddress: address,
    });
    this.connection = new ec2.CfnVPNConnection(this, 'Connection', {
      type: 'ipsec.1',
      customerGatewayId: this.customer.attrCustomerGatewayId,
      transitGatewayId: gateway.attrId,
      staticRoutesOnly: false,
      preSharedKeyStorage: 'SecretsManager',
      vpnTunnelOptionsSpecifications: this.tunnels.map((tunnel) => tunnelOptions(tunnel, logGroupArn)),
    });
  }
}
