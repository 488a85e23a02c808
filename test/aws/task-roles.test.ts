import * as logs from 'aws-cdk-lib/aws-logs';
import { TaskRoles } from '../../lib/aws/task-roles';
import { account, findings, region, staleAcknowledgements, templateOf, testStack } from '../support/aws';
import { allOf, only } from '../support/template';

describe('TaskRoles', () => {
  const stack = testStack();
  const subject = new TaskRoles(stack, 'Roles', { prefix: 'retailflow-production' });
  subject.processPolicy('shop-production/order');
  // A policy without a statement is refused; every service writes logs.
  new logs.LogGroup(stack, 'Logs').grantWrite(subject.executionPolicy);
  const template = templateOf(stack);

  test.each(['TaskRole', 'ExecutionRole'])('%s is for tasks of ECS in this account and region only', (id) => {
    const [statement, ...more] = only(template, 'AWS::IAM::Role', `Roles${id}`).properties['AssumeRolePolicyDocument']
      .Statement;
    expect(more).toEqual([]);
    expect(statement).toEqual({
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Principal: { Service: 'ecs-tasks.amazonaws.com' },
      Condition: {
        StringEquals: { 'aws:SourceAccount': account },
        ArnLike: { 'aws:SourceArn': `arn:aws:ecs:${region}:${account}:*` },
      },
    });
  });

  test.each(['TaskRole', 'ExecutionRole'])("%s lies where the roles of the stage's tasks lie", (id) => {
    expect(only(template, 'AWS::IAM::Role', `Roles${id}`).properties['Path']).toBe('/retailflow-production/tasks/');
  });

  test('has one policy a role, and none inline', () => {
    const roles = allOf(template, 'AWS::IAM::ManagedPolicy').map(({ properties }) => properties['Roles']);
    expect(roles).toEqual([
      [{ Ref: expect.stringMatching(/^RolesExecutionRole/) }],
      [{ Ref: expect.stringMatching(/^RolesTaskRole/) }],
    ]);
    expect(allOf(template, 'AWS::IAM::Policy')).toEqual([]);
    for (const { properties } of allOf(template, 'AWS::IAM::Role')) {
      expect(properties).not.toHaveProperty('Policies');
      expect(properties).not.toHaveProperty('ManagedPolicyArns');
    }
  });

  test('lets the process write metrics of its own namespace and nothing else', () => {
    const { Statement } = only(template, 'AWS::IAM::ManagedPolicy', 'RolesTaskPolicy').properties['PolicyDocument'];
    expect(Statement).toEqual([
      {
        Effect: 'Allow',
        Action: 'cloudwatch:PutMetricData',
        Resource: '*',
        Condition: { StringEquals: { 'cloudwatch:namespace': 'shop-production/order' } },
      },
    ]);
  });

  test('has no finding that nobody answered, and no answer without a finding', () => {
    expect(findings(subject)).toEqual([]);
    expect(staleAcknowledgements(subject)).toEqual([]);
  });
});
