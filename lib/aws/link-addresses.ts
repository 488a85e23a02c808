import { CustomResource, Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { acknowledgeWildcards } from './acknowledge';
import type { LinkConnection } from './link-connection';
import { tellingFunction } from './telling-function';

export interface LinkAddressesProps {
  readonly connections: readonly LinkConnection[];
  readonly logsKey: kms.IKey;
  /** Logs are kept this long, in days. */
  readonly logDays: number;
}

/** What a connection told: public addresses of its two tunnels in the order of the plan, and the ARN of the secret with their keys. */
export interface ToldConnection {
  readonly addresses: readonly string[];
  readonly keyArn: string;
}

/**
 * Reads what CloudFormation does not tell of connections, by a function that may do nothing else: it reads no key, and tells no more
 * than addresses and where the keys lie.
 */
export class LinkAddresses extends Construct {
  public readonly function: lambda.Function;
  /** In the order of the connections. */
  public readonly told: readonly ToldConnection[];

  public constructor(scope: Construct, id: string, props: LinkAddressesProps) {
    super(scope, id);
    const { function: made, policy } = tellingFunction(this, {
      description: 'Tells the public addresses of the tunnels of the link',
      handler: 'link-addresses',
      statement: new iam.PolicyStatement({ actions: ['ec2:DescribeVpnConnections'], resources: ['*'] }),
      asks: 'EC2',
      logsKey: props.logsKey,
      logDays: props.logDays,
    });
    this.function = made;
    acknowledgeWildcards(policy, [
      {
        action: 'ec2:DescribeVpnConnections',
        reason: 'EC2 takes no resource for it; what it answers is read, never changed.',
      },
    ]);
    this.told = props.connections.map((connection) => this.tell(connection));
  }

  private tell({ node, tunnels, vpnId }: LinkConnection): ToldConnection {
    const told = new CustomResource(this, node.id, {
      resourceType: 'Custom::LinkAddresses',
      serviceToken: this.function.functionArn,
      serviceTimeout: Duration.minutes(5),
      properties: { VpnConnectionId: vpnId, InsideCidrs: tunnels.map(({ insideCidr }) => insideCidr) },
    });
    return {
      addresses: tunnels.map(({ tunnel }) => told.getAttString(`Tunnel${tunnel}`)),
      keyArn: told.getAttString('KeyArn'),
    };
  }
}
