import { aws_iam as iam, CustomResource, Duration } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { Tunnel } from '../platform/link';
import { acknowledgeWildcards } from './acknowledge';
import { tellingFunction } from './telling-function';

/** A connection of two tunnels, of which more is to be known. */
export interface UntoldConnection {
  readonly connection: ec2.CfnVPNConnection;
  /** Tunnels whose ranges are planned, so that their addresses can be told. @default - none: AWS chooses the ranges */
  readonly tunnels?: readonly Pick<Tunnel, 'insideCidr' | 'tunnel'>[];
}

export interface ToldConnectionsProps {
  /** By the id of what tells of each. */
  readonly connections: Readonly<Record<string, UntoldConnection>>;
  /** What is told, for people. */
  readonly description: string;
  /** Type of what tells, as CloudFormation shows it. It can never change. */
  readonly resourceType: `Custom::${string}`;
  readonly logsKey: kms.IKey;
  /** Logs are kept this long, in days. */
  readonly logDays: number;
}

/** What a connection told: public addresses of its planned tunnels in their order, and the ARN of the secret with the keys of both. */
export interface ToldConnection {
  readonly addresses: readonly string[];
  readonly keyArn: string;
}

/**
 * Reads what CloudFormation does not tell of connections, by a function that may do nothing else: it reads no key, and tells no more
 * than addresses and where the keys lie.
 */
export class ToldConnections extends Construct {
  public readonly function: lambda.Function;
  /** In the order of the connections. */
  public readonly told: readonly ToldConnection[];

  public constructor(scope: Construct, id: string, props: ToldConnectionsProps) {
    super(scope, id);
    const { function: made, policy } = tellingFunction(this, {
      description: props.description,
      handler: 'told-connections',
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
    this.told = Object.entries(props.connections).map(([part, untold]) => this.tell(part, untold, props.resourceType));
  }

  private tell(id: string, { connection, tunnels = [] }: UntoldConnection, resourceType: string): ToldConnection {
    const told = new CustomResource(this, id, {
      resourceType,
      serviceToken: this.function.functionArn,
      serviceTimeout: Duration.minutes(5),
      properties: {
        VpnConnectionId: connection.attrVpnConnectionId,
        InsideCidrs: tunnels.map(({ insideCidr }) => insideCidr),
      },
    });
    return {
      addresses: tunnels.map(({ tunnel }) => told.getAttString(`Tunnel${tunnel}`)),
      keyArn: told.getAttString('KeyArn'),
    };
  }
}
