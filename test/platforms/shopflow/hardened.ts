import { hardenedFlags } from '../support/hardened-flags';
import type { Hardened } from '../support/mutations';

const kept: readonly Hardened[] = [
  { path: 'DeletionPolicy', weak: ['Delete'] },
  { path: 'UpdateReplacePolicy', weak: ['Delete'] },
];

const foreignKey = 'alias/aws/somebody-else';

/** What ShopFlow has and RetailFlow has not: streams of events on brokers of Kafka, flags. */
export const hardened: Readonly<Record<string, readonly Hardened[]>> = {
  ...hardenedFlags,
  'AWS::MSK::Cluster': [
    {},
    ...kept,
    { path: 'NumberOfBrokerNodes', weak: [1] },
    { path: 'BrokerNodeGroupInfo.ClientSubnets', weak: [[]] },
    { path: 'BrokerNodeGroupInfo.SecurityGroups', weak: [['sg-somebody-else']] },
    { path: 'BrokerNodeGroupInfo.ConnectivityInfo.PublicAccess.Type', weak: ['SERVICE_PROVIDED_EIPS'] },
    { path: 'BrokerNodeGroupInfo.StorageInfo.EBSStorageInfo.VolumeSize', weak: [10] },
    { path: 'BrokerNodeGroupInfo.InstanceType', weak: ['kafka.t3.small'] },
    { path: 'ClientAuthentication.Sasl.Iam.Enabled' },
    { path: 'ClientAuthentication.Sasl.Scram.Enabled' },
    { path: 'ClientAuthentication.Tls.Enabled' },
    { path: 'ClientAuthentication.Unauthenticated.Enabled' },
    { path: 'ConfigurationInfo.Arn', weak: ['arn:of:somebody:else'] },
    { path: 'EncryptionInfo.EncryptionAtRest.DataVolumeKMSKeyId', weak: [foreignKey] },
    { path: 'EncryptionInfo.EncryptionInTransit.ClientBroker', weak: ['TLS_PLAINTEXT', 'PLAINTEXT'] },
    { path: 'EncryptionInfo.EncryptionInTransit.InCluster' },
    { path: 'EnhancedMonitoring', weak: ['DEFAULT'] },
    { path: 'LoggingInfo.AuthorizerLogs.CloudWatchLogs.Enabled' },
    { path: 'LoggingInfo.BrokerLogs.CloudWatchLogs.Enabled' },
    { path: 'LoggingInfo.BrokerLogs.CloudWatchLogs.LogGroup', weak: ['/somebody/else'] },
  ],
  'AWS::MSK::Configuration': [{}, ...kept, { path: 'ServerProperties', weak: ['auto.create.topics.enable=true'] }],
  'AWS::MSK::Topic': [
    {},
    ...kept,
    { path: 'ReplicationFactor', weak: [1] },
    { path: 'PartitionCount', weak: [1] },
    { path: 'ClusterArn', weak: ['arn:of:somebody:else'] },
  ],
};
