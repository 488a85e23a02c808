import path from 'node:path';
import { CustomResource, Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { acknowledge, acknowledgeWildcards } from './acknowledge';
import { functionPrincipal } from './function-principal';
import type { LinkConnection } from './link-connection';
import { encryptedLogGroup } from './log-group';

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
    const role = new iam.Role(this, 'Role', { assumedBy: functionPrincipal(this) });
    const logGroup = encryptedLogGroup(this, 'Logs', { key: props.logsKey, days: props.logDays });
    const policy = new iam.ManagedPolicy(this, 'Policy', {
      roles: [role],
      statements: [new iam.PolicyStatement({ actions: ['ec2:DescribeVpnConnections'], resources: ['*'] })],
    });
    logGroup.grantWrite(policy);
    acknowledgeWildcards(policy, [
      {
        action: 'ec2:DescribeVpnConnections',
        reason: 'EC2 takes no resource for it; what it answers is read, never changed.',
      },
    ]);
    this.function = new lambda.Function(this, 'Function', {
      description: 'Tells the public addresses of the tunnels of the link',
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      code: lambda.Code.fromAsset(path.join(__dirname, 'handlers', 'link-addresses')),
      handler: 'index.handler',
      timeout: Duration.minutes(1),
      memorySize: 256,
      logGroup,
      // The role has its own policy; CDK would add an inline one.
      role: role.withoutPolicyUpdates(),
    });
    this.function.node.addDependency(policy);
    this.told = props.connections.map((connection) => this.tell(connection));
    this.acknowledge();
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

  private acknowledge(): void {
    const calledByCloudFormation =
      'CloudFormation calls it once in a deployment, waits for its answer and reports a failure itself.';
    const outside =
      'It asks EC2 and answers CloudFormation, and reaches nothing in the network; it needs no interface there.';
    acknowledge(this.function, {
      'NIST.800.53.R5-LambdaConcurrency': calledByCloudFormation,
      'NIST.800.53.R5-LambdaDLQ': calledByCloudFormation,
      'NIST.800.53.R5-LambdaInsideVPC': outside,
      'PCI.DSS.321-LambdaInsideVPC': outside,
    });
  }
}
