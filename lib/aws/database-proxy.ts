import { aws_ec2 as ec2, aws_iam as iam, aws_rds as rds, Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { databaseUser } from '../platform/names';
import type { Postgres } from '../platform/nouns/database';
import { acknowledgeContents } from './acknowledge-contents';
import { Connection } from './connection';
import { loginArn } from './database-login';
import type { DatabaseServer } from './database-server';
import { databasePort } from './database-settings';

export interface DatabaseProxyProps {
  /** Name by which people and its log group find it. */
  readonly name: string;
  readonly server: DatabaseServer;
  /** Group of the server. */
  readonly serverGroup: ec2.ISecurityGroup;
  readonly pooling: Postgres['pooling'];
  readonly vpc: ec2.IVpc;
  /** Subnets in which it stands. */
  readonly subnets: ec2.SubnetSelection;
}

/**
 * The pool in front of a database. It takes and makes connections with IAM alone, as the very user that the service is;
 * there is no password to keep.
 */
export class DatabaseProxy extends Construct {
  public readonly securityGroup: ec2.SecurityGroup;
  public readonly role: iam.Role;
  public readonly proxy: rds.DatabaseProxy;
  /** Pooled reads; absent where the proxy cannot send reads to readers. */
  public readonly reader: rds.IDatabaseProxyEndpoint | undefined;

  public constructor(scope: Construct, id: string, props: DatabaseProxyProps) {
    super(scope, id);
    const { name, pooling, server, subnets, vpc } = props;
    this.securityGroup = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc,
      description: 'Connection pool of the database',
      allowAllOutbound: false,
    });
    new Connection(this, 'ToServer', {
      from: this.securityGroup,
      to: props.serverGroup,
      port: databasePort,
      description: 'pool to the database',
    });
    this.role = this.createRole(server);
    this.proxy = new rds.DatabaseProxy(this, 'Proxy', {
      dbProxyName: name,
      proxyTarget: server.proxyTarget,
      defaultAuthScheme: rds.DefaultAuthScheme.IAM_AUTH,
      role: this.role,
      requireTLS: true,
      vpc,
      vpcSubnets: subnets,
      securityGroups: [this.securityGroup],
      maxConnectionsPercent: pooling.maxConnectionsPercent,
      maxIdleConnectionsPercent: Math.min(idlePercent, pooling.maxConnectionsPercent),
      borrowTimeout: Duration.seconds(pooling.borrowTimeoutSeconds),
      idleClientTimeout: Duration.minutes(30),
      debugLogging: false,
    });
    this.proxy.node.addDependency(...server.servers);
    this.reader = server.pooledReaders
      ? this.proxy.addEndpoint('Reader', {
          dbProxyEndpointName: `${name}-reader`,
          vpc,
          vpcSubnets: subnets,
          securityGroups: [this.securityGroup],
          targetRole: rds.ProxyEndpointTargetRole.READ_ONLY,
        })
      : undefined;
  }

  /** May log in as any service, and as nobody else. */
  private createRole({ resourceId }: DatabaseServer): iam.Role {
    const role = new iam.Role(this, 'Role', { assumedBy: new iam.ServicePrincipal('rds.amazonaws.com') });
    const users = loginArn(this, resourceId, databaseUser('*'));
    const policy = new iam.ManagedPolicy(this, 'Policy', {
      roles: [role],
      statements: [new iam.PolicyStatement({ actions: ['rds-db:connect'], resources: [users] })],
    });
    acknowledgeContents(
      policy,
      users,
      'The pool logs in as whichever service asks; the users of services begin so, and no other does.',
    );
    return role;
  }
}

/** Share of the database's connections that stay open without work. */
const idlePercent = 50;
