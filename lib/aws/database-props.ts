import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as rds from 'aws-cdk-lib/aws-rds';
import { monitoringSeconds, type DatabaseServerProps } from './database-server';
import { certificateAuthority, databasePort, engineVersions, windows } from './database-settings';

/** RDS for PostgreSQL in the version of a database. */
export const instanceEngine = ({ version }: DatabaseServerProps['spec']): rds.IInstanceEngine =>
  rds.DatabaseInstanceEngine.postgres({ version: engineVersions[version].rds });

/** What an instance and its replicas have in common. */
export function instanceProps(props: DatabaseServerProps) {
  const { key, settings } = props;
  const { maxGiB } = settings.storage ?? {};
  return {
    instanceType: new ec2.InstanceType(settings.instanceClass),
    vpc: props.vpc,
    subnetGroup: props.subnetGroup,
    publiclyAccessible: false,
    port: databasePort,
    caCertificate: certificateAuthority,
    storageType: rds.StorageType.GP3,
    ...(maxGiB === undefined ? {} : { maxAllocatedStorage: maxGiB }),
    iamAuthentication: true,
    copyTagsToSnapshot: true,
    deleteAutomatedBackups: false,
    deletionProtection: props.protected,
    removalPolicy: RemovalPolicy.RETAIN,
    autoMinorVersionUpgrade: true,
    preferredMaintenanceWindow: windows.maintenance,
    cloudwatchLogsExports: ['postgresql', 'upgrade'],
    databaseInsightsMode: settings.insights.mode,
    enablePerformanceInsights: true,
    performanceInsightEncryptionKey: key,
    performanceInsightRetention: settings.insights.retention,
    monitoringInterval: Duration.seconds(monitoringSeconds),
    monitoringRole: props.monitoringRole,
  };
}

/** By which IAM knows an instance. */
export function resourceIdOf({ instanceResourceId, node }: rds.IDatabaseInstance): string {
  if (instanceResourceId === undefined) throw new Error(`${node.path} has no resource id`);
  return instanceResourceId;
}
