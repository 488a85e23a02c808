import { hardenedArchive, hardenedArchiveAlarms } from '../support/hardened-archive';
import { hardenedFlags } from '../support/hardened-flags';
import { hardenedAddresses, hardenedEmail, hardenedNumbers, hardenedSms } from '../support/hardened-messages';
import { hardenedNames } from '../support/hardened-names';
import { hardenedRotation } from '../support/hardened-rotation';
import { hardenedTelemetry, hardenedTraceAlarms } from '../support/hardened-telemetry';
import type { Hardened } from '../support/mutations';

const kept: readonly Hardened[] = [
  { path: 'DeletionPolicy', weak: ['Delete'] },
  { path: 'UpdateReplacePolicy', weak: ['Delete'] },
];

const foreignKey = 'alias/aws/somebody-else';

/** What ShopFlow has and RetailFlow has not: streams of events on brokers of Kafka, flags, a part that is judged apart, what services tell of themselves, and hours. */
export const hardened: Readonly<Record<string, readonly Hardened[]>> = {
  'AWS::CloudWatch::Alarm': [...hardenedArchiveAlarms, ...hardenedTraceAlarms],
  ...hardenedFlags,
  ...hardenedRotation,
  ...hardenedNames,
  ...hardenedEmail,
  ...hardenedAddresses,
  ...hardenedSms,
  ...hardenedNumbers,
  'AWS::IAM::ManagedPolicy': [
    { where: /\/Hours\/Closed$/ },
    { where: /\/Hours\/Closed$/, path: 'Roles', weak: [[]] },
    { where: /\/Hours\/Closed$/, path: 'PolicyDocument.Statement[*].Effect', weak: ['Allow'] },
  ],
  'AWS::Scheduler::Schedule': [
    {},
    { path: 'ScheduleExpression', weak: ['cron(0 0 1 1 ? *)', 'rate(1 minute)'] },
    { path: 'ScheduleExpressionTimezone', weak: ['UTC'] },
    { path: 'Target.Arn', weak: ['arn:aws:scheduler:::aws-sdk:iam:createUser'] },
  ],
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
  'AWS::EC2::NetworkAcl': [{}],
  'AWS::EC2::NetworkAclEntry': [{ path: 'Protocol', weak: [-1, 17] }],
  'AWS::EC2::SubnetNetworkAclAssociation': [{}, { path: 'NetworkAclId', weak: ['acl-of-somebody-else'] }],
  ...hardenedArchive,
  'AWS::NetworkFirewall::Firewall': [
    {},
    { path: 'DeleteProtection' },
    { path: 'FirewallPolicyChangeProtection' },
    { path: 'SubnetChangeProtection' },
    { path: 'SubnetMappings', weak: [[]] },
  ],
  'AWS::NetworkFirewall::FirewallPolicy': [
    {},
    { path: 'FirewallPolicy.StatefulDefaultActions', weak: [['aws:alert_established'], []] },
    { path: 'FirewallPolicy.StatelessDefaultActions', weak: [['aws:pass']] },
    { path: 'FirewallPolicy.StatelessFragmentDefaultActions', weak: [['aws:pass']] },
    { path: 'FirewallPolicy.StatefulEngineOptions.RuleOrder', weak: ['DEFAULT_ACTION_ORDER'] },
    { path: 'FirewallPolicy.StatefulRuleGroupReferences', weak: [[]] },
  ],
  'AWS::NetworkFirewall::LoggingConfiguration': [
    {},
    { path: 'LoggingConfiguration.LogDestinationConfigs', weak: [[]] },
    { path: 'LoggingConfiguration.LogDestinationConfigs[*].LogDestination.bucketName', weak: ['somebody-else'] },
  ],
  'AWS::NetworkFirewall::RuleGroup': [
    {},
    { path: 'RuleGroup.RulesSource.RulesString', weak: ['pass tls any any -> any any (sid:1;)'] },
    { path: 'RuleGroup.RuleVariables.IPSets.SOURCES.Definition', weak: [['0.0.0.0/0']] },
    { path: 'RuleGroup.StatefulRuleOptions.RuleOrder', weak: ['DEFAULT_ACTION_ORDER'] },
  ],
  ...hardenedTelemetry,
};
