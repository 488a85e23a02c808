import { about, type Row } from '../../support/about';
import { reference } from '../../support/graph';
import { atLeast, between, exactly, like, present, withoutText } from '../../support/matchers';

const subnet = (tier: string) => (zone: number) => reference(`Network/Network/Vpc/cards-${tier}Subnet${zone}/Subnet`);
const subnets = (tier: string) => [1, 2, 3].map(subnet(tier));
const keyOf = (name: string) => reference(`Security/CardsKeys/${name}`, 'Arn');
const archive = 'Scopes/Cards/Archive';
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
      { stack: 'Data', type: 'AWS::RDS::DBProxy', where: /PaymentsDatabase/, count: 1 },
      { 'the pool of payments stands in the scope': { path: 'VpcSubnetIds', is: exactly(...subnets('databases')) } },
    ),
    ...about(
      { stack: 'Scopes', type: 'AWS::Logs::LogGroup', count: 1 },
      { 'what the archive says of itself is kept': { path: 'RetentionInDays', is: atLeast(365) } },
    ),
  ],
};
