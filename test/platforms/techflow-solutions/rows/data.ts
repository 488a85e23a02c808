import { about, none, type Row } from '../../support/about';
import { databaseUsers } from '../../support/database-users-row';
import { reference } from '../../support/graph';
import { absent, containing, exactly, like } from '../../support/matchers';

const stack = 'Data';
const server = 'Data/StoreDatabase/Server/Cluster';

/** A failover within 45 seconds, a pool for the morning, uploads in parts. */
export const data: Row = {
  row: 'data',
  expectations: [
    ...databaseUsers({ store: ['Billing', 'Notification', 'Project', 'Reporting', 'User'] }),
    ...about(
      { stack, type: 'AWS::RDS::DBCluster', count: 1 },
      {
        'the database is a Multi-AZ cluster, which fails over in 35 seconds': { path: 'Engine', is: 'postgres' },
        'the database has the disk that two terabytes need': { path: 'AllocatedStorage', is: 3072 },
        'every server of the database has the size of the definition': {
          path: 'DBClusterInstanceClass',
          is: 'db.r6gd.xlarge',
        },
        'the database can be had back at any point of 35 days': { path: 'BackupRetentionPeriod', is: 35 },
        'the database refuses to be deleted': { path: 'DeletionProtection', is: true },
        'the database is encrypted': { path: 'StorageEncrypted', is: true },
        'RDS makes and rotates the password of the administrator': { path: 'ManageMasterUserPassword', is: true },
        'nobody reaches the database from the internet': { path: 'PubliclyAccessible', is: false },
      },
    ),
    none({ type: 'AWS::RDS::DBInstance' }, 'no pair of instances takes two minutes to fail over'),
    ...about(
      { stack, type: 'AWS::RDS::DBProxyTargetGroup', count: 1 },
      {
        'the pool leads to the database': { path: 'DBClusterIdentifiers', is: exactly(reference(server)) },
        'nobody waits longer than ten seconds for a connection': {
          path: 'ConnectionPoolConfigurationInfo.ConnectionBorrowTimeout',
          is: 10,
        },
      },
    ),
    ...about(
      { stack, type: 'AWS::CloudWatch::Alarm', where: /StoreDatabase\/RushHigh$/, count: 1 },
      {
        'somebody is called when a morning needs more connections than were reckoned': { path: 'Threshold', is: 140 },
        'the alarm of a morning shows what was reckoned, and what the pool has': {
          path: 'AlarmDescription',
          is: like(/the 140 connections .* of 2880 in the pool/),
        },
        'the alarm of a morning calls people': {
          path: 'AlarmActions',
          is: exactly(reference('Security/Alarms/Topic')),
        },
      },
    ),
    ...about(
      { stack, type: 'AWS::CloudWatch::Alarm', where: /ProjectsCache\/HitsAlarm$/, count: 1 },
      {
        'somebody is called when less than 94% of reads find their key': { path: 'Threshold', is: 94 },
        'hits are looked at below their share, and not above': {
          path: 'ComparisonOperator',
          is: 'LessThanThreshold',
        },
        'hits are counted beside what was asked for': {
          path: 'Metrics',
          is: containing(
            ...['CacheHits', 'CacheMisses'].map((MetricName) => ({ MetricStat: { Metric: { MetricName } } })),
          ),
        },
        'the alarm of hits calls people': { path: 'AlarmActions', is: exactly(reference('Security/Alarms/Topic')) },
      },
    ),
    none(
      { type: 'AWS::CloudWatch::Alarm', where: /SessionsCache\/HitsAlarm/ },
      'nothing is promised of hits of sessions',
    ),
    ...about(
      { stack, type: 'AWS::CloudWatch::Alarm', where: /FilesBucket\/Uploads$/, count: 1 },
      {
        'somebody is called when less than 99.8% of uploads succeed': { path: 'Threshold', is: 99.8 },
        'uploads are looked at below their share, and not above': {
          path: 'ComparisonOperator',
          is: 'LessThanThreshold',
        },
        'failures are counted beside uploads': {
          path: 'Metrics',
          is: containing(
            ...['4xxErrors', '5xxErrors', 'PostRequests', 'PutRequests'].map((MetricName) => ({
              MetricStat: { Metric: { MetricName } },
            })),
          ),
        },
        'the alarm of uploads calls people': { path: 'AlarmActions', is: exactly(reference('Security/Alarms/Topic')) },
      },
    ),
    ...about(
      { stack, type: 'AWS::S3::Bucket', where: /^Data\/FilesBucket\//, count: 1 },
      {
        'S3 counts requests of uploads': { path: 'MetricsConfigurations[*].Id', is: 'EntireBucket' },
        'uploads that were begun and never completed leave after two days': {
          path: 'LifecycleConfiguration.Rules[*].AbortIncompleteMultipartUpload.DaysAfterInitiation',
          is: 2,
        },
        'files of people are on no public address': {
          path: 'PublicAccessBlockConfiguration.BlockPublicPolicy',
          is: true,
        },
        'files that were written over can be had back': { path: 'VersioningConfiguration.Status', is: 'Enabled' },
      },
    ),
    ...about(
      { stack, type: 'AWS::S3::Bucket', where: /^Data\/ReportsBucket\//, count: 1 },
      {
        'reports leave after a quarter': {
          path: 'LifecycleConfiguration.Rules[Id=Expire].ExpirationInDays',
          is: 90,
        },
      },
    ),
    ...about(
      { stack, type: 'AWS::Backup::BackupSelection', count: 1 },
      {
        'database, files and reports are backed up': {
          path: 'BackupSelection.Resources',
          is: containing(
            reference(server, 'DBClusterArn'),
            reference('Data/FilesBucket/Bucket', 'Arn'),
            reference('Data/ReportsBucket/Bucket', 'Arn'),
          ),
        },
      },
    ),
    ...about(
      { stack, type: 'AWS::ElastiCache::ReplicationGroup', count: 2 },
      {
        'caches speak TLS alone': { path: 'TransitEncryptionEnabled', is: true },
        'a cache that loses a node goes on': { path: 'AutomaticFailoverEnabled', is: true },
        'caches know no password of their own': { path: 'AuthToken', is: absent },
      },
    ),
  ],
};
