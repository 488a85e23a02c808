import { about, type Row } from '../../support/about';
import type { Expectation } from '../../support/expectations';
import { reference } from '../../support/graph';
import { atLeast, containing, exactly, like, notContaining, oneOf, withoutText } from '../../support/matchers';
import { dataSubnets, key } from './facts';

const stack = 'Data';
const users = (name: string) => reference(`Data/CacheUsers/${name}`);

const caches: readonly Expectation[] = [
  {
    name: 'Sessions',
    days: 7,
    policy: 'noeviction',
    members: ['DefaultUser', 'GatewayUser', 'OrderServiceUser', 'UserServiceUser'],
  },
  { name: 'Catalog', days: 1, policy: 'allkeys-lru', members: ['DefaultUser', 'CatalogServiceUser'] },
].flatMap(({ days, members, name, policy }) => [
  ...about(
    { stack, type: 'AWS::ElastiCache::ReplicationGroup', where: new RegExp(`/${name}Cache/Group$`), count: 1 },
    {
      [`${name} keeps its snapshots for ${days} days`]: { path: 'SnapshotRetentionLimit', is: days },
      [`${name} has parameters of its own`]: {
        path: 'CacheParameterGroupName',
        is: reference(`Data/${name}Cache/Parameters`),
      },
      [`${name} has a security group of its own`]: {
        path: 'SecurityGroupIds',
        is: exactly(reference(`Data/${name}Cache/SecurityGroup`)),
      },
      [`${name} admits its own users`]: { path: 'UserGroupIds', is: exactly(reference(`Data/${name}Cache/Users`)) },
      [`${name} stands in the data subnets`]: {
        path: 'CacheSubnetGroupName',
        is: reference(`Data/${name}Cache/Subnets`),
      },
    },
  ),
  ...about(
    { stack, type: 'AWS::ElastiCache::UserGroup', where: new RegExp(`/${name}Cache/Users$`), count: 1 },
    {
      [`${name} has a user for each service that uses it, and no other`]: {
        path: 'UserIds',
        is: exactly(...members.map(users)),
      },
    },
  ),
  ...about(
    { stack, type: 'AWS::ElastiCache::ParameterGroup', where: new RegExp(`/${name}Cache/Parameters$`), count: 1 },
    {
      [`${name} does with a full memory what suits what it holds`]: {
        path: 'Properties[maxmemory-policy]',
        is: policy,
      },
      [`${name} keeps memory for snapshots and failovers`]: {
        path: 'Properties[reserved-memory-percent]',
        is: atLeast(25),
      },
    },
  ),
]);

export const cache: Row = {
  row: 'cache',
  expectations: [
    ...about(
      { stack, type: 'AWS::ElastiCache::ReplicationGroup', count: 2 },
      {
        'caches are Redis-compatible': { path: 'Engine', is: oneOf('valkey', 'redis') },
        'caches are encrypted on the way': { path: 'TransitEncryptionEnabled', is: true },
        'caches refuse connections without TLS': { path: 'TransitEncryptionMode', is: 'required' },
        'caches are encrypted at rest': { path: 'AtRestEncryptionEnabled', is: true },
        'caches are encrypted with the key of data': { path: 'KmsKeyId', is: key.data },
        'caches stand in several zones': { path: 'MultiAZEnabled', is: true },
        'caches fail over by themselves': { path: 'AutomaticFailoverEnabled', is: true },
        'caches have the replicas of the definition': { path: 'NumCacheClusters', is: 3 },
        'caches have the size of the definition': { path: 'CacheNodeType', is: 'cache.r7g.large' },
        'small repairs of caches come by themselves': { path: 'AutoMinorVersionUpgrade', is: true },
        'caches log what is slow': {
          path: 'LogDeliveryConfigurations',
          is: containing({ LogType: 'slow-log', LogFormat: 'json', DestinationType: 'cloudwatch-logs' }),
        },
        'caches log what the engine does': {
          path: 'LogDeliveryConfigurations',
          is: containing({ LogType: 'engine-log', LogFormat: 'json', DestinationType: 'cloudwatch-logs' }),
        },
        'caches outlive their stack': { path: 'DeletionPolicy', is: 'Retain' },
        'caches outlive a replacement': { path: 'UpdateReplacePolicy', is: 'Retain' },
        'caches take new shards without being replaced': { path: 'UpdatePolicy.UseOnlineResharding', is: true },
        'caches have no password for all': { path: 'AuthToken', is: withoutText(/./) },
      },
    ),
    ...caches,
    ...about(
      { stack, type: 'AWS::ElastiCache::SubnetGroup', count: 2 },
      { 'caches may stand in the data subnets alone': { path: 'SubnetIds', is: exactly(...dataSubnets) } },
    ),
    ...about(
      { stack, type: 'AWS::ElastiCache::User', where: /ServiceUser$/, count: 3 },
      {
        'services log in to caches by IAM': { path: 'AuthenticationMode.Type', is: 'iam' },
        'services may not administer caches': { path: 'AccessString', is: like(/-@dangerous/) },
      },
    ),
    ...about(
      { stack, type: 'AWS::ElastiCache::User', where: /GatewayUser$/, count: 1 },
      {
        'the gateway counts requests in a cache and does nothing else there': {
          path: 'AccessString',
          is: like(/^on ~ratelimit:\* -@all /),
        },
        'the password of the gateway is fetched from where secrets are kept': {
          path: 'AuthenticationMode.Passwords[*]',
          is: like(/^\{\{resolve:secretsmanager:\$\{Data\/CacheUsers\/GatewayUserPassword\}:/),
        },
      },
    ),
    ...about(
      { stack, type: 'AWS::ElastiCache::User', where: /DefaultUser$/, count: 1 },
      {
        'the user that every cache has is off': { path: 'AccessString', is: 'off ~keys* -@all' },
        'the password of the user that is off is not known either': {
          path: 'AuthenticationMode.Passwords[*]',
          is: like(/^\{\{resolve:secretsmanager:\$\{Data\/CacheUsers\/DefaultUserPassword\}:/),
        },
      },
    ),
    ...about(
      { stack, type: 'AWS::SecretsManager::Secret', where: /CacheUsers/, count: 2 },
      {
        'passwords of caches are encrypted with the key of secrets': { path: 'KmsKeyId', is: key.secrets },
        'passwords of caches are long': { path: 'GenerateSecretString.PasswordLength', is: atLeast(32) },
        'passwords of caches outlive their stack': { path: 'DeletionPolicy', is: 'Retain' },
        'passwords of caches outlive a replacement': { path: 'UpdateReplacePolicy', is: 'Retain' },
      },
    ),
    ...about(
      { stack, type: 'AWS::EC2::SecurityGroup', where: /Cache\/SecurityGroup$/, count: 2 },
      {
        'caches go nowhere by themselves': { path: 'SecurityGroupEgress', is: notContaining({ CidrIp: '0.0.0.0/0' }) },
      },
    ),
  ],
};
