import { about, type Row } from '../../support/about';
import { absent, all, atLeast, containing, exactly, like, oneLike, withoutText } from '../../support/matchers';
import { reference } from '../../support/graph';
import { dataSubnets, key } from './facts';

const stack = 'Streams';
const cluster = 'Streams/Streams/Cluster';
const names = ['OrderEvents', 'PaymentEvents', 'Products', 'Reviews', 'Shipments', 'StockLevels'];
const statement = 'PolicyDocument.Statement';

export const streamsRow: Row = {
  row: 'Kafka',
  expectations: [
    ...about(
      { stack, type: 'AWS::MSK::Cluster', count: 1 },
      {
        'a broker stands in each zone': { path: 'NumberOfBrokerNodes', is: 3 },
        'brokers stand where nothing leads out': {
          path: 'BrokerNodeGroupInfo.ClientSubnets',
          is: exactly(...dataSubnets),
        },
        'brokers have no public address': {
          path: 'BrokerNodeGroupInfo.ConnectivityInfo.PublicAccess.Type',
          is: 'DISABLED',
        },
        'brokers know by IAM who calls': { path: 'ClientAuthentication.Sasl.Iam.Enabled', is: true },
        'brokers take no stranger': { path: 'ClientAuthentication.Unauthenticated.Enabled', is: false },
        'brokers take no password': { path: 'ClientAuthentication.Sasl.Scram.Enabled', is: false },
        'brokers are called by TLS alone': { path: 'EncryptionInfo.EncryptionInTransit.ClientBroker', is: 'TLS' },
        'brokers call each other by TLS': { path: 'EncryptionInfo.EncryptionInTransit.InCluster', is: true },
        'events are encrypted with the key of messages': {
          path: 'EncryptionInfo.EncryptionAtRest.DataVolumeKMSKeyId',
          is: key.messaging,
        },
        'brokers log': { path: 'LoggingInfo.BrokerLogs.CloudWatchLogs.Enabled', is: true },
        'brokers log whom they refuse': { path: 'LoggingInfo.AuthorizerLogs.CloudWatchLogs.Enabled', is: true },
        'brokers outlive their stack': { path: 'DeletionPolicy', is: 'Retain' },
        'brokers outlive a replacement': { path: 'UpdateReplacePolicy', is: 'Retain' },
        'brokers are reached by their own rules': {
          path: 'BrokerNodeGroupInfo.SecurityGroups',
          is: exactly(reference('Streams/Streams/SecurityGroup')),
        },
        'brokers hold a week of a busy day': {
          path: 'BrokerNodeGroupInfo.StorageInfo.EBSStorageInfo.VolumeSize',
          is: atLeast(500),
        },
        'brokers carry the busiest hour': { path: 'BrokerNodeGroupInfo.InstanceType', is: 'kafka.m7g.xlarge' },
        'brokers take no certificate for a proof': { path: 'ClientAuthentication.Tls.Enabled', is: false },
        'brokers are set up by what is written down': {
          path: 'ConfigurationInfo.Arn',
          is: reference('Streams/Streams/Configuration', 'Arn'),
        },
        'each broker is measured': { path: 'EnhancedMonitoring', is: 'PER_BROKER' },
        'brokers log where their stack keeps it': {
          path: 'LoggingInfo.BrokerLogs.CloudWatchLogs.LogGroup',
          is: reference('Streams/Streams/Logs'),
        },
      },
    ),
    ...about(
      { stack, type: 'AWS::MSK::Configuration', count: 1 },
      {
        'no topic comes to be by a misspelled name': {
          path: 'ServerProperties',
          is: all(like(/auto\.create\.topics\.enable=false/), like(/min\.insync\.replicas=2/)),
        },
        'no events are lost for a leader': {
          path: 'ServerProperties',
          is: like(/unclean\.leader\.election\.enable=false/),
        },
        'how brokers are set up outlives its stack': { path: 'DeletionPolicy', is: 'Retain' },
        'how brokers are set up outlives a replacement': { path: 'UpdateReplacePolicy', is: 'Retain' },
      },
    ),
    ...about(
      { stack, type: 'AWS::MSK::Topic', count: names.length },
      {
        'every event is kept in three zones': { path: 'ReplicationFactor', is: 3 },
        'topics have partitions for the tasks that follow them': { path: 'PartitionCount', is: atLeast(12) },
        'topics are the brokers’ own': { path: 'ClusterArn', is: reference(cluster, 'Arn') },
        'topics outlive their stack': { path: 'DeletionPolicy', is: 'Retain' },
        'topics outlive a replacement': { path: 'UpdateReplacePolicy', is: 'Retain' },
      },
    ),
    ...about(
      { stack, type: 'AWS::ApplicationAutoScaling::ScalableTarget', count: 1 },
      {
        'disks of brokers grow': { path: 'ScalableDimension', is: 'kafka:broker-storage:VolumeSize' },
        'disks of brokers grow to a bound': { path: 'MaxCapacity', is: 4000 },
      },
    ),
    ...about(
      { stack, type: 'AWS::CloudWatch::Alarm', where: /\/Streams\/Offline$/, count: 1 },
      {
        'partitions without a broker call somebody': { path: 'MetricName', is: 'OfflinePartitionsCount' },
        'silence of the brokers calls somebody': { path: 'TreatMissingData', is: 'breaching' },
        'somebody is told of the brokers': { path: 'AlarmActions', is: containing(reference('Security/Alarms/Topic')) },
      },
    ),
    ...about(
      { stack, type: 'AWS::CloudWatch::Alarm', where: /BehindBy/, count: 10 },
      { 'each follower that is behind calls somebody': { path: 'MetricName', is: 'EstimatedMaxTimeLag' } },
    ),
    ...about(
      { type: 'AWS::EC2::SecurityGroupIngress', having: { FromPort: 9098 } },
      {
        'brokers are reached from groups of services alone': { path: 'SourceSecurityGroupId', is: like(/Service/) },
        'brokers are reached from no range': { path: 'CidrIp', is: absent },
      },
    ),
    {
      name: 'brokers are reached by the services that append or follow, and no others',
      type: 'AWS::EC2::SecurityGroupIngress',
      having: { FromPort: 9098 },
      count: 9,
    },
    ...about(
      { stack: 'Service-Payment', type: 'AWS::IAM::ManagedPolicy', where: /\/Roles\/Task/ },
      {
        'payment appends to its own topic': {
          path: statement,
          is: containing({ Action: ['kafka-cluster:DescribeTopic', 'kafka-cluster:WriteData'] }),
        },
        'payment reads no topic': { path: statement, is: withoutText(/kafka-cluster:ReadData/) },
      },
    ),
    ...about(
      { stack: 'Service-Notification', type: 'AWS::IAM::ManagedPolicy', where: /\/Roles\/Task/ },
      { 'notification appends to no topic': { path: statement, is: withoutText(/kafka-cluster:WriteData/) } },
    ),
    ...about(
      { stack: 'Service-Order', type: 'AWS::ECS::TaskDefinition', where: /\/Service\/Task$/, count: 1 },
      {
        'a service is told where the brokers are': {
          path: 'ContainerDefinitions[Name=app].Environment[Name=STREAM_ORDER_EVENTS_BROKERS].Value',
          is: reference('Streams/Streams/Brokers/Told', 'Brokers'),
        },
        'a service follows as a group of its own': {
          path: 'ContainerDefinitions[Name=app].Environment[Name=STREAM_PAYMENT_EVENTS_GROUP].Value',
          is: oneLike(/^order$/),
        },
      },
    ),
    ...about(
      {
        stack: 'Observability',
        type: 'AWS::CloudWatch::Dashboard',
        where: /Observability\/Dashboard\/Dashboard$/,
        count: 1,
      },
      {
        'brokers and those who follow are on the dashboard': {
          path: 'DashboardBody',
          is: all(like(/Followers behind/), like(/Disks of brokers/)),
        },
      },
    ),
  ],
};
