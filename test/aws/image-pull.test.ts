import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as iam from 'aws-cdk-lib/aws-iam';
import { allowPull } from '../../lib/aws/image-pull';
import { account, findings, region, staleAcknowledgements, templateOf, testStack } from '../support/aws';
import { only } from '../support/template';

const agent = `arn:aws:ecr:${region}:174946120834:repository/aws-guardduty-agent-fargate`;

describe('allowPull', () => {
  const statementsFor = (names: readonly string[]) => {
    const stack = testStack();
    const policy = new iam.ManagedPolicy(stack, 'Policy');
    allowPull(
      policy,
      names.map((name) => ecr.Repository.fromRepositoryName(stack, name, `shop/${name}`)),
    );
    expect(findings(policy)).toEqual([]);
    expect(staleAcknowledgements(policy)).toEqual([]);
    return only(templateOf(stack), 'AWS::IAM::ManagedPolicy').properties['PolicyDocument']
      .Statement as readonly object[];
  };
  const token = { Effect: 'Allow', Action: 'ecr:GetAuthorizationToken', Resource: '*' };
  const pull = (Resource: unknown) => ({
    Effect: 'Allow',
    Action: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
    Resource,
  });

  test('lets the images be pulled, the agent of GuardDuty, and nothing else', () => {
    const own = (name: string) => `arn:aws:ecr:${region}:${account}:repository/shop/${name}`;
    const statements = statementsFor(['order', 'psql']);
    expect(statements).toHaveLength(2);
    expect(statements).toEqual(expect.arrayContaining([pull([own('order'), own('psql'), agent]), token]));
  });

  test('lets the agent be pulled where no image is the own', () => {
    expect(statementsFor([])).toEqual(expect.arrayContaining([pull(agent), token]));
  });
});
