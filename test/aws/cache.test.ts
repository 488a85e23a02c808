import { describe, expect, test } from '@jest/globals';
import { Match } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Cache, cacheSettings, type CacheProps } from '../../lib/aws/cache';
import type { Use } from '../../lib/aws/capability';
import { cache } from '../../lib/platform/nouns/cache';
import { account, findings, region, surroundings, templateOf, testStack } from '../support/aws';

const platform = { name: 'retailflow', stageName: 'production' };
type Changes = Partial<Pick<CacheProps, 'gatewayUser' | 'protected' | 'users'>>;

function made(overrides: object = {}, changes: Changes = {}, stack = testStack(), around = surroundings(stack)) {
  const { vpc, key, alarms } = around;
  const props: CacheProps = {
    name: 'sessions',
    spec: cache.parse({ memoryGiB: 6, holds: 'sessions', ...overrides }),
    platform,
    users: ['order', 'user'],
    vpc,
    key,
    secretsKey: key,
    logsKey: key,
    alarms,
    logDays: 365,
    protected: true,
    ...changes,
  };
  return { stack, vpc, key, around, subject: new Cache(stack, 'Sessions', props) };
}

const type = 'AWS::ElastiCache::ReplicationGroup';

describe('cacheSettings', () => {
  const settings = (spec: object) => cacheSettings('store', cache.parse({ memoryGiB: 6, ...spec }));

  test.each([
    ['valkey', '8.2', 'valkey8'],
    ['redis', '7.1', 'redis7'],
  ] as const)('%s is version %s with parameters of %s', (engine, engineVersion, family) => {
    expect(settings({ engine })).toMatchObject({ family, group: { engine, engineVersion } });
  });

  test.each([
    ['cache', 'allkeys-lru'],
    ['sessions', 'noeviction'],
  ] as const)('a full %s follows %s', (holds, policy) => {
    expect(settings({ holds }).parameters).toMatchObject({
      'maxmemory-policy': policy,
      'reserved-memory-percent': '25',
    });
  });

  test('one shard counts nodes, so that replicas come and go in place', () => {
    const { group, parameters } = settings({ shards: 1, replicas: 2 });
    expect(group).toMatchObject({ clusterMode: 'disabled', numCacheClusters: 3 });
    expect(group).not.toHaveProperty('replicasPerNodeGroup');
    expect(parameters).toMatchObject({ 'cluster-enabled': 'no' });
  });

  test('more shards are a cluster', () => {
    const { group, parameters } = settings({ shards: 3, replicas: 1 });
    expect(group).toMatchObject({
      clusterMode: 'enabled',
      nodeGroupConfiguration: [{ replicaCount: 1 }, { replicaCount: 1 }, { replicaCount: 1 }],
      automaticFailoverEnabled: true,
    });
    expect(group).not.toHaveProperty('numCacheClusters');
    expect(parameters).toMatchObject({ 'cluster-enabled': 'yes' });
  });

  test.each([
    [2, true],
    [0, false],
  ])('with %d replicas it fails over between zones: %s', (replicas, failsOver) => {
    const { automaticFailoverEnabled, multiAzEnabled } = settings({ replicas }).group;
    expect([automaticFailoverEnabled, multiAzEnabled]).toEqual([failsOver, failsOver]);
  });

  test('snapshots are taken where they are kept', () => {
    expect(settings({ snapshotRetentionDays: 7 }).group).toMatchObject({
      snapshotRetentionLimit: 7,
      snapshotWindow: '17:00-18:00',
    });
    expect(settings({ snapshotRetentionDays: 0 }).group).not.toHaveProperty('snapshotWindow');
    expect(settings({ snapshotRetentionDays: 0 }).group).toMatchObject({ snapshotRetentionLimit: 0 });
  });
});

describe('Cache', () => {
  const { stack, vpc, key, subject } = made();
  const template = templateOf(stack);
  const keyArn = stack.resolve(key.keyArn);

  test('speaks TLS only', () => {
    template.hasResourceProperties(type, { TransitEncryptionEnabled: true, TransitEncryptionMode: 'required' });
  });

  test('encrypts what it writes with the given key', () => {
    template.hasResourceProperties(type, { AtRestEncryptionEnabled: true, KmsKeyId: keyArn });
  });

  test('stands in the data subnets, behind a group of its own that opens nothing', () => {
    const [subnets] = Object.values(template.findResources('AWS::ElastiCache::SubnetGroup'));
    expect(subnets?.Properties.SubnetIds).toEqual(vpc.isolatedSubnets.map(({ subnetId }) => stack.resolve(subnetId)));
    template.hasResourceProperties(type, {
      SecurityGroupIds: [stack.resolve(subject.securityGroup.securityGroupId)],
      CacheSubnetGroupName: { Ref: Match.stringLikeRegexp('^SessionsSubnets') },
    });
    template.hasResourceProperties('AWS::EC2::SecurityGroup', {
      GroupDescription: 'Cache sessions',
      SecurityGroupIngress: Match.absent(),
      SecurityGroupEgress: [Match.objectLike({ CidrIp: '255.255.255.255/32' })],
    });
  });

  test('survives the loss of a zone, and mends itself in its window', () => {
    template.hasResourceProperties(type, {
      MultiAZEnabled: true,
      AutomaticFailoverEnabled: true,
      NumCacheClusters: 3,
      AutoMinorVersionUpgrade: true,
      PreferredMaintenanceWindow: 'sun:18:30-sun:19:30',
      CacheNodeType: 'cache.r7g.large',
    });
  });

  test('takes its parameters from a group of its own', () => {
    template.hasResourceProperties('AWS::ElastiCache::ParameterGroup', {
      CacheParameterGroupFamily: 'valkey8',
      Properties: { 'maxmemory-policy': 'noeviction', 'reserved-memory-percent': '25', 'cluster-enabled': 'no' },
    });
    template.hasResourceProperties(type, {
      CacheParameterGroupName: { Ref: Match.stringLikeRegexp('^SessionsParameters') },
    });
  });

  test('stays when its stack goes or replaces it, and changes its shards in place', () => {
    template.hasResource(type, {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      UpdatePolicy: { UseOnlineResharding: true },
    });
  });

  test.each(['slow-log', 'engine-log'])('writes its %s to an encrypted log group', (logType) => {
    const [group] = Object.values(template.findResources(type));
    const delivery = group?.Properties.LogDeliveryConfigurations.find(
      (configuration: { LogType: string }) => configuration.LogType === logType,
    );
    expect(delivery).toMatchObject({ LogFormat: 'json', DestinationType: 'cloudwatch-logs' });
    const logGroup = delivery.DestinationDetails.CloudWatchLogsDetails.LogGroup.Ref;
    expect(template.findResources('AWS::Logs::LogGroup')[logGroup]?.Properties).toMatchObject({
      KmsKeyId: keyArn,
      RetentionInDays: 365,
    });
  });

  test('has a user a service, by IAM, without commands that look at or empty what is others’', () => {
    for (const service of ['order', 'user']) {
      const name = `retailflow-production-${service}`;
      template.hasResourceProperties('AWS::ElastiCache::User', {
        Engine: 'valkey',
        UserId: name,
        UserName: name,
        AuthenticationMode: { Type: 'iam', Passwords: Match.absent() },
        AccessString: 'on ~* +@all -@dangerous +info',
      });
    }
  });

  test('lets in nobody who has not said who it is', () => {
    template.hasResourceProperties('AWS::ElastiCache::User', {
      UserName: 'default',
      UserId: 'default-retailflow-production',
      AccessString: 'off ~keys* -@all',
      AuthenticationMode: { Type: 'password' },
      NoPasswordRequired: Match.absent(),
    });
  });

  test('admits these users and no others', () => {
    const users = template.findResources('AWS::ElastiCache::User');
    expect(Object.values(users).map(({ Properties }) => Properties.UserName)).toEqual([
      'default',
      'retailflow-production-order',
      'retailflow-production-user',
    ]);
    template.hasResourceProperties('AWS::ElastiCache::UserGroup', {
      Engine: 'valkey',
      UserIds: Object.keys(users).map((id) => ({ Ref: id })),
    });
    template.hasResourceProperties(type, { UserGroupIds: [{ Ref: Match.stringLikeRegexp('^SessionsUsers') }] });
    expect(subject.gatewaySecret).toBeUndefined();
  });

  test('bears its data class', () => {
    template.hasResourceProperties(type, { Tags: [{ Key: 'data-class', Value: 'confidential' }] });
  });

  test('tells a service where it is and who the service is', () => {
    expect(stack.resolve(subject.values('order'))).toEqual({
      host: { 'Fn::GetAtt': [stack.getLogicalId(subject.group), 'PrimaryEndPoint.Address'] },
      port: '6379',
      user: 'retailflow-production-order',
    });
    expect(subject.secrets).toEqual({});
    expect(subject.reach).toEqual([{ id: 'Endpoint', securityGroup: subject.securityGroup, port: 6379 }]);
  });

  test('fails when a service asks that is no user', () => {
    expect(() => subject.values('payment')).toThrow(
      'Test/Sessions has users for order, user, got payment: name it in users',
    );
  });
});

test('a cluster is reached as a whole', () => {
  const { stack, subject } = made({ shards: 2 });
  expect(stack.resolve(subject.values('order').host)).toEqual({
    'Fn::GetAtt': [stack.getLogicalId(subject.group), 'ConfigurationEndPoint.Address'],
  });
});

describe('the gateway’s user', () => {
  const { stack, key, subject } = made({}, { gatewayUser: true });
  const template = templateOf(stack);

  test('counts requests, by a password that is generated, encrypted and kept', () => {
    const secret = stack.resolve(subject.gatewaySecret?.secretArn);
    template.hasResourceProperties('AWS::ElastiCache::User', {
      UserName: 'gateway-retailflow-production',
      AccessString: 'on ~ratelimit:* -@all +ping +get +exists +incr +incrby +expire +expireat +eval',
      AuthenticationMode: {
        Type: 'password',
        Passwords: [{ 'Fn::Join': ['', ['{{resolve:secretsmanager:', secret, ':SecretString:password::}}']] }],
      },
    });
    expect(template.findResources('AWS::SecretsManager::Secret')[secret.Ref]).toMatchObject({
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        KmsKeyId: stack.resolve(key.keyArn),
        GenerateSecretString: {
          SecretStringTemplate: '{"username":"gateway-retailflow-production"}',
          GenerateStringKey: 'password',
          PasswordLength: 64,
        },
      },
    });
  });

  test('is among the users that are admitted', () => {
    const [group] = Object.values(template.findResources('AWS::ElastiCache::UserGroup'));
    expect(group?.Properties.UserIds).toHaveLength(4);
  });

  test('fails when the cache is a cluster, which the gateway’s client cannot follow', () => {
    expect(() => made({ shards: 2 }, { gatewayUser: true })).toThrow(
      'caches.sessions.shards must be 1 for the cache in which the gateway counts, on aws, got 2: ' +
        'let gateway.limitsCache name a cache with one shard',
    );
  });
});

describe('two caches', () => {
  const second = (engine: 'valkey' | 'redis') => {
    const { stack, around } = made();
    const { vpc, key, alarms } = around;
    const props = { platform, users: ['order'], vpc, key, secretsKey: key, logsKey: key, alarms, logDays: 365 };
    const spec = cache.parse({ memoryGiB: 1, engine });
    new Cache(stack, 'Catalog', { ...props, name: 'catalog', spec, protected: true });
    return stack;
  };

  test('share the user of a service that uses both', () => {
    const template = templateOf(second('valkey'));
    template.resourcePropertiesCountIs('AWS::ElastiCache::User', { UserName: 'retailflow-production-order' }, 1);
    template.resourcePropertiesCountIs('AWS::ElastiCache::User', { UserName: 'default' }, 1);
    template.resourceCountIs('AWS::ElastiCache::UserGroup', 2);
    const groups = Object.values(template.findResources('AWS::ElastiCache::UserGroup'));
    expect(groups.map(({ Properties }) => Properties.UserIds.length)).toEqual([3, 2]);
  });

  test('fails when they have different engines, since users have one', () => {
    expect(() => second('redis')).toThrow(
      'caches.catalog.engine must be valkey on aws, as the caches have with which it shares users, got "redis": ' +
        'let all caches have one engine',
    );
  });
});

describe('Cache.grant', () => {
  const granted = (use: Use) => {
    const { stack, subject } = made();
    subject.grant(new iam.ManagedPolicy(stack, 'Policy'), use);
    const [policy] = Object.values(templateOf(stack).findResources('AWS::IAM::ManagedPolicy'));
    return { stack, subject, statements: policy?.Properties.PolicyDocument.Statement };
  };

  test('lets a service connect to this cache as itself', () => {
    const { stack, subject, statements } = granted({ service: 'order', kind: 'caches' });
    const group = { Ref: stack.getLogicalId(subject.group) };
    expect(statements).toEqual([
      {
        Effect: 'Allow',
        Action: 'elasticache:Connect',
        Resource: [
          { 'Fn::GetAtt': ['CacheUsersOrderServiceUser21822FA7', 'Arn'] },
          { 'Fn::Join': ['', [`arn:aws:elasticache:${region}:${account}:replicationgroup:`, group]] },
        ],
      },
    ]);
  });

  test('fails when the service is no user', () => {
    expect(() => granted({ service: 'payment', kind: 'caches' })).toThrow('got payment: name it in users');
  });

  test('fails when a cache is used as something else', () => {
    expect(() => granted({ service: 'order', kind: 'sends' })).toThrow('can be used for caches, got sends by order');
  });
});

describe('findings', () => {
  test.each([
    [{}, {}],
    [{ engine: 'redis' }, {}],
    [{ snapshotRetentionDays: 35 }, {}],
    [{ shards: 3 }, {}],
    [{ replicas: 0, snapshotRetentionDays: 0 }, { protected: false }],
    [{}, { gatewayUser: true }],
  ])('of %j with %j are none', (spec, changes) => {
    const { stack, subject } = made(spec, changes);
    expect([...findings(subject), ...findings(stack.node.findChild('CacheUsers'))]).toEqual([]);
  });

  test('fails when a protected stage has a cache that cannot lose a zone', () => {
    expect(findings(made({ replicas: 0 }).subject)).toEqual(['AwsSolutions-AEC4 at Test/Sessions/Group']);
  });
});
