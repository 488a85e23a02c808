import { about, none, type Row } from '../../support/about';
import type { Expectation } from '../../support/expectations';
import { reference } from '../../support/graph';
import { unrotated } from '../../support/unrotated';
import { absent, atLeast, between, containing, exactly, like, notContaining } from '../../support/matchers';
import { account, dataSubnets, home, key, zones } from './facts';

const stack = 'Data';
const server = 'Data/StoreDatabase/Server';
const cluster = reference(`${server}/Cluster`);

const servers: readonly Expectation[] = [
  ...about(
    { stack, type: 'AWS::RDS::DBCluster', count: 1 },
    {
      'the database is Aurora for PostgreSQL': { path: 'Engine', is: 'aurora-postgresql' },
      'the database has the version of the definition': { path: 'EngineVersion', is: like(/^17\.\d+$/) },
      'the database is encrypted': { path: 'StorageEncrypted', is: true },
      'the database is encrypted with the key of data': { path: 'KmsKeyId', is: key.data },
      'the database can be had back at any point of 35 days': { path: 'BackupRetentionPeriod', is: 35 },
      'the backups of the database outlive it': { path: 'DeleteAutomatedBackups', is: false },
      'snapshots of the database tell whose they are': { path: 'CopyTagsToSnapshot', is: true },
      'the database refuses to be deleted': { path: 'DeletionProtection', is: true },
      'the database outlives its stack': { path: 'DeletionPolicy', is: 'Retain' },
      'the database outlives a replacement': { path: 'UpdateReplacePolicy', is: 'Retain' },
      'services log in to the database by IAM': { path: 'EnableIAMDatabaseAuthentication', is: true },
      'RDS makes and rotates the password of the administrator': { path: 'ManageMasterUserPassword', is: true },
      'no password of the administrator stands in the template': { path: 'MasterUserPassword', is: absent },
      'the password of the administrator is encrypted with the key of secrets': {
        path: 'MasterUserSecret.KmsKeyId',
        is: key.secrets,
      },
      'the log of the database is exported': { path: 'EnableCloudwatchLogsExports', is: containing('postgresql') },
      'Database Insights watches the database in depth': { path: 'DatabaseInsightsMode', is: 'advanced' },
      'Performance Insights watches the database': { path: 'PerformanceInsightsEnabled', is: true },
      'Performance Insights keeps what Database Insights needs': {
        path: 'PerformanceInsightsRetentionPeriod',
        is: atLeast(465),
      },
      'what Performance Insights keeps is encrypted with the key of data': {
        path: 'PerformanceInsightsKmsKeyId',
        is: key.data,
      },
      'the operating system of the database is watched': { path: 'MonitoringInterval', is: between(1, 60) },
      'the operating system of the database is watched by a role of its own': {
        path: 'MonitoringRoleArn',
        is: reference('Data/StoreDatabase/MonitoringRole', 'Arn'),
      },
      'small repairs of the engine come by themselves': { path: 'AutoMinorVersionUpgrade', is: true },
      'the database has parameters of its own': {
        path: 'DBClusterParameterGroupName',
        is: reference(`${server}/Parameters`),
      },
      'the database stands in the data subnets': {
        path: 'DBSubnetGroupName',
        is: reference('Data/StoreDatabase/Subnets'),
      },
      'the database has a security group of its own': {
        path: 'VpcSecurityGroupIds',
        is: exactly(reference('Data/StoreDatabase/SecurityGroup')),
      },
      'the database holds the database of the platform': { path: 'DatabaseName', is: 'store' },
      'backups are taken by night': { path: 'PreferredBackupWindow', is: like(/^1[4-9]:|^2[0-1]:/) },
      'the logs that the engine makes are encrypted from the first line': {
        path: 'DependsOn',
        is: containing('Data/StoreDatabase/Logs/Postgresql'),
      },
    },
  ),
  ...about(
    { stack, type: 'AWS::RDS::DBInstance', count: 3 },
    {
      'no server of the database is public': { path: 'PubliclyAccessible', is: false },
      'servers of the database are of the cluster': { path: 'DBClusterIdentifier', is: cluster },
      'servers of the database have the size of the definition': { path: 'DBInstanceClass', is: 'db.r7g.xlarge' },
      'servers of the database outlive their stack': { path: 'DeletionPolicy', is: 'Retain' },
      'servers of the database outlive a replacement': { path: 'UpdateReplacePolicy', is: 'Retain' },
      'servers of the database prove their name with a current certificate': {
        path: 'CACertificateIdentifier',
        is: like(/^rds-ca-(rsa2048|rsa4096|ecc384)-g1$/),
      },
      'Performance Insights watches each server': { path: 'EnablePerformanceInsights', is: true },
      'what Performance Insights keeps of a server is encrypted with the key of data': {
        path: 'PerformanceInsightsKMSKeyId',
        is: key.data,
      },
      'Performance Insights keeps what Database Insights needs of each server': {
        path: 'PerformanceInsightsRetentionPeriod',
        is: atLeast(465),
      },
      'small repairs of each server come by themselves': { path: 'AutoMinorVersionUpgrade', is: true },
    },
  ),
  ...(['Writer', 'Reader1', 'Reader2'] as const).flatMap((name, tier) =>
    about(
      { stack, type: 'AWS::RDS::DBInstance', where: new RegExp(`/${name}$`), count: 1 },
      {
        [`${name} stands in a zone of its own`]: { path: 'AvailabilityZone', is: zones[tier] ?? '' },
        [`${name} takes over in its turn`]: { path: 'PromotionTier', is: tier },
      },
    ),
  ),
];

const parameters: Readonly<Record<string, readonly [parameter: string, value: string]>> = {
  'the database refuses connections without TLS': ['rds.force_ssl', '1'],
  'the database refuses old TLS': ['ssl_min_protocol_version', 'TLSv1.2'],
  'passwords are kept as SCRAM': ['password_encryption', 'scram-sha-256'],
  'passwords are taken as SCRAM alone': ['rds.accepted_password_auth_method', 'scram'],
  'the recovery site can follow by logical replication': ['rds.logical_replication', '1'],
  'logins are logged': ['log_connections', '1'],
  'logouts are logged': ['log_disconnections', '1'],
  'slow statements are logged': ['log_min_duration_statement', '1000'],
  'values of statements are not logged': ['log_parameter_max_length', '0'],
  'changes of tables and roles are audited': ['pgaudit.log', 'ddl,role'],
  'values of audited statements are not logged': ['pgaudit.log_parameter', '0'],
  'objects are audited by role': ['pgaudit.role', 'rds_pgaudit'],
  'transactions that do nothing are ended': ['idle_in_transaction_session_timeout', '30000'],
  'readers of the log that are gone are noticed': ['wal_sender_timeout', '30000'],
};

const pool: readonly Expectation[] = [
  ...about(
    { stack, type: 'AWS::RDS::DBProxy', count: 1 },
    {
      'the pool knows IAM alone': { path: 'DefaultAuthScheme', is: 'IAM_AUTH' },
      'the pool holds no passwords': { path: 'Auth', is: absent },
      'the pool refuses connections without TLS': { path: 'RequireTLS', is: true },
      'the pool speaks PostgreSQL': { path: 'EngineFamily', is: 'POSTGRESQL' },
      'the pool logs no statements': { path: 'DebugLogging', is: false },
      'the pool stands in the data subnets': { path: 'VpcSubnetIds', is: exactly(...dataSubnets) },
      'the pool has a security group of its own': {
        path: 'VpcSecurityGroupIds',
        is: exactly(reference('Data/StoreDatabase/Proxy/SecurityGroup')),
      },
      'the pool has a role of its own': { path: 'RoleArn', is: reference('Data/StoreDatabase/Proxy/Role', 'Arn') },
      'the pool is made when there are servers': {
        path: 'DependsOn',
        is: containing(`${server}/Cluster/Writer`, `${server}/Cluster/Reader1`, `${server}/Cluster/Reader2`),
      },
    },
  ),
  ...about(
    { stack, type: 'AWS::RDS::DBProxyEndpoint', count: 1 },
    {
      'readers have an address of their own': { path: 'TargetRole', is: 'READ_ONLY' },
      'the address of readers stands in the data subnets': { path: 'VpcSubnetIds', is: exactly(...dataSubnets) },
      'the address of readers has the security group of the pool': {
        path: 'VpcSecurityGroupIds',
        is: exactly(reference('Data/StoreDatabase/Proxy/SecurityGroup')),
      },
    },
  ),
  ...about(
    { stack, type: 'AWS::RDS::DBProxyTargetGroup', count: 1 },
    {
      'the pool leads to the database': { path: 'DBClusterIdentifiers', is: exactly(cluster) },
      'the pool leaves connections to administrators': {
        path: 'ConnectionPoolConfigurationInfo.MaxConnectionsPercent',
        is: between(50, 95),
      },
      'a request does not wait for a connection for ever': {
        path: 'ConnectionPoolConfigurationInfo.ConnectionBorrowTimeout',
        is: between(1, 60),
      },
    },
  ),
  ...about(
    { stack, type: 'AWS::IAM::ManagedPolicy', where: /StoreDatabase\/Proxy\/Policy$/, count: 1 },
    {
      'the pool logs in as the users of services alone': {
        path: 'PolicyDocument.Statement',
        is: exactly({
          Action: 'rds-db:connect',
          Effect: 'Allow',
          Resource: `arn:aws:rds-db:${home}:${account}:dbuser:${reference(`${server}/Cluster`, 'DBClusterResourceId')}/svc_*`,
        }),
      },
    },
  ),
];

export const database: Row = {
  row: 'database',
  expectations: [
    ...servers,
    ...about(
      { stack, type: 'AWS::RDS::DBClusterParameterGroup', count: 1 },
      {
        ...Object.fromEntries(
          Object.entries(parameters).map(([name, [parameter, is]]) => [name, { path: `Parameters[${parameter}]`, is }]),
        ),
        'auditing is loaded': { path: 'Parameters.shared_preload_libraries', is: like(/\bpgaudit\b/) },
        'statistics of statements are loaded': {
          path: 'Parameters.shared_preload_libraries',
          is: like(/\bpg_stat_statements\b/),
        },
        'parameters are of the engine': { path: 'Family', is: 'aurora-postgresql17' },
        'slots of replication are limited': { path: 'Parameters.max_replication_slots', is: between(5, 50) },
      },
    ),
    ...about(
      { stack, type: 'AWS::RDS::DBSubnetGroup', count: 1 },
      { 'the database may stand in the data subnets alone': { path: 'SubnetIds', is: exactly(...dataSubnets) } },
    ),
    ...pool,
    ...about(
      { stack, type: 'AWS::ApplicationAutoScaling::ScalableTarget', count: 1 },
      {
        'readers are never fewer than the definition says': { path: 'MinCapacity', is: 2 },
        'readers are never more than the definition pays for': { path: 'MaxCapacity', is: 6 },
        'readers of the database are scaled': { path: 'ResourceId', is: `cluster:${cluster}` },
      },
    ),
    ...about(
      { stack, type: 'AWS::ApplicationAutoScaling::ScalingPolicy', count: 1 },
      {
        'readers follow their load': {
          path: 'TargetTrackingScalingPolicyConfiguration.TargetValue',
          is: 60,
        },
      },
    ),
    ...about(
      { stack, type: 'AWS::Events::Rule', where: /StoreDatabase\/Events$/, count: 1 },
      {
        'failovers of the database are told': {
          path: 'EventPattern.detail.EventCategories',
          is: containing('failover', 'failure'),
        },
        'what happens to the database is told to people': {
          path: 'Targets[0].Arn',
          is: reference('Security/Alarms/Topic'),
        },
      },
    ),
    ...unrotated(`${server}/Cluster`),
    none({ type: 'AWS::RDS::DBSecurityGroup' }, 'no database stands outside the VPC'),
    ...about(
      { stack, type: 'AWS::EC2::SecurityGroup', where: /StoreDatabase/, count: 2 },
      {
        'the database goes nowhere by itself': {
          path: 'SecurityGroupEgress',
          is: notContaining({ CidrIp: '0.0.0.0/0' }),
        },
      },
    ),
  ],
};
