import { aws_ec2 as ec2, aws_rds as rds, Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { logTypes } from './database-logs';
import { monitoringSeconds, type DatabaseServerProps } from './database-server';
import { certificateAuthority, databasePort, engineVersions, windows } from './database-settings';

/** RDS for PostgreSQL in the version of a database. */
export const instanceEngine = ({ version }: DatabaseServerProps['spec']): rds.IInstanceEngine =>
  rds.DatabaseInstanceEngine.postgres({ version: engineVersions[version].rds });

/** The parameters of a database, kept as long as it is. */
export const parameterGroup = (
  scope: Construct,
  engine: rds.IEngine,
  { parameters }: DatabaseServerProps,
): rds.ParameterGroup =>
  new rds.ParameterGroup(scope, 'Parameters', {
    engine,
    parameters: { ...parameters },
    removalPolicy: RemovalPolicy.RETAIN,
  });

/**
 * A cluster as its pool sees it: without its groups, because the pool opens its own way to it. The pool asks the engine for
 * its family alone, which is PostgreSQL for Aurora and RDS.
 */
export const clusterTarget = (
  scope: Construct,
  clusterIdentifier: string,
  { spec }: DatabaseServerProps,
): rds.ProxyTarget =>
  rds.ProxyTarget.fromCluster(
    rds.DatabaseCluster.fromDatabaseClusterAttributes(scope, 'Target', {
      clusterIdentifier,
      engine: rds.DatabaseClusterEngine.auroraPostgres({ version: engineVersions[spec.version].aurora }),
      port: databasePort,
    }),
  );

const insights = ({ key, settings }: DatabaseServerProps) => ({
  enablePerformanceInsights: true,
  performanceInsightEncryptionKey: key,
  performanceInsightRetention: settings.insights.retention,
});

/** What a cluster of Aurora and an instance of RDS have in common. */
export const commonProps = (props: DatabaseServerProps) => ({
  vpc: props.vpc,
  subnetGroup: props.subnetGroup,
  port: databasePort,
  iamAuthentication: true,
  copyTagsToSnapshot: true,
  deleteAutomatedBackups: false,
  deletionProtection: props.protected,
  removalPolicy: RemovalPolicy.RETAIN,
  autoMinorVersionUpgrade: true,
  preferredMaintenanceWindow: windows.maintenance,
  cloudwatchLogsExports: [...logTypes[props.spec.topology]],
  databaseInsightsMode: props.settings.insights.mode,
  ...insights(props),
  monitoringInterval: Duration.seconds(monitoringSeconds),
  monitoringRole: props.monitoringRole,
});

/** What every server has, be it a member of Aurora or an instance of RDS. */
export const memberProps = (props: DatabaseServerProps) => ({
  instanceType: new ec2.InstanceType(props.settings.instanceClass),
  caCertificate: certificateAuthority,
  publiclyAccessible: false,
  autoMinorVersionUpgrade: true,
  preferredMaintenanceWindow: windows.maintenance,
  ...insights(props),
});

/** What an instance of RDS and its replicas have in common. */
export function instanceProps(props: DatabaseServerProps) {
  const { maxGiB } = props.settings.storage ?? {};
  return {
    ...commonProps(props),
    ...memberProps(props),
    storageType: rds.StorageType.GP3,
    ...(maxGiB === undefined ? {} : { maxAllocatedStorage: maxGiB }),
  };
}

/** By which IAM knows an instance. */
export function resourceIdOf({ instanceResourceId, node }: rds.IDatabaseInstance): string {
  if (instanceResourceId === undefined) throw new Error(`${node.path} has no resource id`);
  return instanceResourceId;
}

/** The administrator's login, which RDS or we keep. */
export function masterSecretOf({ node, secret }: rds.DatabaseCluster | rds.DatabaseInstance) {
  if (secret === undefined) throw new Error(`${node.path} has no secret of its administrator`);
  return secret;
}
