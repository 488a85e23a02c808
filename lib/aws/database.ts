import { aws_ec2 as ec2, aws_iam as iam, aws_rds as rds, RemovalPolicy, Stack, Tags } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { databaseName, databaseUser } from '../platform/names';
import type { Postgres } from '../platform/nouns/database';
import { acknowledgeManaged } from './acknowledge';
import type { Alarms } from './alarms';
import type { Capability, Reach, Use } from './capability';
import { databaseAlarms, silentAlarmNames } from './database-alarms';
import { AuroraDatabase } from './database-aurora';
import { DatabaseMaster } from './database-master';
import { MultiAzCluster } from './database-multi-az-cluster';
import { MultiAzInstance } from './database-multi-az-instance';
import { reportEvents } from './database-events';
import { loginArn } from './database-login';
import { databaseLogs, DatabaseLogs } from './database-logs';
import { databaseParameters } from './database-parameters';
import { DatabaseProxy } from './database-proxy';
import { dataSubnets, type DatabaseServer, type DatabaseServerProps } from './database-server';
import { databaseIdentifier, databasePort, databaseSettings, type DatabaseSettings } from './database-settings';
import type { Topology } from './database-sizes';
import type { BackedUp } from './restore-test';

export interface DatabaseProps {
  /** Name of the part. */
  readonly name: string;
  /** What every name of the stage begins with. */
  readonly prefix: string;
  readonly spec: Postgres;
  readonly vpc: ec2.IVpc;
  /** Encrypts the data. */
  readonly key: kms.IKey;
  readonly logsKey: kms.IKey;
  readonly secretsKey: kms.IKey;
  readonly alarms: Alarms;
  /** Cannot be deleted by mistake, and has a standby. */
  readonly protected: boolean;
  /** Logs are kept this long, in days. */
  readonly logDays: number;
  /** A recovery site reads its changes. */
  readonly replicated: boolean;
  /** Minutes that the recovery site may be behind. @default - nothing is promised, and nobody is called */
  readonly recoveryPointMinutes?: number | undefined;
  /** Connections that the busiest minutes were reckoned to need. @default - nothing was reckoned, and nobody is called */
  readonly rushConnections?: number | undefined;
  /** Private endpoints of AWS services; empty where the site has none. */
  readonly endpoints: readonly Reach[];
  /** Subnets in which servers and pool stand. @default - those of all data */
  readonly subnets?: ec2.SubnetSelection;
}

/** How each topology is made. */
const servers = {
  aurora: AuroraDatabase,
  'multi-az-cluster': MultiAzCluster,
  'multi-az-instance': MultiAzInstance,
} as const satisfies Record<Topology, unknown>;

/** A PostgreSQL database with readers, behind a pool that every service enters as its own user. */
export class Database extends Construct implements Capability {
  /** Name of the part. */
  public readonly name: string;
  /** Group of the server, which only the pool and migrations reach. */
  public readonly securityGroup: ec2.SecurityGroup;
  public readonly logs: DatabaseLogs;
  public readonly monitoringRole: iam.Role;
  public readonly server: DatabaseServer;
  public readonly proxy: DatabaseProxy;
  public readonly secrets = {};
  public readonly reach: readonly Reach[];
  /** Login of the administrator, for migrations alone. */
  public readonly master: DatabaseMaster;
  /** What AWS Backup backs up. */
  public readonly backedUp: BackedUp;
  /** Names of alarms that all ring when nothing takes writes; none without a recovery site. */
  public readonly silentAlarms: readonly string[];
  private readonly subnetGroup: rds.SubnetGroup;

  public constructor(scope: Construct, id: string, props: DatabaseProps) {
    super(scope, id);
    const { name, spec, subnets = dataSubnets, vpc } = props;
    const identifier = databaseIdentifier(props.prefix, name);
    const settings = databaseSettings(name, spec, props.protected);
    this.name = name;
    this.securityGroup = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc,
      description: 'Servers of the database',
      allowAllOutbound: false,
    });
    this.logs = new DatabaseLogs(this, 'Logs', {
      names: databaseLogs(identifier, spec),
      key: props.logsKey,
      days: props.logDays,
    });
    this.monitoringRole = this.createMonitoringRole();
    this.subnetGroup = new rds.SubnetGroup(this, 'Subnets', {
      description: `Data subnets of ${identifier}`,
      vpc,
      vpcSubnets: subnets,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.server = this.createServer(props, identifier, settings);
    this.master = new DatabaseMaster(this, 'Master', { secret: this.server.masterSecret, key: props.secretsKey });
    this.proxy = new DatabaseProxy(this, 'Proxy', {
      name: identifier,
      server: this.server,
      serverGroup: this.securityGroup,
      pooling: spec.pooling,
      vpc,
      subnets,
    });
    for (const logging of [...this.server.servers, this.proxy.proxy]) logging.node.addDependency(this.logs);
    this.reach = this.reachOf(this.server);
    this.backedUp = {
      name,
      arn: this.server.arn,
      type: this.server.backupType,
      subnetGroupName: this.subnetGroup.subnetGroupName,
      securityGroup: this.securityGroup,
    };
    this.silentAlarms = props.replicated ? silentAlarmNames({ proxyName: identifier, server: this.server }) : [];
    this.watch(props, identifier, settings);
    Tags.of(this).add('data-class', spec.dataClass);
  }

  public values(service: string): Readonly<Record<string, string>> {
    const readerHost = this.proxy.reader?.endpoint ?? this.replicaOf(service)?.host;
    return {
      host: this.proxy.proxy.endpoint,
      port: String(databasePort),
      ...(readerHost === undefined ? {} : { readerHost }),
    };
  }

  /** Lets a service log in as its own user, and as nobody else. */
  public grant(grantee: iam.IGrantable, { service }: Use): void {
    const user = databaseUser(service);
    this.proxy.proxy.grantConnect(grantee, user);
    const replica = this.replicaOf(service);
    if (replica === undefined) return;
    iam.Grant.addToPrincipal({
      grantee,
      actions: ['rds-db:connect'],
      resourceArns: [loginArn(this, replica.resourceId, user)],
    });
  }

  /** The replica from which a service reads, always the same one, so that services spread over all of them. */
  private replicaOf(service: string) {
    const servers = this.server.replicas?.servers ?? [];
    const sum = [...service].reduce((total, letter) => total + (letter.codePointAt(0) ?? 0), 0);
    return servers[sum % servers.length];
  }

  private reachOf({ replicas }: DatabaseServer): readonly Reach[] {
    const pool = { id: 'Pool', securityGroup: this.proxy.securityGroup, port: databasePort };
    if (replicas === undefined) return [pool];
    return [pool, { id: 'Replicas', securityGroup: replicas.securityGroup, port: databasePort }];
  }

  private createServer(props: DatabaseProps, identifier: string, settings: DatabaseSettings): DatabaseServer {
    const { name, replicated, spec, subnets = dataSubnets, vpc } = props;
    const Server = servers[spec.topology];
    const serverProps: DatabaseServerProps = {
      identifier,
      databaseName: databaseName(name),
      spec,
      settings,
      parameters: databaseParameters(spec, settings, replicated),
      vpc,
      subnets,
      subnetGroup: this.subnetGroup,
      securityGroup: this.securityGroup,
      monitoringRole: this.monitoringRole,
      key: props.key,
      secretsKey: props.secretsKey,
      protected: props.protected,
      endpoints: props.endpoints,
    };
    return new Server(this, 'Server', serverProps).server;
  }

  private createMonitoringRole(): iam.Role {
    const monitors = 'service-role/AmazonRDSEnhancedMonitoringRole';
    const role = new iam.Role(this, 'MonitoringRole', {
      assumedBy: new iam.ServicePrincipal('monitoring.rds.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
      managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName(monitors)],
    });
    acknowledgeManaged(
      role,
      [monitors],
      'Only the monitoring of RDS assumes the role, and writes its measurements where AWS says; AWS keeps it current.',
    );
    return role;
  }

  private watch(
    { alarms, name, recoveryPointMinutes, replicated, rushConnections, spec }: DatabaseProps,
    identifier: string,
    settings: DatabaseSettings,
  ): void {
    const table = databaseAlarms({
      name,
      spec,
      settings,
      server: this.server,
      proxyName: identifier,
      replicated,
      recoveryPointMinutes,
      rushConnections,
    });
    for (const [id, alarm] of Object.entries(table)) alarms.raise(this, id, alarm);
    reportEvents(this, { name, server: this.server, topic: alarms.topic });
  }
}
