import { elasticache } from '../../../../lib/review/aws/rules/elasticache';
import { judges, messagesOf } from '../fixtures';

const VALID = {
  Cache: {
    Type: 'AWS::ElastiCache::ReplicationGroup',
    Properties: {
      Engine: 'valkey',
      EngineVersion: '8.2',
      CacheNodeType: 'cache.r8g.large',
      CacheParameterGroupName: { Ref: 'Parameters' },
      AutomaticFailoverEnabled: true,
      MultiAZEnabled: true,
      NumNodeGroups: 2,
      ReplicasPerNodeGroup: 1,
    },
  },
  Parameters: { Type: 'AWS::ElastiCache::ParameterGroup', Properties: { CacheParameterGroupFamily: 'valkey8' } },
  Legacy: {
    Type: 'AWS::ElastiCache::ReplicationGroup',
    Properties: {
      Engine: 'redis',
      EngineVersion: '7.1',
      CacheNodeType: 'cache.t4g.micro',
      CacheParameterGroupName: 'default.redis7.cluster.on',
      NumCacheClusters: 1,
    },
  },
  Sessions: {
    Type: 'AWS::ElastiCache::CacheCluster',
    Properties: { Engine: 'memcached', EngineVersion: '1.6.22', CacheNodeType: 'cache.m7g.large' },
  },
  Serverless: { Type: 'AWS::ElastiCache::ServerlessCache', Properties: { Engine: 'valkey', MajorEngineVersion: '8' } },
  Member: { Type: 'AWS::ElastiCache::CacheCluster', Properties: { ReplicationGroupId: { Ref: 'Cache' } } },
  Secondary: {
    Type: 'AWS::ElastiCache::ReplicationGroup',
    Properties: { GlobalReplicationGroupId: 'x', NumCacheClusters: 2, AutomaticFailoverEnabled: true },
  },
};

describe('elasticache', () => {
  judges(elasticache, VALID, [
    [
      'the engine is unknown',
      'Cache/Properties/Engine',
      'redsi',
      'Engine must be valkey, redis, memcached, got "redsi"',
    ],
    ['the engine is missing', 'Cache/Properties/Engine', undefined, 'got nothing'],
    [
      'the version does not exist',
      'Sessions/Properties/EngineVersion',
      '9.9',
      'EngineVersion of memcached must be 1.5.16, 1.6.6',
    ],
    ['the version is left to AWS', 'Sessions/Properties/EngineVersion', undefined, 'got nothing'],
    [
      'the version is out of standard support',
      'Legacy/Properties/EngineVersion',
      '5.0.6',
      'EngineVersion of redis must be 6.0, 6.2, 7.0, 7.1, got "5.0.6"',
    ],
    [
      'the version is another engine’s',
      'Cache/Properties/EngineVersion',
      '7.1',
      'EngineVersion of valkey must be 7.2, 8.0',
    ],
    [
      'the node type has no family',
      'Cache/Properties/CacheNodeType',
      'db.r8g.large',
      'CacheNodeType of valkey must be cache.<family>.<size> of t3, t4g',
    ],
    [
      'the family does not exist',
      'Cache/Properties/CacheNodeType',
      'cache.r99g.large',
      'got "cache.r99g.large": choose a family',
    ],
    [
      'the family is not the engine’s',
      'Legacy/Properties/CacheNodeType',
      'cache.r8g.large',
      'CacheNodeType of redis must be',
    ],
    [
      'the family is of the previous generation',
      'Sessions/Properties/CacheNodeType',
      'cache.t2.micro',
      'choose a family',
    ],
    [
      'the size does not exist',
      'Cache/Properties/CacheNodeType',
      'cache.r8g.24xlarge',
      'CacheNodeType of family r8g must have size large, xlarge',
    ],
    [
      'the parameter group is another version’s',
      'Parameters/Properties/CacheParameterGroupFamily',
      'valkey7',
      "must name a group of family valkey8, got one of 'valkey7'",
    ],
    [
      'the default parameter group is another version’s',
      'Legacy/Properties/CacheParameterGroupName',
      'default.redis6.x',
      "must name a group of family redis7, got one of 'redis6.x'",
    ],
    [
      'shards have nowhere to fail over',
      'Cache/Properties/ReplicasPerNodeGroup',
      0,
      'AutomaticFailoverEnabled needs at least 2 nodes in every shard, got 1',
    ],
    [
      'one shard has nowhere to fail over',
      'Cache/Properties/NodeGroupConfiguration',
      [{ ReplicaCount: 2 }, { ReplicaCount: 0 }],
      'got 1',
    ],
    [
      'a single node fails over',
      'Legacy/Properties/AutomaticFailoverEnabled',
      true,
      'Legacy: AutomaticFailoverEnabled needs at least 2 nodes',
    ],
    [
      'zones are several without failover',
      'Cache/Properties/AutomaticFailoverEnabled',
      false,
      'MultiAZEnabled needs AutomaticFailoverEnabled',
    ],
    [
      'a serverless version does not exist',
      'Serverless/Properties/MajorEngineVersion',
      '8.2',
      'MajorEngineVersion of valkey must be 7, 8, 9',
    ],
    [
      'a secondary has nowhere to fail over',
      'Secondary/Properties/NumCacheClusters',
      1,
      'Secondary: AutomaticFailoverEnabled needs',
    ],
  ]);

  test('does not guess a number that is known only at deployment', async () => {
    const properties = {
      ...VALID.Legacy.Properties,
      AutomaticFailoverEnabled: true,
      NumCacheClusters: { Ref: 'Nodes' },
    };
    expect(await messagesOf(elasticache, { Cache: { ...VALID.Legacy, Properties: properties } })).toEqual([]);
  });
});
