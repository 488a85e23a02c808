import { about, type Row } from '../../support/about';
import { reference } from '../../support/graph';
import {
  all,
  absent,
  atLeast,
  between,
  containing,
  exactly,
  like,
  oneOf,
  present,
  withoutText,
} from '../../support/matchers';

const network = 'Network/Network/CardsScope';
const subnet = (tier: string) => (zone: number) => reference(`Network/Network/Vpc/cards-${tier}Subnet${zone}/Subnet`);
const subnets = (tier: string) => [1, 2, 3].map(subnet(tier));
const keyOf = (name: string) => reference(`Security/CardsKeys/${name}`, 'Arn');
const archive = 'Scopes/Cards/Archive';
const lists = { stack: 'Network', type: 'AWS::EC2::NetworkAclEntry' } as const;
const where = (path: string) => ({ where: new RegExp(`/${path}$`) });

/** Payments by card, which are judged apart from everything else. */
export const scopeRow: Row = {
  row: 'PCI-DSS scope',
  expectations: [
    ...about(
      { stack: 'Service-Payment', type: 'AWS::ECS::Service', count: 1 },
      {
        'payments stand in subnets of their scope': {
          path: 'NetworkConfiguration.AwsvpcConfiguration.Subnets',
          is: exactly(...subnets('services')),
        },
      },
    ),
    ...about(
      { stack: 'Data', type: 'AWS::RDS::DBSubnetGroup', ...where('PaymentsDatabase/Subnets'), count: 1 },
      {
        'the database of payments stands in subnets of the scope': {
          path: 'SubnetIds',
          is: exactly(...subnets('databases')),
        },
      },
    ),
    ...about(
      { stack: 'Data', type: 'AWS::RDS::DBCluster', where: /PaymentsDatabase\//, count: 1 },
      {
        'the database of payments has a key of the scope': { path: 'KmsKeyId', is: keyOf('Data') },
        'the administrator of payments is kept under a key of the scope': {
          path: 'MasterUserSecret.KmsKeyId',
          is: keyOf('Secrets'),
        },
      },
    ),
    ...about(
      { stack: 'Security', type: 'AWS::SecretsManager::Secret', where: /PaymentProviderSecret/ },
      { 'the key of the third party is encrypted with a key of the scope': { path: 'KmsKeyId', is: keyOf('Secrets') } },
    ),
    ...about(
      { stack: 'Service-Payment', type: 'AWS::Logs::LogGroup', count: 1 },
      { 'logs of payments are encrypted with a key of the scope': { path: 'KmsKeyId', is: keyOf('Logs') } },
    ),
    ...about(
      { stack: 'Security', type: 'AWS::KMS::Key', where: /CardsKeys/, count: 3 },
      {
        'keys of the scope change every year': { path: 'EnableKeyRotation', is: true },
        'keys of the scope outlive their stack': { path: 'DeletionPolicy', is: 'Retain' },
      },
    ),
    ...about(
      { stack: 'Scopes', type: 'AWS::S3::Bucket', count: 1 },
      {
        'nothing in the archive can be removed for three years, by nobody': {
          path: 'ObjectLockConfiguration.Rule.DefaultRetention',
          is: { Days: 1095, Mode: 'COMPLIANCE' },
        },
        'the archive is encrypted with a key of the scope': {
          path: 'BucketEncryption.ServerSideEncryptionConfiguration[*].ServerSideEncryptionByDefault.KMSMasterKeyID',
          is: keyOf('Logs'),
        },
        'the archive outlives its stack': { path: 'DeletionPolicy', is: 'Retain' },
        'whoever reads the archive is written down': {
          path: 'LoggingConfiguration.DestinationBucketName',
          is: present,
        },
      },
    ),
    ...about(
      { stack: 'Scopes', type: 'AWS::KinesisFirehose::DeliveryStream', count: 1 },
      {
        'logs go to the archive': {
          path: 'ExtendedS3DestinationConfiguration.BucketARN',
          is: reference(`${archive}/Bucket`, 'Arn'),
        },
        'logs are encrypted in the archive with a key of the scope': {
          path: 'ExtendedS3DestinationConfiguration.EncryptionConfiguration.KMSEncryptionConfig.AWSKMSKeyARN',
          is: keyOf('Logs'),
        },
        'logs are encrypted on their way': {
          path: 'DeliveryStreamEncryptionConfigurationInput.KeyARN',
          is: keyOf('Logs'),
        },
        'logs are on their way for five minutes': {
          path: 'ExtendedS3DestinationConfiguration.BufferingHints.IntervalInSeconds',
          is: between(60, 300),
        },
        'a failed delivery is written down': {
          path: 'ExtendedS3DestinationConfiguration.CloudWatchLoggingOptions.Enabled',
          is: true,
        },
      },
    ),
    { name: 'failed deliveries have lines of their own', stack: 'Scopes', type: 'AWS::Logs::LogStream', count: 1 },
    ...about(
      { type: 'AWS::Logs::SubscriptionFilter' },
      {
        'logs are copied to the archive, each line': { path: 'FilterPattern', is: '' },
        'logs are copied to no other place': { path: 'DestinationArn', is: reference(`${archive}/Stream`, 'Arn') },
        'logs are handed over by a role for that alone': {
          path: 'RoleArn',
          is: reference(`${archive}/SourceRole`, 'Arn'),
        },
      },
    ),
    {
      name: 'what payments log is copied to the archive',
      stack: 'Service-Payment',
      type: 'AWS::Logs::SubscriptionFilter',
      count: 1,
    },
    {
      name: 'what the database of payments logs is copied',
      stack: 'Data',
      type: 'AWS::Logs::SubscriptionFilter',
      count: 3,
    },
    ...about(
      { stack: 'Scopes', type: 'AWS::CloudWatch::Alarm', ...where('Late'), count: 1 },
      {
        'somebody is called when logs do not reach the archive': {
          path: 'MetricName',
          is: 'DeliveryToS3.DataFreshness',
        },
      },
    ),
    ...about(
      { ...lists, where: /Lists\/ServicesIn[123]$/, count: 3 },
      {
        'what is called in the scope is its port': { path: 'PortRange', is: { From: 8080, To: 8080 } },
        'what is called in the scope is called by TCP': { path: 'Protocol', is: 6 },
        'callers of the scope stand in the subnets of services': {
          path: 'CidrBlock',
          is: like(/^10\.28\.(0|32|64)\.0\/19$/),
        },
        'callers are let in': { path: 'RuleAction', is: 'allow' },
        'callers come in': { path: 'Egress', is: oneOf(false, 0) },
        'callers are let in by the list of services': {
          path: 'NetworkAclId',
          is: reference(`${network}/Lists/ServicesList`, 'Id'),
        },
      },
    ),
    ...about(
      { ...lists, ...where('Lists/ServicesIn4'), count: 1 },
      { 'everybody else answers': { path: 'PortRange', is: { From: 32_768, To: 60_999 } } },
    ),
    { ...lists, name: 'nothing else is let in to the services of the scope', where: /Lists\/ServicesIn\d+$/, count: 4 },
    ...about(
      { ...lists, where: /Lists\/DatabasesIn[1-6]$/, count: 6 },
      { 'databases of the scope are asked at their port': { path: 'PortRange', is: { From: 5432, To: 5432 } } },
    ),
    ...about(
      { ...lists, where: /Lists\/Databases(In|Out)\d+$/, count: 15 },
      {
        'databases of the scope speak with the scope alone': { path: 'CidrBlock', is: like(/^10\.28\.\d+\.0\/24$/) },
        'databases of the scope speak TCP': { path: 'Protocol', is: 6 },
      },
    ),
    ...about(lists, { 'whatever passes the edge of the scope is TCP': { path: 'Protocol', is: 6 } }),
    { name: 'services and databases have a list each', stack: 'Network', type: 'AWS::EC2::NetworkAcl', count: 2 },
    ...about(
      { stack: 'Network', type: 'AWS::EC2::SubnetNetworkAclAssociation', count: 6 },
      {
        'every subnet of the scope has its list': {
          path: 'NetworkAclId',
          is: like(/CardsScope\/Lists\/(Services|Databases)List/),
        },
      },
    ),
    ...about(
      { stack: 'Network', type: 'AWS::NetworkFirewall::RuleGroup', count: 1 },
      {
        'the scope goes out to Stripe by TLS, and to nobody else': {
          path: 'RuleGroup.RulesSource.RulesString',
          is: like(
            /^pass tls \$SOURCES any -> any 443 \(tls\.sni; content:"api\.stripe\.com"; startswith; endswith; nocase; flow:to_server; sid:1; rev:1;\)$/,
          ),
        },
        'those who go out are the services of the scope': {
          path: 'RuleGroup.RuleVariables.IPSets.SOURCES.Definition',
          is: exactly('10.28.120.0/24', '10.28.121.0/24', '10.28.122.0/24'),
        },
        'rules hold in their order': { path: 'RuleGroup.StatefulRuleOptions.RuleOrder', is: 'STRICT_ORDER' },
      },
    ),
    ...about(
      { stack: 'Network', type: 'AWS::NetworkFirewall::FirewallPolicy', count: 1 },
      {
        'whatever is not named is dropped': {
          path: 'FirewallPolicy.StatefulDefaultActions',
          is: exactly('aws:drop_established', 'aws:alert_established'),
        },
        'no packet passes by without the rules': {
          path: 'FirewallPolicy.StatelessDefaultActions',
          is: exactly('aws:forward_to_sfe'),
        },
        'no part of a packet passes by without the rules': {
          path: 'FirewallPolicy.StatelessFragmentDefaultActions',
          is: exactly('aws:forward_to_sfe'),
        },
        'the firewall has the rules of the scope': {
          path: 'FirewallPolicy.StatefulRuleGroupReferences[*].ResourceArn',
          is: reference(`${network}/Egress/Rules`, 'RuleGroupArn'),
        },
        'the firewall keeps the order of rules': {
          path: 'FirewallPolicy.StatefulEngineOptions.RuleOrder',
          is: 'STRICT_ORDER',
        },
      },
    ),
    ...about(
      { stack: 'Network', type: 'AWS::NetworkFirewall::Firewall', count: 1 },
      {
        'the firewall stands in every zone': {
          path: 'SubnetMappings[*].SubnetId',
          is: like(/cards-egressSubnet[123]/),
        },
        'the firewall cannot be deleted': { path: 'DeleteProtection', is: true },
        'the firewall keeps its policy': { path: 'FirewallPolicyChangeProtection', is: true },
        'the firewall keeps its subnets': { path: 'SubnetChangeProtection', is: true },
      },
    ),
    ...about(
      { stack: 'Network', type: 'AWS::NetworkFirewall::LoggingConfiguration', count: 1 },
      {
        'the firewall writes to the archive': {
          path: 'LoggingConfiguration.LogDestinationConfigs[*].LogDestination.bucketName',
          is: reference(`${archive}/Bucket`),
        },
        'the firewall writes what it refused, and what passed': {
          path: 'LoggingConfiguration.LogDestinationConfigs[*].LogType',
          is: oneOf('ALERT', 'FLOW'),
        },
      },
    ),
    ...about(
      { stack: 'Network', type: 'AWS::CloudWatch::Alarm', ...where('Egress/Refused'), count: 1 },
      {
        'somebody is called when the scope is refused its way': {
          path: 'AlarmDescription',
          is: like(/docs\/runbooks\/scope\.md/),
        },
      },
    ),
    ...about(
      { stack: 'Network', type: 'AWS::EC2::Route', where: /CardsScope\/Out/, count: 3 },
      {
        'the scope goes out by its firewall': { path: 'VpcEndpointId', is: present },
        'the scope goes out by no gateway': { path: 'NatGatewayId', is: absent },
      },
    ),
    ...about(
      { stack: 'Network', type: 'AWS::EC2::Route', where: /CardsScope\/Back/, count: 9 },
      { 'answers come back by the firewall': { path: 'VpcEndpointId', is: present } },
    ),
    ...about(
      { stack: 'Network', type: 'AWS::EC2::FlowLog', where: /CardsScope\//, count: 6 },
      {
        'every connection of the scope is in its archive': {
          path: 'LogDestination',
          is: like(/Scopes\/Cards\/Archive\/Bucket/),
        },
        'refused connections are, too': { path: 'TrafficType', is: 'ALL' },
      },
    ),
    ...about(
      { stack: 'Service-Payment', type: 'AWS::IAM::Role', where: /\/(Roles|Migration)\//, count: 3 },
      {
        'roles of tasks of the scope are bound': {
          path: 'PermissionsBoundary',
          is: reference('Scopes/Cards/Boundary'),
        },
      },
    ),
    ...about(
      { stack: 'Scopes', type: 'AWS::IAM::ManagedPolicy', ...where('Boundary'), count: 1 },
      {
        'tasks of the scope open what its keys encrypt, and messages': {
          path: 'PolicyDocument.Statement[Sid=OpensItsOwn].Resource',
          is: exactly(keyOf('Data'), keyOf('Secrets'), reference('Security/Keys/Messaging', 'Arn')),
        },
        'tasks of the scope work in their region': {
          path: 'PolicyDocument.Statement[Sid=Works].Condition.StringEquals',
          is: { 'aws:RequestedRegion': 'us-east-2' },
        },
        'tasks of the scope get at no bucket and change no permission': {
          path: 'PolicyDocument.Statement',
          is: withoutText(/"(s3|iam|sts|dynamodb|ssm):/),
        },
      },
    ),
    ...about(
      { type: 'AWS::EC2::SecurityGroupIngress', having: { GroupId: like(/Cluster\/PaymentService/) }, count: 1 },
      {
        'the balancer alone reaches payments': { path: 'SourceSecurityGroupId', is: like(/Cluster\/Balancer/) },
        'payments are reached at their port': { path: 'FromPort', is: 8080 },
      },
    ),
    ...about(
      { stack: 'Network', type: 'AWS::EC2::Subnet', where: /cards-(services|databases|egress)Subnet/, count: 9 },
      {
        'subnets of the scope are in a zone each': { path: 'AvailabilityZone', is: like(/^us-east-2[abc]$/) },
        'subnets of the scope give no public address': { path: 'MapPublicIpOnLaunch', is: oneOf(false, 0) },
        'subnets of the scope have ranges of their own': { path: 'CidrBlock', is: like(/^10\.28\.\d+\.0\/24$/) },
      },
    ),
    ...about(
      { stack: 'Network', type: 'AWS::EC2::VPCEndpoint', ...where('Objects'), count: 1 },
      {
        'the scope reaches buckets of AWS inside the network': {
          path: 'RouteTableIds',
          is: all(present, containing(reference('Network/Network/Vpc/cards-servicesSubnet1/RouteTable'))),
        },
      },
    ),
    ...about(
      { stack: 'Data', type: 'AWS::RDS::DBProxy', where: /PaymentsDatabase/, count: 1 },
      { 'the pool of payments stands in the scope': { path: 'VpcSubnetIds', is: exactly(...subnets('databases')) } },
    ),
    ...about(
      { stack: 'Scopes', type: 'AWS::Logs::LogGroup', count: 1 },
      { 'what the archive says of itself is kept': { path: 'RetentionInDays', is: atLeast(365) } },
    ),
  ],
};
