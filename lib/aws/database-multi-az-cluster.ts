import { RemovalPolicy } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { alarmPeriod } from './alarms';
import { acknowledgeDeletable } from './database-reasons';
import { monitoringSeconds, type DatabaseServer, type DatabaseServerProps } from './database-server';
import { databasePort, engineVersions, masterUser, windows } from './database-settings';
import { worstOf } from './metrics';

/** Standbys acknowledge every write before it counts, so that only replay can be late. In seconds. */
const lagSeconds = 60;

/**
 * A Multi-AZ cluster of RDS: a writer and two readable standbys, one a zone, made by RDS itself.
 *
 * Its disk does not grow by itself; an alarm tells in time. After a failover, slots of logical replication are gone: see
 * the runbook `replication-slot`.
 */
export class MultiAzCluster extends Construct implements DatabaseServer {
  public readonly cluster: rds.CfnDBCluster;
  public readonly host: string;
  public readonly resourceId: string;
  public readonly masterSecret: secretsmanager.ISecret;
  public readonly proxyTarget: rds.ProxyTarget;
  public readonly servers: DatabaseServer['servers'];
  public readonly arn: string;
  public readonly backupType = 'RDS';
  public readonly pooledReaders = true;
  public readonly lag: DatabaseServer['lag'];
  public readonly eventSources: DatabaseServer['eventSources'];
  private readonly instances: readonly string[];

  public constructor(scope: Construct, id: string, props: DatabaseServerProps) {
    super(scope, id);
    const { identifier } = props;
    this.instances = [1, 2, 3].map((number) => `${identifier}-instance-${number}`);
    this.cluster = this.createCluster(props);
    this.host = this.cluster.attrEndpointAddress;
    this.resourceId = this.cluster.attrDbClusterResourceId;
    this.masterSecret = secretsmanager.Secret.fromSecretAttributes(this, 'MasterSecret', {
      secretCompleteArn: this.cluster.attrMasterUserSecretSecretArn,
      encryptionKey: props.secretsKey,
    });
    this.proxyTarget = rds.ProxyTarget.fromCluster(
      rds.DatabaseCluster.fromDatabaseClusterAttributes(this, 'Target', {
        clusterIdentifier: this.cluster.ref,
        // The proxy asks the engine for its family alone, which is PostgreSQL for both.
        engine: rds.DatabaseClusterEngine.auroraPostgres({ version: engineVersions[props.spec.version].aurora }),
        port: databasePort,
      }),
    );
    this.servers = [this.cluster];
    this.arn = this.cluster.attrDbClusterArn;
    this.lag = { metric: this.worst('ReplicaLag', 'Maximum'), threshold: lagSeconds };
    this.eventSources = { detailType: 'RDS DB Cluster Event', identifiers: [identifier] };
  }

  public worst(metricName: string, statistic: 'Maximum' | 'Minimum'): cloudwatch.IMetric {
    return worstOf(
      statistic,
      this.instances.map(
        (DBInstanceIdentifier) =>
          new cloudwatch.Metric({
            namespace: 'AWS/RDS',
            metricName,
            dimensionsMap: { DBInstanceIdentifier },
            statistic,
            period: alarmPeriod,
          }),
      ),
    );
  }

  private createCluster(props: DatabaseServerProps): rds.CfnDBCluster {
    const { settings, spec } = props;
    const version = engineVersions[spec.version].rds;
    const parameters = new rds.ParameterGroup(this, 'Parameters', {
      engine: rds.DatabaseInstanceEngine.postgres({ version }),
      parameters: { ...props.parameters },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const cluster = new rds.CfnDBCluster(this, 'Cluster', {
      engine: 'postgres',
      engineVersion: version.postgresFullVersion,
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
      enableCloudwatchLogsExports: ['postgresql', 'upgrade'],
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
