import { Match } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Cache, type CacheProps } from '../../lib/aws/cache';
import type { Use } from '../../lib/aws/capability';
import { cache } from '../../lib/platform/nouns/cache';
import { account, findings, region, staleAcknowledgements, surroundings, templateOf, testStack } from '../support/aws';

const platform = { name: 'retailflow', stageName: 'production' };
type Changes = Partial<Pick<CacheProps, 'protected'>>;

function made(overrides: object = {}, changes: Changes = {}) {
  const stack = testStack();
  const { vpc, key, alarms } = surroundings(stack);
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
  return { stack, vpc, key, subject: new Cache(stack, 'Sessions', props) };
}

const type = 'AWS::ElastiCache::ReplicationGroup';

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

  test.each([type, 'AWS::ElastiCache::UserGroup', 'AWS::ElastiCache::SubnetGroup', 'AWS::ElastiCache::ParameterGroup'])(
    '%s is kept when its stack goes',
    (each) => {
      const resources = Object.values(template.findResources(each));
      expect(resources.map((resource) => [resource['DeletionPolicy'], resource['UpdateReplacePolicy']])).toEqual([
        ['Retain', 'Retain'],
      ]);
    },
  );

  test('keeps the user that no group can be without, and lets go of those of services', () => {
    const users = Object.values(template.findResources('AWS::ElastiCache::User'));
    expect(users.map(({ DeletionPolicy, Properties }) => [Properties.UserName, DeletionPolicy])).toEqual([
      ['default', 'Retain'],
      ['retailflow-production-order', undefined],
      ['retailflow-production-user', undefined],
    ]);
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
    expect(() => subject.values('payment')).toThrow('Test/Sessions: users must be one of order, user, got payment');
  });
});

test('a cluster is reached as a whole', () => {
  const { stack, subject } = made({ shards: 2 });
  expect(stack.resolve(subject.values('order').host)).toEqual({
    'Fn::GetAtt': [stack.getLogicalId(subject.group), 'ConfigurationEndPoint.Address'],
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
    expect(() => granted({ service: 'payment', kind: 'caches' })).toThrow(
      'users must be one of order, user, got payment',
    );
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
  ])('of %j with %j are none', (spec, changes) => {
    const { stack, subject } = made(spec, changes);
    for (const construct of [subject, stack.node.findChild('CacheUsers')]) {
      expect(findings(construct)).toEqual([]);
      expect(staleAcknowledgements(construct)).toEqual([]);
    }
  });

  test('fails when a protected stage has a cache that cannot lose a zone', () => {
    expect(findings(made({ replicas: 0 }).subject)).toEqual(['AwsSolutions-AEC4 at Test/Sessions/Group']);
  });
});
