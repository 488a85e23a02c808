import { Match } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import { bootstrapRoles, DeliveryRoles, tokenConditions } from '../../lib/aws/delivery';
import { Registry } from '../../lib/aws/registry';
import { delivery } from '../../lib/platform/nouns/delivery';
import retailflow from '../../platforms/retailflow';
import { account, findings, region, templateOf, testStack } from '../support/aws';
import { resolved } from '../support/platform';

const github = delivery.parse({ repository: 'example/retailflow', ids: { owner: 12, repository: 345 } });
const platform = { ...resolved(retailflow), delivery: github };

describe('tokenConditions', () => {
  test('name the audience and one subject, both exactly', () => {
    expect(tokenConditions(github, 'staging')).toEqual({
      StringEquals: {
        'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
        'token.actions.githubusercontent.com:sub': 'repo:example@12/retailflow@345:environment:staging',
      },
    });
  });
});

describe('bootstrapRoles', () => {
  test('are those that deploy and publish files, in each region', () => {
    expect(bootstrapRoles('111122223333', 'aws', ['ap-southeast-1', 'us-east-1'])).toEqual([
      'arn:aws:iam::111122223333:role/cdk-hnb659fds-deploy-role-111122223333-ap-southeast-1',
      'arn:aws:iam::111122223333:role/cdk-hnb659fds-file-publishing-role-111122223333-ap-southeast-1',
      'arn:aws:iam::111122223333:role/cdk-hnb659fds-deploy-role-111122223333-us-east-1',
      'arn:aws:iam::111122223333:role/cdk-hnb659fds-file-publishing-role-111122223333-us-east-1',
    ]);
  });
});

describe('DeliveryRoles', () => {
  const stack = testStack();
  const key = new kms.Key(stack, 'Key');
  const { repositories } = new Registry(stack, 'Registry', { platform, key, copies: [] });
  const roles = new DeliveryRoles(stack, 'Roles', {
    platform,
    repositories: Object.values(repositories),
    regions: [region, 'us-east-1'],
  });
  const template = templateOf(stack);
  const statements = (role: string): readonly Record<string, unknown>[] =>
    Object.values(template.findResources('AWS::IAM::ManagedPolicy'))
      .filter(({ Properties }) => JSON.stringify(Properties.Roles).includes(role))
      .flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
  const ref = (construct: { readonly roleName: string }) => stack.resolve(construct.roleName).Ref as string;

  test('trust GitHub without a function that makes the provider', () => {
    template.hasResourceProperties('AWS::IAM::OIDCProvider', {
      Url: 'https://token.actions.githubusercontent.com',
      ClientIdList: ['sts.amazonaws.com'],
      ThumbprintList: Match.absent(),
    });
    template.resourceCountIs('AWS::IAM::OIDCProvider', 1);
    template.resourceCountIs('AWS::Lambda::Function', 0);
    template.resourcePropertiesCountIs('Custom::AWSCDKOpenIdConnectProvider', {}, 0);
  });

  test('are two, each for jobs of the environment of the stage alone, for an hour', () => {
    for (const name of ['retailflow-production-push', 'retailflow-production-deploy']) {
      template.hasResourceProperties('AWS::IAM::Role', {
        RoleName: name,
        MaxSessionDuration: 3600,
        ManagedPolicyArns: Match.absent(),
        AssumeRolePolicyDocument: {
          Statement: [
            {
              Effect: 'Allow',
              Action: 'sts:AssumeRoleWithWebIdentity',
              Principal: { Federated: stack.resolve(roles.provider.oidcProviderArn) },
              Condition: tokenConditions(github, 'production'),
            },
          ],
        },
      });
    }
    template.resourceCountIs('AWS::IAM::Role', 2);
    template.resourceCountIs('AWS::IAM::Policy', 0);
  });

  test('let one push images of the services of the stage, and neither delete nor change repositories', () => {
    const [push, login, ...others] = statements(ref(roles.push));
    expect(others).toEqual([]);
    expect(push).toEqual({
      Effect: 'Allow',
      Action: [
        'ecr:BatchCheckLayerAvailability',
        'ecr:BatchGetImage',
        'ecr:CompleteLayerUpload',
        'ecr:GetDownloadUrlForLayer',
        'ecr:InitiateLayerUpload',
        'ecr:PutImage',
        'ecr:UploadLayerPart',
      ],
      Resource: Object.values(repositories).map(({ repositoryArn }) => stack.resolve(repositoryArn)),
    });
    expect(login).toEqual({
      Effect: 'Allow',
      Action: 'ecr:GetAuthorizationToken',
      Resource: '*',
      Condition: { StringEquals: { 'aws:RequestedRegion': region } },
    });
  });

  test('let the other take on the roles of the bootstrap, and do nothing by itself', () => {
    expect(statements(ref(roles.deploy))[0]?.['Resource']).toHaveLength(4);
    expect(statements(ref(roles.deploy))).toEqual([
      {
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Resource: expect.arrayContaining([...bootstrapRoles(account, 'aws', [region, 'us-east-1'])]),
      },
    ]);
  });

  test('have no finding', () => {
    expect(findings(roles)).toEqual([]);
  });
});
