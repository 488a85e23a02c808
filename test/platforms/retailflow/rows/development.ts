import { about, none, type Row } from '../../support/about';
import { absent, atMost, exactly, like, oneOf, withoutText } from '../../support/matchers';
import { key, services } from './facts';

/** What makes the development stage cheap, and what it does not save on. */
export const development: Row = {
  row: 'development',
  expectations: [
    {
      name: 'development stands in two zones',
      type: 'AWS::EC2::Subnet',
      count: 6,
      path: 'AvailabilityZone',
      is: like(/[ab]$/),
    },
    {
      name: 'development has one way out',
      type: 'AWS::EC2::NatGateway',
      count: 1,
      path: 'AllocationId',
      is: like(/Egress/),
    },
    none(
      { stack: 'Network', type: 'AWS::EC2::VPCEndpoint', having: { VpcEndpointType: 'Interface' } },
      'development pays for no private endpoints but that of dashboards',
    ),
    none({ type: 'AWS::OpenSearchService::Domain' }, 'development has no search'),
    {
      name: 'the database of development has one server',
      type: 'AWS::RDS::DBInstance',
      count: 1,
      path: 'DBInstanceClass',
      is: like(/\.t4g\.medium$/),
    },
    none({ type: 'AWS::RDS::DBProxyEndpoint' }, 'the database of development has no readers'),
    ...about(
      { type: 'AWS::RDS::DBCluster', count: 1 },
      {
        'the database of development keeps backups for a week': { path: 'BackupRetentionPeriod', is: 7 },
        'the database of development may be deleted': { path: 'DeletionProtection', is: false },
        'the database of development is watched at no cost': { path: 'DatabaseInsightsMode', is: 'standard' },
        'what the database of development holds is kept all the same': { path: 'DeletionPolicy', is: 'Retain' },
        'the database of development is encrypted as any': { path: 'KmsKeyId', is: key.data },
        'services log in to the database of development by IAM as to any': {
          path: 'EnableIAMDatabaseAuthentication',
          is: true,
        },
      },
    ),
    ...about(
      { type: 'AWS::ElastiCache::ReplicationGroup', count: 2 },
      {
        'caches of development have one node': { path: 'NumCacheClusters', is: 1 },
        'caches of development are small': { path: 'CacheNodeType', is: like(/^cache\.t4g\./) },
        'caches of development have no snapshots': { path: 'SnapshotRetentionLimit', is: 0 },
        'caches of development refuse connections without TLS': { path: 'TransitEncryptionMode', is: 'required' },
      },
    ),
    ...about(
      { type: 'AWS::Logs::LogGroup' },
      {
        'logs of development are kept for a week': { path: 'RetentionInDays', is: 7 },
        'logs of development are encrypted as any': { path: 'KmsKeyId', is: oneOf(key.logs, key.edge) },
      },
    ),
    ...about(
      { stack: 'Service-*', type: 'AWS::ApplicationAutoScaling::ScalableTarget', count: services.length },
      {
        'services of development run one task': { path: 'MinCapacity', is: 1 },
        'services of development never run more than two': { path: 'MaxCapacity', is: atMost(2) },
      },
    ),
    ...about(
      { stack: 'Service-*', type: 'AWS::ECS::TaskDefinition', where: /\/Service\/Task$/, count: services.length },
      { 'tasks of development are the smallest': { path: 'Cpu', is: 256 } },
    ),
    ...about(
      { stack: 'Service-*', type: 'AWS::ECS::Service', count: services.length },
      { 'releases of development come task by task': { path: 'DeploymentConfiguration.Strategy', is: 'ROLLING' } },
    ),
    ...about(
      { type: 'Stack' },
      { 'stacks of development may be deleted': { path: 'terminationProtection', is: false } },
    ),
    ...about(
      { stack: 'Data', type: 'AWS::S3::Bucket', count: 3 },
      { 'buckets of development lock nothing': { path: 'ObjectLockConfiguration.Rule', is: absent } },
    ),
    ...about(
      { type: 'AWS::EC2::SecurityGroup' },
      {
        'nobody lets anybody into a group of development at large': {
          path: 'SecurityGroupIngress',
          is: withoutText(/0\.0\.0\.0/),
        },
      },
    ),
    ...about(
      { stack: 'Data', type: 'AWS::ElastiCache::User', where: /ServiceUser$/ },
      {
        'users of caches of development have no passwords': {
          path: 'AuthenticationMode',
          is: exactly({ Type: 'iam' }),
        },
      },
    ),
  ],
};
