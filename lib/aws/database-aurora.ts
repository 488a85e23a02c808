import { aws_applicationautoscaling as scaling, aws_iam as iam, aws_rds as rds, Duration, Stack } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { Postgres } from '../platform/nouns/database';
import { acknowledge } from './acknowledge';
import { alarmPeriod } from './alarms';
import { pulseMetric } from './database-metrics';
import { clusterTarget, commonProps, masterSecretOf, memberProps, parameterGroup } from './database-props';
import { acknowledgeDeletable, clusterMember, inZone } from './database-reasons';
import type { DatabaseServer, DatabaseServerProps } from './database-server';
import { engineVersions, masterUser, windows, zoneOf } from './database-settings';

/** Readers share the writer's storage, so a second of lag is out of the ordinary. In milliseconds. */
const lagMilliseconds = 1000;

/** Aurora PostgreSQL: a writer, readers in other zones that take over, more readers under load. */
export class AuroraDatabase extends Construct {
  public readonly cluster: rds.DatabaseCluster;
  public readonly server: DatabaseServer;

  public constructor(scope: Construct, id: string, props: DatabaseServerProps) {
    super(scope, id);
    const { readReplicas, readerScaling } = props.spec;
    this.cluster = this.createCluster(props);
    if (readerScaling !== undefined) this.scaleReaders(readReplicas, readerScaling);
    const worst: DatabaseServer['worst'] = (metricName, statistic) =>
      this.cluster.metric(metricName, { statistic, period: alarmPeriod });
    this.server = {
      host: this.cluster.clusterEndpoint.hostname,
      resourceId: this.cluster.clusterResourceIdentifier,
      masterSecret: masterSecretOf(this.cluster),
      proxyTarget: clusterTarget(this, this.cluster.clusterIdentifier, props),
      servers: [this.cluster],
      arn: this.cluster.clusterArn,
      backupType: 'Aurora',
      pooledReaders: readReplicas > 0,
      lag:
        readReplicas > 0
          ? { metric: worst('AuroraReplicaLagMaximum', 'Maximum'), threshold: lagMilliseconds }
          : undefined,
      worst,
      writer: (metricName) => this.writerMetric(metricName),
      pulses: [this.writerMetric(pulseMetric)],
      eventSources: { detailType: 'RDS DB Cluster Event', identifiers: [props.identifier] },
    };
  }

  private writerMetric(metricName: string): cloudwatch.Metric {
    return this.cluster.metric(metricName, {
      dimensionsMap: { DBClusterIdentifier: this.cluster.clusterIdentifier, Role: 'WRITER' },
      statistic: 'Maximum',
      period: alarmPeriod,
    });
  }

  private createCluster(props: DatabaseServerProps): rds.DatabaseCluster {
    const { key, spec, vpc } = props;
    const engine = rds.DatabaseClusterEngine.auroraPostgres({ version: engineVersions[spec.version].aurora });
    const member = (index: number): rds.ProvisionedClusterInstanceProps => ({
      ...memberProps(props),
      availabilityZone: zoneOf(vpc.availabilityZones, index),
    });
    const cluster = new rds.DatabaseCluster(this, 'Cluster', {
      ...commonProps(props),
      engine,
      clusterIdentifier: props.identifier,
      defaultDatabaseName: props.databaseName,
      writer: rds.ClusterInstance.provisioned('Writer', member(0)),
      readers: Array.from({ length: spec.readReplicas }, (_, index) =>
        rds.ClusterInstance.provisioned(`Reader${index + 1}`, {
          ...member(index + 1),
          promotionTier: Math.min(index + 1, lastPromotionTier),
        }),
      ),
      instanceUpdateBehaviour: rds.InstanceUpdateBehaviour.ROLLING,
      vpcSubnets: props.subnets,
      securityGroups: [props.securityGroup],
      credentials: rds.Credentials.fromUsername(masterUser, { encryptionKey: props.secretsKey }),
      manageMasterUserPassword: true,
      parameterGroup: parameterGroup(this, engine, props),
      storageEncrypted: true,
      storageEncryptionKey: key,
      backup: { retention: Duration.days(spec.backupRetentionDays), preferredWindow: windows.backup },
      enableClusterLevelEnhancedMonitoring: true,
    });
    acknowledgeDeletable(cluster, props.protected);
    const members = cluster.node.findAll().filter((each) => rds.CfnDBInstance.isCfnDBInstance(each));
    for (const each of members) acknowledge(each, { ...clusterMember, ...inZone });
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
