import { Match } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Topology } from '../../lib/aws/database-sizes';
import { templateOf, testStack } from '../support/aws';
import { buildDatabase, propertiesOf, templateFor } from '../support/database';

describe('Aurora', () => {
  test('has a writer and readers in other zones, which take over in turn', () => {
    const members = propertiesOf(templateFor('aurora'), 'AWS::RDS::DBInstance');
    expect(
      members.map(({ AvailabilityZone, DBInstanceClass, PromotionTier }) => [
        AvailabilityZone,
        DBInstanceClass,
        PromotionTier,
      ]),
    ).toEqual([
      ['ap-southeast-1a', 'db.r7g.xlarge', 0],
      ['ap-southeast-1b', 'db.r7g.xlarge', 1],
      ['ap-southeast-1c', 'db.r7g.xlarge', 2],
    ]);
  });

  test('leaves the administrator password to RDS, under our key', () => {
    const template = templateFor('aurora');
    template.hasResourceProperties('AWS::RDS::DBCluster', {
      ManageMasterUserPassword: true,
      MasterUserPassword: Match.absent(),
      MasterUserSecret: { KmsKeyId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Key'), 'Arn'] } },
    });
    template.resourceCountIs('AWS::SecretsManager::Secret', 0);
  });

  test('adds readers under load only where the definition says so', () => {
    templateFor('aurora').resourceCountIs('AWS::ApplicationAutoScaling::ScalableTarget', 0);
    const scaled = templateOf(buildDatabase('aurora', { spec: { readerScaling: { max: 6, cpuPercent: 55 } } }).stack);
    scaled.hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', {
      MinCapacity: 2,
      MaxCapacity: 6,
      ScalableDimension: 'rds:cluster:ReadReplicaCount',
      RoleARN: Match.stringLikeRegexp('AWSServiceRoleForApplicationAutoScaling_RDSCluster$'),
    });
    scaled.hasResourceProperties('AWS::ApplicationAutoScaling::ScalingPolicy', {
      TargetTrackingScalingPolicyConfiguration: {
        PredefinedMetricSpecification: { PredefinedMetricType: 'RDSReaderAverageCPUUtilization' },
        TargetValue: 55,
      },
    });
  });

  test('without readers offers no reader and watches no lag', () => {
    const { stack, database } = buildDatabase('aurora', { spec: { readReplicas: 0 } });
    const template = templateOf(stack);
    template.resourceCountIs('AWS::RDS::DBProxyEndpoint', 0);
    expect(Object.keys(database.values('order'))).toEqual(['host', 'port']);
    const alarms = JSON.stringify(propertiesOf(template, 'AWS::CloudWatch::Alarm'));
    expect(alarms).not.toContain('AuroraReplicaLagMaximum');
    expect(JSON.stringify(propertiesOf(templateFor('aurora'), 'AWS::CloudWatch::Alarm'))).toContain(
      'AuroraReplicaLagMaximum',
    );
  });

  test('sends pooled reads to readers alone', () => {
    templateFor('aurora').hasResourceProperties('AWS::RDS::DBProxyEndpoint', { TargetRole: 'READ_ONLY' });
  });
});

describe('a Multi-AZ cluster', () => {
  test('is one resource with a disk of its own', () => {
    const template = templateFor('multi-az-cluster');
    template.hasResourceProperties('AWS::RDS::DBCluster', {
      Engine: 'postgres',
      DBClusterInstanceClass: 'db.r6gd.xlarge',
      AllocatedStorage: 100,
      StorageType: 'io2',
      Iops: 3000,
      ManageMasterUserPassword: true,
      PubliclyAccessible: false,
    });
    template.resourceCountIs('AWS::RDS::DBInstance', 0);
    template.hasResourceProperties('AWS::RDS::DBClusterParameterGroup', { Family: 'postgres17' });
  });

  test('is watched server by server', () => {
    const [lag] = propertiesOf(templateFor('multi-az-cluster'), 'AWS::CloudWatch::Alarm').filter(({ Metrics }) =>
      JSON.stringify(Metrics ?? '').includes('ReplicaLag'),
    );
    expect(JSON.stringify(lag?.Metrics).match(/retailflow-production-store-instance-\d/g)).toEqual([
      'retailflow-production-store-instance-1',
      'retailflow-production-store-instance-2',
      'retailflow-production-store-instance-3',
    ]);
    expect(lag?.Metrics[0]).toMatchObject({ Expression: 'MAX([replicaLag0, replicaLag1, replicaLag2])' });
  });
});

describe('a Multi-AZ instance', () => {
  const template = () => templateFor('multi-az-instance');

  test('has a standby, a disk that grows, and replicas in other zones', () => {
    template().hasResourceProperties('AWS::RDS::DBInstance', {
      DBInstanceIdentifier: 'retailflow-production-store',
      MultiAZ: true,
      AllocatedStorage: '100',
      MaxAllocatedStorage: 1000,
    });
    const replicas = propertiesOf(template(), 'AWS::RDS::DBInstance').filter(
      (instance) => 'SourceDBInstanceIdentifier' in instance,
    );
    expect(
      replicas.map(({ AllocatedStorage, AvailabilityZone, DBInstanceIdentifier }) => [
        DBInstanceIdentifier,
        AvailabilityZone,
        AllocatedStorage,
      ]),
    ).toEqual([
      ['retailflow-production-store-replica-1', 'ap-southeast-1b', undefined],
      ['retailflow-production-store-replica-2', 'ap-southeast-1c', undefined],
    ]);
  });

  test('leaves the encryption of replicas to that of their source', () => {
    for (const replica of propertiesOf(template(), 'AWS::RDS::DBInstance').slice(1)) {
      expect([replica.StorageEncrypted, replica.KmsKeyId]).toEqual([undefined, undefined]);
    }
  });

  test('rotates the password through the private endpoint of AWS, where there is one', () => {
    const descriptions = (from: ReturnType<typeof template>) =>
      propertiesOf(from, 'AWS::EC2::SecurityGroupIngress').map(({ Description }) => Description);
    expect(descriptions(template())).not.toContain('rotation to AWS endpoints');
    const stack = testStack();
    const endpoint = ec2.SecurityGroup.fromSecurityGroupId(stack, 'Endpoint', 'sg-0123456789abcdef0');
    const endpoints = [{ id: 'Endpoints', securityGroup: endpoint, port: 443 }];
    expect(descriptions(templateOf(buildDatabase('multi-az-instance', { endpoints }).stack))).toContain(
      'rotation to AWS endpoints',
    );
  });

  test('with replicas keeps and rotates a password of our own, which RDS would refuse to manage', () => {
    template().hasResourceProperties('AWS::RDS::DBInstance', {
      ManageMasterUserPassword: Match.absent(),
      MasterUserPassword: Match.anyValue(),
    });
    template().hasResourceProperties('AWS::SecretsManager::RotationSchedule', {
      HostedRotationLambda: { RotationType: 'PostgreSQLSingleUser' },
      RotationRules: { ScheduleExpression: 'rate(30 days)' },
    });
  });

  test('opens a password of our own to no other account', () => {
    const [policy, ...more] = propertiesOf(template(), 'AWS::SecretsManager::ResourcePolicy');
    expect(more).toEqual([]);
    expect(policy).toMatchObject({ BlockPublicPolicy: true });
    expect(policy?.ResourcePolicy.Statement).toContainEqual(
      expect.objectContaining({ Sid: 'RefuseOtherAccounts', Effect: 'Deny', Principal: { AWS: '*' } }),
    );
  });

  test('without replicas leaves the password to RDS', () => {
    const alone = templateOf(buildDatabase('multi-az-instance', { spec: { readReplicas: 0 } }).stack);
    alone.hasResourceProperties('AWS::RDS::DBInstance', {
      ManageMasterUserPassword: true,
      MasterUserPassword: Match.absent(),
    });
    alone.resourceCountIs('AWS::SecretsManager::Secret', 0);
    alone.resourceCountIs('AWS::SecretsManager::RotationSchedule', 0);
    alone.resourceCountIs('AWS::RDS::DBInstance', 1);
  });

  test('without protection is one server in one zone', () => {
    const cheap = templateOf(buildDatabase('multi-az-instance', { protected: false, spec: { readReplicas: 0 } }).stack);
    cheap.hasResourceProperties('AWS::RDS::DBInstance', { MultiAZ: false, AvailabilityZone: 'ap-southeast-1a' });
  });

  test('spreads the services over its replicas, each service always to the same one', () => {
    const { stack, database } = buildDatabase('multi-az-instance');
    const services = ['analytics', 'catalog', 'notification', 'order', 'payment', 'user'];
    const hosts = services.map((service) => JSON.stringify(stack.resolve(database.values(service)['readerHost'])));
    expect(new Set(hosts).size).toBe(2);
    expect(services.map((service) => JSON.stringify(stack.resolve(database.values(service)['readerHost'])))).toEqual(
      hosts,
    );
  });
});

test.each<readonly [string, Topology, number, object]>([
  ['Aurora', 'aurora', 2, { 'Fn::GetAtt': [Match.stringLikeRegexp('Cluster'), 'MasterUserSecret.SecretArn'] }],
  [
    'a Multi-AZ cluster',
    'multi-az-cluster',
    2,
    { 'Fn::GetAtt': [Match.stringLikeRegexp('Cluster'), 'MasterUserSecret.SecretArn'] },
  ],
  [
    'an instance alone',
    'multi-az-instance',
    0,
    { 'Fn::GetAtt': [Match.stringLikeRegexp('Instance'), 'MasterUserSecret.SecretArn'] },
  ],
  ['an instance with replicas', 'multi-az-instance', 2, { Ref: Match.stringLikeRegexp('SecretAttachment') }],
])('%s tells people when its password was not rotated', (_title, topology, readReplicas, SecretId) => {
  const template =
    readReplicas === 2 ? templateFor(topology) : templateOf(buildDatabase(topology, { spec: { readReplicas } }).stack);
  template.hasResourceProperties('AWS::Events::Rule', {
    State: 'ENABLED',
    EventPattern: {
      source: ['aws.secretsmanager'],
      'detail-type': ['AWS Service Event via CloudTrail'],
      detail: {
        eventSource: ['secretsmanager.amazonaws.com'],
        eventName: ['RotationFailed'],
        additionalEventData: { SecretId: [SecretId] },
      },
    },
    Targets: [
      Match.objectLike({
        Arn: { Ref: Match.stringLikeRegexp('^Alarms') },
        InputTransformer: Match.absent(),
        Input: Match.stringLikeRegexp('Database store: .*could not be rotated.*runbooks/database.md'),
      }),
    ],
  });
});

describe.each([
  ['aurora', 'cluster', 'WriteThroughput', ['postgresql', 'iam-db-auth-error']],
  ['multi-az-cluster', 'cluster', 'TransactionLogsGeneration', ['postgresql', 'upgrade', 'iam-db-auth-error']],
  ['multi-az-instance', 'instance', 'TransactionLogsGeneration', ['postgresql', 'upgrade', 'iam-db-auth-error']],
] as const)('%s', (topology, kind, rate, types) => {
  const template = () => templateFor(topology);

  test('sends every log that its engine has, into groups made before', () => {
    const servers = ['AWS::RDS::DBCluster', 'AWS::RDS::DBInstance']
      .flatMap((type) => propertiesOf(template(), type))
      .flatMap(({ EnableCloudwatchLogsExports }) =>
        EnableCloudwatchLogsExports === undefined ? [] : [EnableCloudwatchLogsExports],
      );
    expect(servers.length).toBeGreaterThan(0);
    for (const exported of servers) expect(exported).toEqual(types);
    const names = propertiesOf(template(), 'AWS::Logs::LogGroup').map(({ LogGroupName }) => LogGroupName);
    const replicas = kind === 'instance' ? ['', '-replica-1', '-replica-2'] : [''];
    expect(new Set(names)).toEqual(
      new Set([
        '/aws/rds/proxy/retailflow-production-store',
        ...replicas.flatMap((replica) =>
          types.map((type) => `/aws/rds/${kind}/retailflow-production-store${replica}/${type}`),
        ),
      ]),
    );
  });

  test('measures how far the recovery site is behind, where a recovery point is promised', () => {
    const slotAlarm = (from: ReturnType<typeof template>) =>
      propertiesOf(from, 'AWS::CloudWatch::Alarm').find(({ AlarmDescription }) =>
        AlarmDescription.includes('further behind'),
      );
    const promised = slotAlarm(templateOf(buildDatabase(topology, { recoveryPointMinutes: 5 }).stack));
    expect(promised).toMatchObject({ Threshold: 300, TreatMissingData: 'notBreaching' });
    const ids: readonly string[] = promised?.Metrics.map(({ Id }: { readonly Id: string }) => Id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(['lag', 'rate']));
    expect(slotAlarm(template())?.Threshold).toBe(60);
    const watched = JSON.stringify(promised?.Metrics);
    for (const metric of ['OldestReplicationSlotLag', rate]) expect(watched).toContain(`"MetricName":"${metric}"`);
    expect(watched).not.toContain('-replica-');
    expect(watched.includes('"Name":"Role","Value":"WRITER"')).toBe(topology === 'aurora');
    const unpromised = buildDatabase(topology, { recoveryPointMinutes: undefined }).stack;
    expect(slotAlarm(templateOf(unpromised))).toBeUndefined();
  });
});

test('fails when the topology lacks the size', () => {
  expect(() => buildDatabase('aurora', { spec: { capacity: { vcpu: 3, memoryGiB: 7 } } })).toThrow(
    'databases.store.capacity must be a size',
  );
});
