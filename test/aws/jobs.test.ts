import { Match, Template } from 'aws-cdk-lib/assertions';
import { jobMachine } from '../../lib/aws/job-machine';
import { lookBack } from '../../lib/aws/job-alarms';
import { pascalCase } from '../../lib/platform/ids';
import { siteOn, type Platform } from '../../lib/platform/platform';
import type { Image } from '../../lib/platform/releases';
import { ServiceStack } from '../../stacks/aws/service';
import { account, findings, region } from '../support/aws';
import { resolved, retailflowWith } from '../support/platform';
import { remember } from '../support/remember';
import { retailflowIn, serviceWorld } from '../support/service-world';
import { allOf, only } from '../support/template';

const release: Image = { kind: 'release', digest: `sha256:${'1'.repeat(64)}` };

function stackOf(name: string, image: Image = release, platform: Platform = retailflowIn('production')): ServiceStack {
  const world = serviceWorld(platform);
  const site = siteOn(platform, 'aws');
  if (site === undefined) throw new Error('RetailFlow must stand on aws');
  const { logs } = world.shared.keys;
  return new ServiceStack(world.stack.node.root, pascalCase(name), {
    ...world.propsOf(name),
    keys: { logs, messaging: logs },
    scopes: {},
    image,
    site,
    env: { account, region },
  });
}

const stack = remember((name: string) => stackOf(name));
const template = remember((name: string) => Template.fromStack(stack(name)));
const fresh = remember(() => Template.fromStack(stackOf('order', { kind: 'bootstrap' })));
const none = remember(() => Template.fromStack(stackOf('catalog')));
const path = 'ServiceJobsReconcileJob';

/** Name of the family of a task definition of the template, by which policies name it. */
const task = (name: string) => only(template(name), 'AWS::ECS::TaskDefinition', path);

describe('the task of a job', () => {
  const app = (name: string): Record<string, unknown> => {
    const [container] = task(name).properties['ContainerDefinitions'] as [Record<string, unknown>];
    return container;
  };

  test('is of the image, the roles and the size of its service, and runs the command', () => {
    const { properties: own } = task('order');
    const { properties: service } = only(template('order'), 'AWS::ECS::TaskDefinition', 'ServiceTask');
    for (const same of ['Cpu', 'Memory', 'TaskRoleArn', 'ExecutionRoleArn', 'RuntimePlatform', 'NetworkMode'])
      expect(own[same]).toEqual(service[same]);
    const [serves] = service['ContainerDefinitions'] as [Record<string, unknown>];
    expect(app('order')).toMatchObject({
      Name: 'app',
      Command: ['node', 'dist/reconcile.js'],
      Image: serves['Image'],
      Secrets: serves['Secrets'],
      User: serves['User'],
      ReadonlyRootFilesystem: true,
    });
  });

  test('listens nowhere, and nobody asks whether it lives', () => {
    expect(app('order')['PortMappings']).toBeUndefined();
    expect(app('order')['HealthCheck']).toBeUndefined();
  });

  test('is told what its service is told, but no address of another', () => {
    const names = (app('order')['Environment'] as { Name: string }[]).map(({ Name }) => Name);
    expect(names).toEqual(expect.arrayContaining(['DATABASE_STORE_HOST', 'JOB_NAME', 'QUEUE_ORDERS_URL']));
    expect(names.filter((name) => /^SERVICE_\w+_(URL|TIMEOUT_SECONDS)$/.test(name))).toEqual([]);
  });
});

describe('the machine of a job', () => {
  const definition = jobMachine({
    partition: 'aws',
    seconds: 600,
    clusterArn: 'cluster',
    taskDefinitionArn: 'task:7',
    subnetIds: ['one'],
    securityGroupId: 'group',
    container: 'app',
  });

  test('runs one task, waits for its end, and stops it when its time is over', () => {
    const { Run } = definition.States;
    expect(Run.Resource).toBe('arn:aws:states:::ecs:runTask.sync');
    expect(Run.TimeoutSeconds).toBe(600);
    expect(definition.TimeoutSeconds).toBe(720);
    expect(Run.Arguments.NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp).toBe('DISABLED');
  });

  test('asks how the job itself ended where a container beside it failed', () => {
    const { Ended, Run } = definition.States;
    expect(Run.Catch).toEqual([
      {
        ErrorEquals: ['States.TaskFailed'],
        Assign: { task: '{% $parse($states.errorOutput.Cause) %}' },
        Next: 'Ended',
      },
    ]);
    expect(Ended.Choices).toEqual([{ Condition: "{% $task.Containers[Name='app'].ExitCode = 0 %}", Next: 'Done' }]);
    expect(definition.States[Ended.Default as 'Failed'].Type).toBe('Fail');
  });

  test('may run revisions of the one task in the one cluster, hand it the roles of the service, and no more', () => {
    const { properties } = only(template('order'), 'AWS::IAM::ManagedPolicy', `${path}Permissions`);
    const statements = (properties['PolicyDocument'] as { Statement: Record<string, unknown>[] }).Statement;
    const of = (action: string) =>
      statements.filter(({ Action }) => [Action].flat().some((each) => String(each).startsWith(action)));
    expect(of('ecs:RunTask')).toHaveLength(1);
    expect(of('ecs:RunTask')[0]).toMatchObject({ Condition: { ArnEquals: { 'ecs:cluster': expect.anything() } } });
    expect(JSON.stringify(of('ecs:RunTask')[0]?.['Resource'])).toMatch(/task-definition\/\w*ReconcileJobTask\w*:\*/);
    const [pass] = of('iam:');
    const roles = task('order').properties;
    expect(pass).toMatchObject({
      Action: 'iam:PassRole',
      Resource: expect.arrayContaining([roles['TaskRoleArn'], roles['ExecutionRoleArn']]),
      Condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
    });
    expect(pass?.['Resource']).toHaveLength(2);
    expect(of('iam:')).toHaveLength(1);
  });

  test('logs how runs went, without what they were given', () => {
    template('order').hasResourceProperties('AWS::StepFunctions::StateMachine', {
      LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: false },
      TracingConfiguration: { Enabled: true },
    });
  });
});

describe('when a job begins', () => {
  test('is by its own clock, with a start that comes in time or not at all', () => {
    template('payment').hasResourceProperties('AWS::Scheduler::Schedule', {
      ScheduleExpression: 'cron(30 2 * * ? *)',
      ScheduleExpressionTimezone: 'Asia/Singapore',
      State: 'ENABLED',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: {
        Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp(`^${path}Machine`), 'Arn'] },
        DeadLetterConfig: { Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^ServiceJobsDeadLetters'), 'Arn'] } },
        RetryPolicy: { MaximumEventAgeInSeconds: 300, MaximumRetryAttempts: 5 },
      },
    });
    template('order').hasResourceProperties('AWS::Scheduler::Schedule', {
      ScheduleExpression: 'cron(0,15,30,45 * * * ? *)',
      ScheduleExpressionTimezone: 'UTC',
    });
  });

  test('is said by a role that begins these machines, and nothing else', () => {
    const { properties } = only(template('order'), 'AWS::IAM::ManagedPolicy', 'ServiceJobsStarts');
    const statements = (
      properties['PolicyDocument'] as { Statement: { Action: string | string[]; Resource: unknown }[] }
    ).Statement;
    expect(statements.map(({ Action }) => Action)).toEqual([
      'states:StartExecution',
      'sqs:SendMessage',
      ['kms:Decrypt', 'kms:GenerateDataKey'],
    ]);
    const { logicalId } = only(template('order'), 'AWS::StepFunctions::StateMachine');
    expect(statements[0]?.Resource).toEqual({ 'Fn::GetAtt': [logicalId, 'Arn'] });
  });

  test('is after a release has ended', () => {
    const { logicalId } = only(template('order'), 'AWS::ECS::Service');
    expect(only(template('order'), 'AWS::StepFunctions::StateMachine').dependsOn).toContain(logicalId);
    expect(only(template('order'), 'AWS::Scheduler::Schedule').dependsOn).toContain(logicalId);
  });

  test('is never before the first release', () => {
    fresh().hasResourceProperties('AWS::Scheduler::Schedule', { State: 'DISABLED' });
  });
});

describe('alarms of a job', () => {
  const alarmsIn = (from: Template) =>
    allOf(from, 'AWS::CloudWatch::Alarm').filter(({ logicalId }) => logicalId.startsWith('ServiceJobs'));

  test('call somebody when a run fails, none begins, or none was good for too long', () => {
    expect(alarmsIn(template('order')).map(({ logicalId }) => logicalId.slice(0, -8))).toEqual([
      'ServiceJobsNotStarted',
      `${path}Failed`,
      `${path}Missed`,
    ]);
    for (const { properties } of alarmsIn(template('order'))) {
      expect(properties['AlarmActions']).toHaveLength(1);
      expect(properties['AlarmDescription']).toMatch(/docs\/runbooks\/jobs\.md$/);
    }
    const failed = only(template('order'), 'AWS::CloudWatch::Alarm', `${path}Failed`).properties;
    expect(JSON.stringify(failed['Metrics'])).toMatch(/ExecutionsFailed.*ExecutionsTimedOut.*ExecutionsAborted/);
    expect(only(template('order'), 'AWS::CloudWatch::Alarm', `${path}Missed`).properties).toMatchObject({
      MetricName: 'ExecutionsSucceeded',
      Period: 300,
      EvaluationPeriods: 9,
      Threshold: 1,
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'breaching',
    });
  });

  test.each([
    [45, { periods: 9, minutes: 5 }],
    [240, { periods: 48, minutes: 5 }],
    [241, { periods: 5, minutes: 60 }],
    [2945, { periods: 50, minutes: 60 }],
  ])('look for a good run within %i minutes in periods that CloudWatch has', (minutes, expected) => {
    expect(lookBack(minutes)).toEqual(expected);
  });

  test('miss nothing before the first release, or by a schedule that leaves out days', () => {
    const weekly = resolved(
      retailflowWith({ services: { payment: { jobs: { reconcile: { schedule: '0 3 * * 1' } } } } }),
    );
    const missed = (from: Template) => alarmsIn(from).filter(({ logicalId }) => /Missed/.test(logicalId));
    expect(missed(fresh())).toEqual([]);
    expect(missed(Template.fromStack(stackOf('payment', release, weekly)))).toEqual([]);
  });
});

test('a service without jobs has nothing of them', () => {
  none().resourceCountIs('AWS::Scheduler::Schedule', 0);
  none().resourceCountIs('AWS::StepFunctions::StateMachine', 0);
  expect(allOf(none(), 'AWS::SQS::Queue')).toEqual([]);
});

test('jobs break no rule of the packs', () => {
  expect(findings(stack('order').service.node.findChild('Jobs'))).toEqual([]);
});
