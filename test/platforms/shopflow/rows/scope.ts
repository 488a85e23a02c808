import { about, type Row } from '../../support/about';
import { archived } from '../../support/archived';
import { reference } from '../../support/graph';
import { exactly, like, withoutText } from '../../support/matchers';

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
    ...archived({ stack: 'Scopes', archive, days: 1095, copies: 4, key: keyOf('Logs') }),
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
  ],
};
