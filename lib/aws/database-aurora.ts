import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as scaling from 'aws-cdk-lib/aws-applicationautoscaling';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as rds from 'aws-cdk-lib/aws-rds';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { Postgres } from '../platform/nouns/database';
import { acknowledge } from './acknowledge';
import { alarmPeriod } from './alarms';
import { acknowledgeDeletable, clusterMember, inZone } from './database-reasons';
import { dataSubnets, monitoringSeconds, type DatabaseServer, type DatabaseServerProps } from './database-server';
import { certificateAuthority, databasePort, engineVersions, masterUser, windows, zoneOf } from './database-settings';

/** Readers share the writer's storage, so a second of lag is out of the ordinary. In milliseconds. */
const lagMilliseconds = 1000;

/** Aurora PostgreSQL: a writer, readers in other zones that take over, more readers under load. */
export class AuroraDatabase extends Construct implements DatabaseServer {
  public readonly cluster: rds.DatabaseCluster;
  public readonly host: string;
  public readonly resourceId: string;
  public readonly masterSecret: secretsmanager.ISecret;
  public readonly proxyTarget: rds.ProxyTarget;
  public readonly servers: DatabaseServer['servers'];
  public readonly arn: string;
  public readonly backupType = 'Aurora';
  public readonly pooledReaders: boolean;
  public readonly lag: DatabaseServer['lag'];
  public readonly eventSources: DatabaseServer['eventSources'];
  private readonly engine: rds.IClusterEngine;

  public constructor(scope: Construct, id: string, props: DatabaseServerProps) {
    super(scope, id);
    const { readReplicas, readerScaling, version } = props.spec;
    this.engine = rds.DatabaseClusterEngine.auroraPostgres({ version: engineVersions[version].aurora });
    this.cluster = this.createCluster(props);
    if (readerScaling !== undefined) this.scaleReaders(readReplicas, readerScaling);
    this.host = this.cluster.clusterEndpoint.hostname;
    this.resourceId = this.cluster.clusterResourceIdentifier;
    this.masterSecret = masterSecretOf(this.cluster);
    this.arn = this.cluster.clusterArn;
    this.proxyTarget = rds.ProxyTarget.fromCluster(
      rds.DatabaseCluster.fromDatabaseClusterAttributes(this, 'Target', {
        clusterIdentifier: this.cluster.clusterIdentifier,
        engine: this.engine,
        port: databasePort,
      }),
    );
    this.servers = [this.cluster];
    this.pooledReaders = readReplicas > 0;
    this.lag = this.pooledReaders
      ? { metric: this.worst('AuroraReplicaLagMaximum', 'Maximum'), threshold: lagMilliseconds }
      : undefined;
    this.eventSources = { detailType: 'RDS DB Cluster Event', identifiers: [props.identifier] };
  }

  public worst(metricName: string, statistic: 'Maximum' | 'Minimum'): cloudwatch.IMetric {
    return this.cluster.metric(metricName, { statistic, period: alarmPeriod });
  }

  private createCluster(props: DatabaseServerProps): rds.DatabaseCluster {
    const { identifier, key, settings, spec, vpc } = props;
    const instance = (index: number): rds.ProvisionedClusterInstanceProps => ({
      instanceType: new ec2.InstanceType(settings.instanceClass),
      availabilityZone: zoneOf(vpc.availabilityZones, index),
      caCertificate: certificateAuthority,
      publiclyAccessible: false,
      autoMinorVersionUpgrade: true,
      preferredMaintenanceWindow: windows.maintenance,
      enablePerformanceInsights: true,
      performanceInsightEncryptionKey: key,
      performanceInsightRetention: settings.insights.retention,
    });
    const cluster = new rds.DatabaseCluster(this, 'Cluster', {
      engine: this.engine,
      clusterIdentifier: identifier,
      defaultDatabaseName: props.databaseName,
      port: databasePort,
      writer: rds.ClusterInstance.provisioned('Writer', instance(0)),
      readers: Array.from({ length: spec.readReplicas }, (_, index) =>
        rds.ClusterInstance.provisioned(`Reader${index + 1}`, {
          ...instance(index + 1),
          promotionTier: Math.min(index + 1, lastPromotionTier),
        }),
      ),
      instanceUpdateBehaviour: rds.InstanceUpdateBehaviour.ROLLING,
      vpc,
      vpcSubnets: dataSubnets,
      subnetGroup: props.subnetGroup,
      securityGroups: [props.securityGroup],
      credentials: rds.Credentials.fromUsername(masterUser, { encryptionKey: props.secretsKey }),
      manageMasterUserPassword: true,
      iamAuthentication: true,
      parameterGroup: new rds.ParameterGroup(this, 'Parameters', {
        engine: this.engine,
        parameters: { ...props.parameters },
        removalPolicy: RemovalPolicy.RETAIN,
      }),
      storageEncrypted: true,
      storageEncryptionKey: key,
      backup: { retention: Duration.days(spec.backupRetentionDays), preferredWindow: windows.backup },
      copyTagsToSnapshot: true,
      deleteAutomatedBackups: false,
      deletionProtection: props.protected,
      removalPolicy: RemovalPolicy.RETAIN,
      autoMinorVersionUpgrade: true,
      preferredMaintenanceWindow: windows.maintenance,
      cloudwatchLogsExports: ['postgresql'],
      databaseInsightsMode: settings.insights.mode,
      enablePerformanceInsights: true,
      performanceInsightEncryptionKey: key,
      performanceInsightRetention: settings.insights.retention,
      monitoringInterval: Duration.seconds(monitoringSeconds),
      monitoringRole: props.monitoringRole,
      enableClusterLevelEnhancedMonitoring: true,
    });
    acknowledgeDeletable(cluster, props.protected);
    const members = cluster.node.findAll().filter((member) => rds.CfnDBInstance.isCfnDBInstance(member));
    for (const member of members) acknowledge(member, { ...clusterMember, ...inZone });
    return cluster;
  }

  /** Adds readers of the same size while the readers are busy; `max` counts those of the definition too. */
  private scaleReaders(readReplicas: number, { max, cpuPercent }: NonNullable<Postgres['readerScaling']>): void {
    const target = new scaling.ScalableTarget(this, 'Readers', {
      serviceNamespace: scaling.ServiceNamespace.RDS,
      scalableDimension: 'rds:cluster:ReadReplicaCount',
      resourceId: `cluster:${this.cluster.clusterIdentifier}`,
      minCapacity: Math.max(1, readReplicas),
      maxCapacity: max,
      // AWS acts as a role of its own here and ignores every other.
      role: iam.Role.fromRoleArn(
        this,
        'ScalingRole',
        Stack.of(this).formatArn({
          service: 'iam',
          region: '',
          resource: 'role',
          resourceName:
            'aws-service-role/rds.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_RDSCluster',
        }),
        { mutable: false },
      ),
    });
    target.node.addDependency(this.cluster);
    target.scaleToTrackMetric('Cpu', {
      predefinedMetric: scaling.PredefinedMetric.RDS_READER_AVERAGE_CPU_UTILIZATION,
      targetValue: cpuPercent,
      scaleOutCooldown: Duration.minutes(5),
      scaleInCooldown: Duration.minutes(15),
    });
  }
}

/** Aurora promotes the reader with the lowest tier first; there are 16 tiers. */
const lastPromotionTier = 15;

function masterSecretOf(cluster: rds.DatabaseCluster): secretsmanager.ISecret {
  if (cluster.secret === undefined) throw new Error(`${cluster.node.path} has no secret of its administrator`);
  return cluster.secret;
}
