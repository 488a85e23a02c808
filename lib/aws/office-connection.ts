import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Duration } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import type { Office } from '../platform/nouns/office';
import type { Alarms } from './alarms';
import { customerAsn } from './link-connection';
import { tunnelOptions } from './link-tunnel';

export interface OfficeConnectionProps {
  /** Name of the office. */
  readonly name: string;
  readonly office: Office;
  readonly gateway: ec2.CfnVPNGateway;
  /** Where tunnels log. */
  readonly logGroupArn: string;
  readonly alarms: Alarms;
}

/** AWS tells the state of tunnels so often. */
const period = Duration.minutes(5);

const runbook = 'office';

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
    alarms.raise(this, 'TunnelDown', {
      metric: this.state('Minimum'),
      description: `One of the two tunnels to the office ${name} is down: the other carries its traffic.`,
      ...isDown,
      periods: 6,
    });
    alarms.raise(this, 'Lost', {
      metric: this.state('Maximum'),
      description: `The office ${name} is cut off: both tunnels are down. Customers notice nothing.`,
      ...isDown,
      periods: 2,
    });
  }

  /** Of the worse, or the better tunnel: 1 while it is up and BGP speaks through it, else 0. */
  private state(statistic: 'Minimum' | 'Maximum'): cloudwatch.Metric {
    return new cloudwatch.Metric({
      namespace: 'AWS/VPN',
      metricName: 'TunnelState',
      dimensionsMap: { VpnId: this.connection.attrVpnConnectionId },
      statistic,
      period,
    });
  }
}

/** Silence is taken for the worst: AWS tells the state of a tunnel that is down, too. */
const isDown = {
  comparison: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
  threshold: 1,
  missingData: cloudwatch.TreatMissingData.BREACHING,
  runbook,
} as const;
