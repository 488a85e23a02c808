import { join } from 'node:path';
import { aws_ec2 as ec2, aws_iam as iam, aws_lambda as lambda, CustomResource, Duration, Stack } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as opensearch from 'aws-cdk-lib/aws-opensearchservice';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge';
import { Connection } from './connection';
import { taskRolePath } from './ecs-role';
import { encryptedLogGroup } from './log-group';
import { s3PrefixList } from './prefix-lists';

export interface SearchRolesProps {
  /** Name of the domain, for people. */
  readonly name: string;
  /** What every name of the stage begins with. */
  readonly prefix: string;
  readonly domain: opensearch.IDomain;
  /** Group of the domain. */
  readonly domainGroup: ec2.ISecurityGroup;
  /** Master user of the domain. */
  readonly master: iam.Role;
  readonly vpc: ec2.IVpc;
  readonly logsKey: kms.IKey;
  readonly logDays: number;
  /** What is written. @default - what services may do */
  readonly objects?: readonly SecurityObject[];
}

/** An object of a domain's configuration. */
export interface SecurityObject {
  readonly Path: string;
  readonly Body: string;
}

const httpsPort = 443;

/** Where policies lie that say how long indices stay; their function asks for them before. */
const versioned = '/_plugins/_ism/policies/';

/** The role inside the domain that every service has. */
const services = 'services';

/** Whose tasks search. */
export interface Searchers {
  readonly partition: string;
  readonly account: string;
  /** What every name of the stage begins with. */
  readonly prefix: string;
}

/**
 * What services may do inside a domain, and who is a service: the roles of the stage's tasks. Which of them gets as far as
 * the domain is decided by its own policy; what it may do there ends at indices. Security, snapshots and settings of the
 * cluster stay out of reach.
 */
export function securityObjects({ account, partition, prefix }: Searchers): readonly SecurityObject[] {
  const tasks = [`arn:${partition}:iam::${account}:role${taskRolePath(prefix)}*`];
  const role = {
    cluster_permissions: ['cluster_composite_ops', 'cluster_monitor'],
    index_permissions: [{ index_patterns: ['*'], allowed_actions: ['crud', 'manage'] }],
  };
  const mapping = { users: tasks, backend_roles: tasks };
  return [
    { Path: `/_plugins/_security/api/roles/${services}`, Body: JSON.stringify(role) },
    { Path: `/_plugins/_security/api/rolesmapping/${services}`, Body: JSON.stringify(mapping) },
  ];
}

/**
 * Makes IAM count inside a search domain. Fine-grained access control knows nobody but the master user at first, and
 * AWS has no API to change that: a function in the network tells the domain once, as the master user, whenever the
 * domain is made anew or what it is told changes.
 */
export class SearchRoles extends Construct {
  public readonly function: lambda.Function;
  public readonly logGroup: logs.LogGroup;
  public readonly securityGroup: ec2.SecurityGroup;

  public constructor(scope: Construct, id: string, props: SearchRolesProps) {
    super(scope, id);
    const { account, partition } = Stack.of(this);
    const objects = props.objects ?? securityObjects({ account, partition, prefix: props.prefix });
    this.securityGroup = this.createSecurityGroup(props);
    const answer = this.openAnswer();
    this.logGroup = encryptedLogGroup(this, 'Logs', { key: props.logsKey, days: props.logDays });
    this.function = this.createFunction(props);
    const written = new CustomResource(this, 'Written', {
      resourceType: 'Custom::SearchRoles',
      serviceToken: this.function.functionArn,
      serviceTimeout: Duration.minutes(15),
      properties: { Endpoint: props.domain.domainEndpoint, Objects: objects },
    });
    written.node.addDependency(
      answer,
      this.allow(props, objects),
      new Connection(this, 'Connection', {
        from: this.securityGroup,
        to: props.domainGroup,
        port: httpsPort,
        description: `roles of search domain ${props.name}`,
      }),
    );
  }

  private createSecurityGroup({ name, vpc }: SearchRolesProps): ec2.SecurityGroup {
    return new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc,
      description: `Roles of search domain ${name}`,
      allowAllOutbound: false,
    });
  }

  private openAnswer(): ec2.CfnSecurityGroupEgress {
    // CloudFormation is answered by an object in a bucket of Amazon's, to which the network's endpoint of S3 leads. A rule of
    // its own: the group would add none inside itself for a prefix list, and AWS lets everything out of a group without any.
    return new ec2.CfnSecurityGroupEgress(this, 'ObjectsEgress', {
      groupId: this.securityGroup.securityGroupId,
      ipProtocol: 'tcp',
      fromPort: httpsPort,
      toPort: httpsPort,
      destinationPrefixListId: s3PrefixList(Stack.of(this).region),
      description: 'Tells CloudFormation by S3',
    });
  }

  private createFunction({ name, master, vpc }: SearchRolesProps): lambda.Function {
    const created = new lambda.Function(this, 'Function', {
      description: `Writes roles into search domain ${name}`,
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      code: lambda.Code.fromAsset(join(__dirname, 'search-roles')),
      handler: 'index.handler',
      timeout: Duration.minutes(10),
      role: master,
      vpc,
      vpcSubnets: { subnetGroupName: 'app' },
      securityGroups: [this.securityGroup],
      logGroup: this.logGroup,
    });
    const calledByCloudFormation =
      'CloudFormation calls it once in a deployment, waits for its answer and reports a failure itself.';
    acknowledge(created, {
      'NIST.800.53.R5-LambdaConcurrency': calledByCloudFormation,
      'NIST.800.53.R5-LambdaDLQ': calledByCloudFormation,
    });
    return created;
  }

  /** The function may write these objects and nothing else, although the domain would let it do anything. */
  private allow({ domain, master }: SearchRolesProps, objects: readonly SecurityObject[]): iam.ManagedPolicy {
    return new iam.ManagedPolicy(this, 'Permissions', {
      roles: [master],
      statements: [
        new iam.PolicyStatement({
          actions: ['es:ESHttpPut'],
          resources: objects.map(({ Path }) => `${domain.domainArn}${Path}`),
        }),
        // What is replaced only for somebody who says what is there.
        ...objects
          .filter(({ Path }) => Path.startsWith(versioned))
          .map(
            ({ Path }) =>
              new iam.PolicyStatement({ actions: ['es:ESHttpGet'], resources: [`${domain.domainArn}${Path}`] }),
          ),
      ],
    });
  }
}
