import { about, type Row } from '../../support/about';
import type { Expectation } from '../../support/expectations';
import { reference } from '../../support/graph';
import { absent, atLeast, atMost, containing, exactly, like, withoutText } from '../../support/matchers';
import { account, key, services } from './facts';

const stack = 'Delivery';
/** What is built: services, and the programs of recovery. */
const built = [...services, 'failover'].sort();
/** What the platform runs of others. */
const copies = ['busybox', 'collector', 'kong', 'postgres'];

const repository = (name: string): string =>
  reference(
    `Delivery/Registry/${copies.includes(name) ? 'Copies/' : ''}${name.charAt(0).toUpperCase()}${name.slice(1)}`,
    'Arn',
  );

const roles: readonly Expectation[] = ['Deploy', 'Push'].flatMap((name) =>
  about(
    { stack, type: 'AWS::IAM::Role', where: new RegExp(`/${name}Role$`), count: 1 },
    {
      [`${name}: pipelines of this repository and stage alone take the role`]: {
        path: 'AssumeRolePolicyDocument.Statement',
        is: exactly({
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: {
            StringEquals: {
              'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
              'token.actions.githubusercontent.com:sub': 'repo:example/retailflow:environment:production',
            },
          },
          Effect: 'Allow',
          Principal: { Federated: reference('Delivery/Roles/GitHub') },
        }),
      },
      [`${name}: a pipeline has the role for an hour`]: { path: 'MaxSessionDuration', is: atMost(3600) },
      [`${name}: the role has no policies of others`]: { path: 'ManagedPolicyArns', is: absent },
    },
  ),
);

export const delivery: Row = {
  row: 'registry, delivery',
  expectations: [
    ...about(
      { stack, type: 'AWS::ECR::Repository', count: built.length + copies.length },
      {
        'a tag means one image for ever': { path: 'ImageTagMutability', is: 'IMMUTABLE' },
        'images are scanned when they come': { path: 'ImageScanningConfiguration.ScanOnPush', is: true },
        'images are encrypted': { path: 'EncryptionConfiguration.EncryptionType', is: 'KMS' },
        'images are encrypted with the key of data': { path: 'EncryptionConfiguration.KmsKey', is: key.data },
        'images to go back to are kept': {
          path: 'LifecyclePolicy.LifecyclePolicyText.rules[rulePriority=1].selection',
          is: { countNumber: 50, countType: 'imageCountMoreThan', tagPrefixList: ['release-'], tagStatus: 'tagged' },
        },
        'images without a name go': {
          path: 'LifecyclePolicy.LifecyclePolicyText.rules[rulePriority=2].selection.tagStatus',
          is: 'untagged',
        },
        'images without a name stay for a while': {
          path: 'LifecyclePolicy.LifecyclePolicyText.rules[rulePriority=2].selection.countNumber',
          is: atLeast(7),
        },
        'images outlive their stack': { path: 'DeletionPolicy', is: 'Retain' },
        'images outlive a replacement': { path: 'UpdateReplacePolicy', is: 'Retain' },
        'nobody empties a repository with its stack': { path: 'EmptyOnDelete', is: withoutText(/true/) },
      },
    ),
    ...[...built, ...copies.map((name) => `copies/${name}`)].map((name) => ({
      name: `images of ${name} have a repository of their own`,
      stack,
      type: 'AWS::ECR::Repository',
      having: { RepositoryName: `retailflow-production/${name}` },
      count: 1,
    })),
    ...about(
      { stack, type: 'AWS::IAM::OIDCProvider', count: 1 },
      {
        'pipelines prove who they are by GitHub': { path: 'Url', is: 'https://token.actions.githubusercontent.com' },
        'pipelines prove who they are to AWS alone': { path: 'ClientIdList', is: exactly('sts.amazonaws.com') },
      },
    ),
    ...roles,
    ...about(
      { stack, type: 'AWS::IAM::ManagedPolicy', where: /\/Push$/, count: 1 },
      {
        'who builds images puts them into the repositories of the platform': {
          path: 'PolicyDocument.Statement',
          is: containing({ Action: 'ecr:PutImage', Resource: [...built, ...copies].map(repository) }),
        },
        'who builds images deploys nothing': { path: 'PolicyDocument.Statement', is: withoutText(/sts:AssumeRole/) },
        'who builds images removes none': {
          path: 'PolicyDocument.Statement',
          is: withoutText(/ecr:(BatchDelete|Delete)/),
        },
      },
    ),
    ...about(
      { stack, type: 'AWS::IAM::ManagedPolicy', where: /\/Deploy$/, count: 1 },
      {
        'who deploys does so by the roles that CDK made for it': {
          path: 'PolicyDocument.Statement[*].Action',
          is: 'sts:AssumeRole',
        },
        'who deploys takes the roles of this account alone': {
          path: 'PolicyDocument.Statement[*].Resource[*]',
          is: like(new RegExp(`^arn:aws:iam::${account}:role/cdk-hnb659fds-(deploy|file-publishing)-role-${account}-`)),
        },
      },
    ),
    ...about(
      { stack: 'Audit', type: 'AWS::ECR::RegistryScanningConfiguration', count: 1 },
      {
        'images are scanned in depth': { path: 'ScanType', is: 'ENHANCED' },
        'images are scanned again when a flaw becomes known': { path: 'Rules[*].ScanFrequency', is: 'CONTINUOUS_SCAN' },
      },
    ),
  ],
};
