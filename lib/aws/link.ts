import { ArnFormat, aws_ec2 as ec2, CfnOutput, Stack } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { pascalCase } from '../platform/ids';
import type { LinkPlan } from '../platform/link';
import { linkOutput } from '../platform/link-outputs';
import type { LinkNetwork } from '../platform/link-network';
import type { Alarms } from './alarms';
import { linkAlarms } from './link-alarms';
import { LinkConnection } from './link-connection';
import { LinkDns } from './link-dns';
import { LinkSubnets } from './link-subnets';
import { admitLogDelivery } from './log-delivery';
import { encryptedLogGroup } from './log-group';
import { SecretAges } from './secret-ages';
import { ToldConnections } from './told-connections';
import { required } from '../platform/required';

export interface LinkProps {
  readonly plan: LinkPlan;
  /** People give tunnels new keys at the latest after so many days. */
  readonly rotateDays: number;
  /** What names of the stage begin with. */
  readonly prefix: string;
  readonly network: LinkNetwork;
  readonly vpc: ec2.IVpc;
  /** Subnets from which the other site is reached. */
  readonly reachedFrom: readonly ec2.ISubnet[];
  /** Public addresses of the two instances of the gateway on Azure. */
  readonly addresses: readonly [string, string];
  readonly logsKey: kms.IKey;
  /** Logs are kept this long, in days. */
  readonly logDays: number;
  readonly alarms: Alarms;
}

/**
 * The end of the link on AWS: a transit gateway, which alone spreads traffic over all tunnels, attached to the network in every zone; a
 * connection to each instance of the gateway on Azure; routes, and names both ways. Security groups say who may use it.
 *
 * Attachments take the gateway's own route table by themselves, and tell it their routes. That is safe, since the gateway takes no
 * attachment of anybody else, and necessary, since CloudFormation does not know the attachment of a connection by which it could be
 * put into another.
 */
export class Link extends Construct {
  public readonly gateway: ec2.CfnTransitGateway;
  public readonly attachment: ec2.CfnTransitGatewayAttachment;
  public readonly connections: readonly LinkConnection[];
  public readonly dns: LinkDns;
  public readonly logGroup: logs.LogGroup;
  public readonly told: ToldConnections;
  public readonly ages: SecretAges;

  public constructor(scope: Construct, id: string, props: LinkProps) {
    super(scope, id);
    const { network, plan, vpc } = props;
    const { subnets } = new LinkSubnets(this, 'Subnets', { vpc, zones: network.aws.zones });
    this.dns = new LinkDns(this, 'Dns', { vpc, network, subnets });
    this.gateway = this.createGateway(plan);
    this.attachment = this.attach(vpc, subnets);
    for (const subnet of [...subnets, ...props.reachedFrom]) this.route(subnet, network.azure.cidr);
    this.logGroup = encryptedLogGroup(this, 'Logs', { key: props.logsKey, days: props.logDays });
    this.connections = this.connect(props);
    this.told = new ToldConnections(this, 'Addresses', {
      connections: Object.fromEntries(this.connections.map((connection) => [connection.node.id, connection])),
      description: 'Tells the public addresses of the tunnels of the link',
      resourceType: 'Custom::LinkAddresses',
      logsKey: props.logsKey,
      logDays: props.logDays,
    });
    this.publish();
    this.ages = this.watchKeys(props);
    const alarms = linkAlarms({
      connections: this.told.told.map(({ addresses }) => addresses),
      transitGatewayId: this.gateway.attrId,
    });
    for (const [alarm, settings] of Object.entries(alarms)) props.alarms.raise(this, alarm, settings);
  }

  private createGateway({ awsAsn }: LinkPlan): ec2.CfnTransitGateway {
    return new ec2.CfnTransitGateway(this, 'Gateway', {
      description: 'Link to the recovery site',
      amazonSideAsn: awsAsn,
      vpnEcmpSupport: 'enable',
      dnsSupport: 'enable',
      multicastSupport: 'disable',
      autoAcceptSharedAttachments: 'disable',
      defaultRouteTableAssociation: 'enable',
      defaultRouteTablePropagation: 'enable',
    });
  }

  private attach(vpc: ec2.IVpc, subnets: readonly ec2.ISubnet[]): ec2.CfnTransitGatewayAttachment {
    const attachment = new ec2.CfnTransitGatewayAttachment(this, 'Attachment', {
      transitGatewayId: this.gateway.attrId,
      vpcId: vpc.vpcId,
      subnetIds: subnets.map(({ subnetId }) => subnetId),
    });
    // It takes any address of its subnets; those of the resolvers are fixed and must be taken first.
    attachment.node.addDependency(this.dns.inbound, this.dns.outbound);
    return attachment;
  }

  private route({ node, routeTable }: ec2.ISubnet, destinationCidrBlock: string): void {
    const route = new ec2.CfnRoute(this, `${pascalCase(node.id)}Route`, {
      routeTableId: routeTable.routeTableId,
      destinationCidrBlock,
      transitGatewayId: this.gateway.attrId,
    });
    route.node.addDependency(this.attachment);
  }

  private connect({ addresses, plan }: LinkProps): readonly LinkConnection[] {
    const logGroupArn = Stack.of(this).formatArn({
      service: 'logs',
      resource: 'log-group',
      resourceName: this.logGroup.logGroupName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    const admitted = admitLogDelivery(this.logGroup);
    return ([1, 2] as const).map((connection) => {
      const created = new LinkConnection(this, `Connection${connection}`, {
        plan,
        connection,
        address: required(`address ${connection} of the link on azure`, addresses[connection - 1]),
        gateway: this.gateway,
        logGroupArn,
      });
      created.connection.node.addDependency(admitted);
      return created;
    });
  }

  /** AWS keeps both keys of a connection in one secret. */
  private watchKeys({ alarms, logDays, logsKey, prefix, rotateDays }: LinkProps): SecretAges {
    return new SecretAges(this, 'SecretAges', {
      secrets: Object.fromEntries(
        this.told.told.map(({ keyArn }, index) => [
          `link-connection-${index + 1}`,
          {
            entries: [keyArn],
            writes: 2,
            rotateDays,
            called: `One of the two keys of connection ${index + 1} of the link`,
            runbook: 'link-key',
          },
        ]),
      ),
      prefix,
      logsKey,
      logDays,
      alarms,
    });
  }

  /** What the other site's end is made of. */
  private publish(): void {
    for (const [index, { addresses, keyArn }] of this.told.told.entries()) {
      const connection = index === 0 ? 1 : 2;
      for (const [tunnel, value] of addresses.entries()) {
        new CfnOutput(this, `Connection${connection}Tunnel${tunnel + 1}Address`, {
          value,
          description: `Public address of tunnel ${connection}/T${tunnel + 1} of the link`,
        }).overrideLogicalId(linkOutput.address({ connection, tunnel: tunnel === 0 ? 1 : 2 }));
      }
      new CfnOutput(this, `Connection${connection}KeyArn`, {
        value: keyArn,
        description: `Secret in which AWS keeps the keys of connection ${connection} of the link`,
      }).overrideLogicalId(linkOutput.keyArn(connection));
    }
  }
}
