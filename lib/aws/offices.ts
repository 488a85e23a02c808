import { ArnFormat, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { pascalCase } from '../platform/ids';
import type { AwsSite } from '../platform/nouns/site';
import type { Alarms } from './alarms';
import { admitLogDelivery } from './log-delivery';
import { encryptedLogGroup } from './log-group';
import { OfficeConnection } from './office-connection';

export interface OfficesProps {
  readonly network: Pick<AwsSite['network'], 'offices' | 'officesAsn'>;
  readonly vpc: ec2.IVpc;
  readonly logsKey: kms.IKey;
  /** Logs are kept this long, in days. */
  readonly logDays: number;
  readonly alarms: Alarms;
}

/** The tiers that offices may have a way to. The public one holds gateways alone. */
const tiers = ['app', 'data'] as const;

/**
 * The ways of offices into the network: a virtual private gateway, a connection of two tunnels to each, and routes to the
 * ranges of the definition alone: what a router tells by BGP beyond them leads nowhere. Security groups say what may be
 * reached.
 */
export class Offices extends Construct {
  public readonly gateway: ec2.CfnVPNGateway;
  public readonly attachment: ec2.CfnVPCGatewayAttachment;
  public readonly connections: Readonly<Record<string, OfficeConnection>>;
  public readonly logGroup: logs.LogGroup;

  public constructor(scope: Construct, id: string, props: OfficesProps) {
    super(scope, id);
    const { alarms, network, vpc } = props;
    this.gateway = new ec2.CfnVPNGateway(this, 'Gateway', { type: 'ipsec.1', amazonSideAsn: network.officesAsn });
    this.attachment = new ec2.CfnVPCGatewayAttachment(this, 'Attachment', {
      vpcId: vpc.vpcId,
      vpnGatewayId: this.gateway.attrVpnGatewayId,
    });
    this.logGroup = encryptedLogGroup(this, 'Logs', { key: props.logsKey, days: props.logDays });
    const admitted = admitLogDelivery(this.logGroup);
    const logGroupArn = Stack.of(this).formatArn({
      service: 'logs',
      resource: 'log-group',
      resourceName: this.logGroup.logGroupName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    this.connections = Object.fromEntries(
      Object.entries(network.offices).map(([name, office]) => {
        const made = new OfficeConnection(this, pascalCase(name), {
          name,
          office,
          gateway: this.gateway,
          logGroupArn,
          alarms,
        });
        made.connection.node.addDependency(admitted, this.attachment);
        return [name, made];
      }),
    );
    for (const [name, { ranges }] of Object.entries(network.offices)) {
      for (const [index, range] of ranges.entries()) this.route(vpc, `${pascalCase(name)}Range${index + 1}`, range);
    }
  }

  private route(vpc: ec2.IVpc, id: string, destinationCidrBlock: string): void {
    const subnets = tiers.flatMap((subnetGroupName) => vpc.selectSubnets({ subnetGroupName }).subnets);
    for (const { node, routeTable } of subnets) {
      const route = new ec2.CfnRoute(this, `${id}${pascalCase(node.id)}`, {
        routeTableId: routeTable.routeTableId,
        destinationCidrBlock,
        gatewayId: this.gateway.attrVpnGatewayId,
      });
      route.node.addDependency(this.attachment);
    }
  }
}
