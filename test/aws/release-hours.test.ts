import * as iam from 'aws-cdk-lib/aws-iam';
import { ReleaseHours } from '../../lib/aws/release-hours';
import { findings, surroundings, templateOf, testStack } from '../support/aws';
import { allOf, only } from '../support/template';

const hours = {
  days: ['friday', 'monday'],
  from: '08:30',
  until: '18:00',
  timeZone: 'America/New_York',
} as const;

describe('hours of releases', () => {
  const stack = testStack();
  const { alarms, key } = surroundings(stack);
  const deploy = new iam.Role(stack, 'Deploy', { assumedBy: new iam.AccountPrincipal('111122223333') });
  new ReleaseHours(stack, 'Hours', { hours, deploy, messagingKey: key, alarms });
  const template = templateOf(stack);
  const schedule = (name: string) => only(template, 'AWS::Scheduler::Schedule', `Hours${name}`).properties;

  test.each([
    ['Opens', 'cron(30 8 ? * MON,FRI *)', 'detachRolePolicy'],
    ['Closes', 'cron(0 18 ? * MON,FRI *)', 'attachRolePolicy'],
  ])('%s the door by the clock of the definition', (name, expression, action) => {
    expect(schedule(name)).toMatchObject({
      ScheduleExpression: expression,
      ScheduleExpressionTimezone: 'America/New_York',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: {
        Arn: `arn:aws:scheduler:::aws-sdk:iam:${action}`,
        RetryPolicy: { MaximumEventAgeInSeconds: 900, MaximumRetryAttempts: 10 },
      },
    });
    const input = JSON.stringify(schedule(name)['Target'].Input);
    expect(input).toContain(stack.getLogicalId(deploy.node.defaultChild as iam.CfnRole));
    expect(input).toContain('HoursClosed');
  });

  test('close the door to every role of deployments, from the first deployment on', () => {
    const [closed] = allOf(template, 'AWS::IAM::ManagedPolicy').filter(({ logicalId }) =>
      logicalId.startsWith('HoursClosed'),
    );
    expect(closed?.properties['PolicyDocument'].Statement).toEqual([
      { Effect: 'Deny', Action: 'sts:AssumeRole', Resource: '*' },
    ]);
    expect(closed?.properties['Roles']).toEqual([{ Ref: stack.getLogicalId(deploy.node.defaultChild as iam.CfnRole) }]);
  });

  test('let the scheduler put that one policy on that one role', () => {
    const [allowed] = allOf(template, 'AWS::IAM::ManagedPolicy').filter(({ logicalId }) =>
      logicalId.startsWith('HoursPolicy'),
    );
    expect(allowed?.properties['PolicyDocument'].Statement[0]).toMatchObject({
      Action: ['iam:AttachRolePolicy', 'iam:DetachRolePolicy'],
      Resource: { 'Fn::GetAtt': [stack.getLogicalId(deploy.node.defaultChild as iam.CfnRole), 'Arn'] },
      Condition: { ArnEquals: { 'iam:PolicyARN': { Ref: expect.stringMatching(/^HoursClosed/) } } },
    });
  });

  test('call somebody when the door stays as it was', () => {
    expect(only(template, 'AWS::CloudWatch::Alarm', 'HoursDoorStuck').properties).toMatchObject({
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Threshold: 1,
      AlarmActions: [expect.anything()],
    });
  });

  test('leave nothing to find', () => {
    expect(findings(stack).filter((each) => each.includes('/Hours/'))).toEqual([]);
  });
});
