import { ArnFormat, aws_ec2 as ec2, Stack } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { pascalCase } from '../platform/ids';
import { required } from '../platform/required';
import type { AwsSite } from '../platform/nouns/site';
import type { Alarms } from './alarms';
import { admitLogDelivery } from './log-delivery';
import { encryptedLogGroup } from './log-group';
import { OfficeConnection } from './office-connection';
import { SecretAges } from './secret-ages';
import { ToldConnections } from './told-connections';

export interface OfficesProps {
  readonly network: Pick<AwsSite['network'], 'offices' | 'officesAsn'>;
  /** What names of the stage begin with. */
  readonly prefix: string;
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
 * reached. Somebody is called when people did not change the keys of an office in time.
 */
export class Offices extends Construct {
  public readonly gateway: ec2.CfnVPNGateway;
  public readonly attachment: ec2.CfnVPCGatewayAttachment;
  public readonly connections: Readonly<Record<string, OfficeConnection>>;
  public readonly logGroup: logs.LogGroup;
  public readonly ages: SecretAges;

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
    this.ages = this.watchKeys(props);
    for (const [name, { ranges }] of Object.entries(network.offices)) {
      for (const [index, range] of ranges.entries()) this.route(vpc, `${pascalCase(name)}Range${index + 1}`, range);
    }
  }

  /** AWS keeps both keys of an office in one secret, of which only the connection knows where it lies. */
  private watchKeys({ alarms, logDays, logsKey, network, prefix }: OfficesProps): SecretAges {
    const { told } = new ToldConnections(this, 'Told', {
      connections: Object.fromEntries(
        Object.entries(this.connections).map(([name, { connection }]) => [pascalCase(name), { connection }]),
      ),
      description: 'Tells where the keys of the tunnels to offices lie',
      resourceType: 'Custom::OfficeKeys',
      logsKey,
      logDays,
    });
    return new SecretAges(this, 'SecretAges', {
      secrets: Object.fromEntries(
        Object.entries(network.offices).map(([name, { rotateDays }], index) => [
          `office-${name}`,
          {
            entries: [required(`keys of ${name}`, told[index]).keyArn],
            writes: 2,
            rotateDays,
            called: `One of the two keys of the office ${name}`,
            runbook: 'office',
          },
        ]),
      ),
      prefix,
      logsKey,
      logDays,
      alarms,
    });
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
