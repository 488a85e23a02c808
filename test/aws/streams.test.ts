import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { brokerSettings, topicConfigs } from '../../lib/aws/stream-settings';
import { Streams } from '../../lib/aws/streams';
import { stream, streaming } from '../../lib/platform/nouns/streams';
import { findings, staleAcknowledgements, surroundings, testStack, zones } from '../support/aws';

const spec = streaming.parse({ capacity: { vcpu: 2, memoryGiB: 8 }, storageGiB: 100, maxStorageGiB: 500 });

function world() {
  const stack = testStack();
  const { alarms, key, vpc } = surroundings(stack);
  const streams = new Streams(stack, 'Streams', {
    spec,
    streams: { orders: stream.parse({ dataClass: 'confidential' }), stock: stream.parse({ compacted: true }) },
    followers: { orders: ['review', 'inventory'], stock: [] },
    zones,
    vpc,
    key,
    logsKey: key,
    logDays: 365,
    alarms,
  });
  const role = new iam.Role(stack, 'Service', { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') });
  const policy = new iam.ManagedPolicy(stack, 'Process', { roles: [role] });
  streams.streams['orders']?.grant(policy, { service: 'review', kind: 'follows' });
  streams.streams['stock']?.grant(policy, { service: 'review', kind: 'appends' });
  return { stack, streams, template: Template.fromStack(stack) };
}
const { stack, streams, template } = world();

describe('the settings', () => {
  test('keep a copy of each event in each zone, and ask two of three for each append', () => {
    expect(brokerSettings(spec, zones)).toMatchObject({
      kafkaVersion: '3.9.x.kraft',
      numberOfBrokerNodes: 3,
      instanceType: 'kafka.m7g.large',
    });
    expect(brokerSettings(spec, zones).serverProperties.split('\n')).toEqual([
      'auto.create.topics.enable=false',
      'default.replication.factor=3',
      'min.insync.replicas=2',
      'unclean.leader.election.enable=false',
      'log.retention.hours=168',
    ]);
  });

  test('say of a topic what is different from every other', () => {
    const said = (input: object) => {
      const configs = topicConfigs(stream.parse(input));
      return configs === undefined ? undefined : Buffer.from(configs, 'base64').toString();
    };
    expect(said({})).toBeUndefined();
    expect(said({ compacted: true })).toBe('cleanup.policy=compact');
    expect(said({ retentionHours: 24 })).toBe('retention.ms=86400000');
  });

  test('fails when MSK sells no such broker', () => {
    expect(() => brokerSettings({ ...spec, capacity: { vcpu: 3, memoryGiB: 8 } }, zones)).toThrow(
      'no broker of 3 vcpu',
    );
  });
});

describe('the brokers', () => {
  test('take TLS alone, and know who calls by IAM alone', () => {
    template.hasResourceProperties('AWS::MSK::Cluster', {
      ClientAuthentication: {
        Sasl: { Iam: { Enabled: true }, Scram: { Enabled: false } },
        Tls: { Enabled: false },
        Unauthenticated: { Enabled: false },
      },
      EncryptionInfo: {
        EncryptionAtRest: { DataVolumeKMSKeyId: Match.anyValue() },
        EncryptionInTransit: { ClientBroker: 'TLS', InCluster: true },
      },
      BrokerNodeGroupInfo: Match.objectLike({
        ConnectivityInfo: { PublicAccess: { Type: 'DISABLED' } },
        ClientSubnets: [Match.anyValue(), Match.anyValue(), Match.anyValue()],
      }),
      LoggingInfo: {
        BrokerLogs: { CloudWatchLogs: Match.objectLike({ Enabled: true }) },
        AuthorizerLogs: { CloudWatchLogs: Match.objectLike({ Enabled: true }) },
      },
    });
  });

  test('outlive their stack, with their topics', () => {
    for (const type of ['AWS::MSK::Cluster', 'AWS::MSK::Topic', 'AWS::MSK::Configuration']) {
      template.allResources(type, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    }
  });

  test('get larger disks by themselves, and never smaller ones', () => {
    template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', {
      ScalableDimension: 'kafka:broker-storage:VolumeSize',
      MaxCapacity: 500,
    });
    template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalingPolicy', {
      TargetTrackingScalingPolicyConfiguration: { DisableScaleIn: true, TargetValue: 60 },
    });
  });

  test('open no port by themselves', () => {
    template.resourceCountIs('AWS::EC2::SecurityGroupIngress', 0);
    expect(streams.streams['orders']?.reach).toEqual([
      { id: 'Brokers', at: 'kafka', securityGroup: streams.securityGroup, port: 9098 },
    ]);
  });
});

test('topics are the platform’s own', () => {
  template.hasResourceProperties('AWS::MSK::Topic', {
    TopicName: 'orders',
    PartitionCount: 12,
    ReplicationFactor: 3,
    Configs: Match.absent(),
  });
  template.hasResourceProperties('AWS::MSK::Topic', { TopicName: 'stock', Configs: Match.anyValue() });
});

test('a service does to its topics what it says, in its own group, and nothing else', () => {
  const [policy] = Object.entries(template.findResources('AWS::IAM::ManagedPolicy')).filter(([id]) =>
    id.startsWith('Process'),
  );
  const statements = policy?.[1]['Properties'].PolicyDocument.Statement as { Action: unknown; Resource: unknown }[];
  const ends = statements.map(({ Action, Resource }) => [
    [Action].flat(),
    /\/([\w-]+)"\]\]/.exec(JSON.stringify(Resource))?.[1] ?? 'cluster',
  ]);
  expect(ends).toEqual([
    [['kafka-cluster:Connect', 'kafka-cluster:WriteDataIdempotently'], 'cluster'],
    [['kafka-cluster:DescribeTopic', 'kafka-cluster:ReadData'], 'orders'],
    [['kafka-cluster:AlterGroup', 'kafka-cluster:DescribeGroup'], 'review'],
    [['kafka-cluster:DescribeTopic', 'kafka-cluster:WriteData'], 'stock'],
  ]);
});

test('fails when a stream is used as a queue', () => {
  const role = new iam.Role(testStack(), 'Role', { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') });
  expect(() => streams.streams['orders']?.grant(role, { service: 'review', kind: 'sends' })).toThrow(
    'can be used for appends, follows, got sends by review',
  );
});

describe('somebody is called', () => {
  test.each(['OfflinePartitionsCount', 'EstimatedMaxTimeLag'])('by %s', (MetricName) => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName,
      AlarmActions: [Match.anyValue()],
      AlarmDescription: Match.stringLikeRegexp('docs/runbooks/streams.md'),
    });
  });

  test.each(['UnderReplicatedPartitions', 'KafkaDataLogsDiskUsed', 'CpuIdle'])('by %s of any broker', (MetricName) => {
    const metric = Match.objectLike({ MetricStat: Match.objectLike({ Metric: Match.objectLike({ MetricName }) }) });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      Metrics: Match.arrayWith([metric, metric, metric]),
      AlarmActions: [Match.anyValue()],
    });
  });

  test('for each that follows a stream, and no other', () => {
    const lag = template.findResources('AWS::CloudWatch::Alarm', { Properties: { MetricName: 'EstimatedMaxTimeLag' } });
    expect(Object.keys(lag)).toHaveLength(2);
  });
});

test('passes the rule packs, and acknowledges nothing that is not there', () => {
  expect(findings(streams)).toEqual([]);
  expect(staleAcknowledgements(streams)).toEqual([]);
  expect(stack.node.id).toBe('Test');
});
