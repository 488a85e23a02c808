import { about, none, type Row } from '../../support/about';
import type { Expectation } from '../../support/expectations';
import { containing, oneLike, oneOf, present, withoutText } from '../../support/matchers';
import { account, home } from './facts';

const stacks = [
  'Audit',
  'Cluster',
  'Data',
  'Delivery',
  'Edge',
  'Flags',
  'Messaging',
  'Network',
  'Observability',
  'Recovery',
  'Security',
  'Service-Analytics',
  'Service-Catalog',
  'Service-Notification',
  'Service-Order',
  'Service-Payment',
  'Service-User',
  'Telemetry',
  'Workflows',
] as const;

/** Types whose resources tell by tags whose they are, and what they cost. */
const tagged = [
  'AWS::CloudFront::Distribution',
  'AWS::EC2::VPC',
  'AWS::ECS::Cluster',
  'AWS::ECS::Service',
  'AWS::ECS::TaskDefinition',
  'AWS::ElastiCache::ReplicationGroup',
  'AWS::ElasticLoadBalancingV2::LoadBalancer',
  'AWS::ECR::Repository',
  'AWS::KMS::Key',
  'AWS::Logs::LogGroup',
  'AWS::OpenSearchService::Domain',
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBInstance',
  'AWS::S3::Bucket',
  'AWS::SNS::Topic',
  'AWS::SQS::Queue',
  'AWS::SecretsManager::Secret',
  'AWS::StepFunctions::StateMachine',
] as const;

const tags: readonly Expectation[] = tagged.flatMap((type) =>
  about(
    { type },
    Object.fromEntries(
      Object.entries({ owner: 'platform', 'cost-centre': 'commerce', platform: 'retailflow', stage: 'production' }).map(
        ([tag, value]) => [
          `every ${type} has the tag ${tag}`,
          { path: 'Tags', is: containing({ Key: tag, Value: value }) },
        ],
      ),
    ),
  ),
);

/** What holds data says of what class it is. */
const holders = [
  'AWS::RDS::DBCluster',
  'AWS::ElastiCache::ReplicationGroup',
  'AWS::OpenSearchService::Domain',
  'AWS::ECR::Repository',
  'AWS::ECS::TaskDefinition',
] as const;

const classes: readonly Expectation[] = [
  ...holders.map((type) => ({ type, where: /^(?!Cluster\/Gateway)/, what: `every ${type}` })),
  { type: 'AWS::S3::Bucket', where: /^Data\//, what: 'every bucket of the platform' },
  { type: 'AWS::SQS::Queue', where: /^(Messaging|Workflows)\//, what: 'every queue of the platform' },
].map(({ type, what, where }) => ({
  name: `${what} says of what class its data is`,
  type,
  where,
  path: 'Tags[Key=data-class].Value',
  is: oneOf('public', 'internal', 'confidential', 'restricted'),
}));

export const stacksRow: Row = {
  row: 'stacks, tags and protection',
  expectations: [
    ...stacks.flatMap((name) =>
      about(
        { stack: name, type: 'Stack', count: 1 },
        {
          [`the stack ${name} is protected from deletion`]: { path: 'terminationProtection', is: true },
          [`the stack ${name} stands in its region`]: { path: 'region', is: name === 'Edge' ? 'us-east-1' : home },
          [`the stack ${name} stands in its account`]: { path: 'account', is: account },
          [`the stack ${name} is refused while the definition holds documentation values`]: {
            path: 'rules.NoDocumentationValues.Assertions[*].AssertDescription',
            is: oneLike(/sites\.primary\.account is the documentation value/),
          },
        },
      ),
    ),
    { name: 'there are no other stacks', type: 'Stack', count: stacks.length },
    ...tags,
    ...classes,
    none({ type: 'AWS::IAM::Policy' }, 'no role has an inline policy beside it'),
    none({ type: 'AWS::IAM::User' }, 'there are no users with passwords and keys'),
    none({ type: 'AWS::IAM::AccessKey' }, 'there are no access keys'),
    ...about(
      { type: 'AWS::IAM::Role', where: /^(?!Network\/Custom::VpcRestrictDefaultSG)/ },
      { 'no role has an inline policy inside it': { path: 'Policies', is: withoutText(/./) } },
    ),
    ...about(
      { type: 'AWS::IAM::ManagedPolicy' },
      {
        'no policy allows every action': {
          path: 'PolicyDocument.Statement[*].Action',
          is: withoutText(/"\*"|"[a-z0-9-]+:\*"/),
        },
      },
    ),
    ...about(
      { type: 'AWS::SecretsManager::Secret' },
      {
        'no secret stands in a template': { path: 'SecretString', is: withoutText(/./) },
        'secrets are made where they lie': { path: 'GenerateSecretString.PasswordLength', is: present },
      },
    ),
  ],
};
