import { aws_rds as rds, aws_secretsmanager as secretsmanager, RemovalPolicy } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { clusterTarget, instanceEngine, parameterGroup } from './database-props';
import { logTypes } from './database-logs';
import { instanceMetric, pulseMetric, worstOfInstances } from './database-metrics';
import { acknowledgeDeletable } from './database-reasons';
import { monitoringSeconds, type DatabaseServer, type DatabaseServerProps } from './database-server';
import { databasePort, engineVersions, masterUser, windows } from './database-settings';

/** Standbys acknowledge every write before it counts, so that only replay can be late. In seconds. */
const lagSeconds = 60;

/**
 * A Multi-AZ cluster of RDS: a writer and two readable standbys, one a zone, made by RDS itself.
 *
 * Its disk does not grow by itself; an alarm tells in time. After a failover, slots of logical replication are gone: see
 * the runbook `replication-slot`.
 */
export class MultiAzCluster extends Construct {
  public readonly cluster: rds.CfnDBCluster;
  public readonly server: DatabaseServer;

  public constructor(scope: Construct, id: string, props: DatabaseServerProps) {
    super(scope, id);
    const { identifier } = props;
    const instances = [1, 2, 3].map((number) => `${identifier}-instance-${number}`);
    const worst: DatabaseServer['worst'] = (metricName, statistic) =>
      worstOfInstances(instances, metricName, statistic);
    this.cluster = this.createCluster(props);
    this.server = {
      host: this.cluster.attrEndpointAddress,
      resourceId: this.cluster.attrDbClusterResourceId,
      masterSecret: secretsmanager.Secret.fromSecretAttributes(this, 'MasterSecret', {
        secretCompleteArn: this.cluster.attrMasterUserSecretSecretArn,
        encryptionKey: props.secretsKey,
      }),
      proxyTarget: clusterTarget(this, this.cluster.ref, props),
      servers: [this.cluster],
      arn: this.cluster.attrDbClusterArn,
      backupType: 'RDS',
      pooledReaders: true,
      lag: { metric: worst('ReplicaLag', 'Maximum'), threshold: lagSeconds },
      worst,
      writer: (metricName) => worst(metricName, 'Maximum'),
      pulses: instances.map((instance) => instanceMetric(instance, pulseMetric, 'Maximum')),
      eventSources: { detailType: 'RDS DB Cluster Event', identifiers: [identifier] },
    };
  }

  private createCluster(props: DatabaseServerProps): rds.CfnDBCluster {
    const { settings, spec } = props;
    const parameters = parameterGroup(this, instanceEngine(spec), props);
    const cluster = new rds.CfnDBCluster(this, 'Cluster', {
      engine: 'postgres',
      engineVersion: engineVersions[spec.version].rds.postgresFullVersion,
      dbClusterIdentifier: props.identifier,
      databaseName: props.databaseName,
      port: databasePort,
      dbClusterInstanceClass: `db.${settings.instanceClass}`,
      storageType: rds.StorageType.IO2,
      allocatedStorage: settings.storage?.GiB,
      iops: settings.storage?.iops,
      storageEncrypted: true,
      kmsKeyId: props.key.keyArn,
      publiclyAccessible: false,
      dbSubnetGroupName: props.subnetGroup.subnetGroupName,
      vpcSecurityGroupIds: [props.securityGroup.securityGroupId],
      dbClusterParameterGroupName: parameters.bindToCluster({}).parameterGroupName,
      masterUsername: masterUser,
      manageMasterUserPassword: true,
      masterUserSecret: { kmsKeyId: props.secretsKey.keyArn },
      enableIamDatabaseAuthentication: true,
      backupRetentionPeriod: spec.backupRetentionDays,
      preferredBackupWindow: windows.backup,
      copyTagsToSnapshot: true,
      deleteAutomatedBackups: false,
      deletionProtection: props.protected,
      autoMinorVersionUpgrade: true,
      preferredMaintenanceWindow: windows.maintenance,
      enableCloudwatchLogsExports: [...logTypes[spec.topology]],
      databaseInsightsMode: settings.insights.mode,
      performanceInsightsEnabled: true,
      performanceInsightsKmsKeyId: props.key.keyArn,
      performanceInsightsRetentionPeriod: settings.insights.retention,
      monitoringInterval: monitoringSeconds,
      monitoringRoleArn: props.monitoringRole.roleArn,
    });
    cluster.applyRemovalPolicy(RemovalPolicy.RETAIN);
    acknowledgeDeletable(cluster, props.protected);
    return cluster;
  }
}
