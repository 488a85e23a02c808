import { aws_ec2 as ec2 } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Office } from '../platform/nouns/office';
import type { Alarms } from './alarms';
import { customerAsn } from './link-connection';
import { tunnelOptions } from './link-tunnel';
import { tunnelIsDown, tunnelMetric } from './tunnel-state';

export interface OfficeConnectionProps {
  /** Name of the office. */
  readonly name: string;
  readonly office: Office;
  readonly gateway: ec2.CfnVPNGateway;
  /** Where tunnels log. */
  readonly logGroupArn: string;
  readonly alarms: Alarms;
}

const isDown = { ...tunnelIsDown, runbook: 'office' } as const;

/**
 * The connection of an office: two tunnels to its router, which end in two zones of AWS. AWS makes a key for each and keeps
 * both in Secrets Manager, where a person may read them; no template ever holds one.
 */
export class OfficeConnection extends Construct {
  public readonly customer: ec2.CfnCustomerGateway;
  public readonly connection: ec2.CfnVPNConnection;

  public constructor(scope: Construct, id: string, props: OfficeConnectionProps) {
    super(scope, id);
    const { alarms, gateway, logGroupArn, name, office } = props;
    this.customer = new ec2.CfnCustomerGateway(this, 'Router', {
      type: 'ipsec.1',
      ...customerAsn(office.asn),
      ipAddress: office.address,
    });
    this.connection = new ec2.CfnVPNConnection(this, 'Connection', {
      type: 'ipsec.1',
      customerGatewayId: this.customer.attrCustomerGatewayId,
      vpnGatewayId: gateway.attrVpnGatewayId,
      staticRoutesOnly: false,
      preSharedKeyStorage: 'SecretsManager',
      vpnTunnelOptionsSpecifications: [tunnelOptions({}, logGroupArn), tunnelOptions({}, logGroupArn)],
    });
    const tunnels = { VpnId: this.connection.attrVpnConnectionId };
    alarms.raise(this, 'TunnelDown', {
      metric: tunnelMetric('TunnelState', 'Minimum', tunnels),
      description: `One of the two tunnels to the office ${name} is down: the other carries its traffic.`,
      ...isDown,
      periods: 6,
    });
    alarms.raise(this, 'Lost', {
      metric: tunnelMetric('TunnelState', 'Maximum', tunnels),
      description: `The office ${name} is cut off: both tunnels are down. Customers notice nothing.`,
      ...isDown,
      periods: 2,
    });
  }
}
