import { about, type Row } from '../../support/about';
import { absent, containing, exactly, like, oneOf } from '../../support/matchers';
import { reference } from '../../support/graph';

const hot = 'Service-User';
const scalable = { stack: hot, type: 'AWS::ApplicationAutoScaling::ScalableTarget', count: 1 } as const;
const steps = {
  stack: hot,
  type: 'AWS::ApplicationAutoScaling::ScalingPolicy',
  where: /\/Steps\/Policy$/,
  count: 1,
} as const;
const busy = { stack: hot, type: 'AWS::CloudWatch::Alarm', where: /\/Steps\/Busy$/, count: 1 } as const;
const late = { stack: hot, type: 'AWS::CloudWatch::Alarm', where: /\/LateTasks$/, count: 1 } as const;
const machine = { stack: 'Workflows', type: 'AWS::StepFunctions::StateMachine', count: 1 } as const;
const states = 'DefinitionString.States';

export const promisesRow: Row = {
  row: 'promises',
  expectations: [
    ...about(scalable, {
      'tasks stand before a season begins': {
        path: 'ScheduledActions[ScheduledActionName=SeasonBegins]',
        is: containing({ Schedule: 'cron(0 5 20 11 ? *)', Timezone: 'America/New_York' }),
      },
      '24 tasks stand in a season': {
        path: 'ScheduledActions[ScheduledActionName=SeasonBegins].ScalableTargetAction.MinCapacity',
        is: 24,
      },
      '6 tasks do after a season': {
        path: 'ScheduledActions[ScheduledActionName=SeasonEnds].ScalableTargetAction.MinCapacity',
        is: 6,
      },
      'a season leaves load room for 28': {
        path: 'ScheduledActions[ScheduledActionName=SeasonBegins].ScalableTargetAction.MaxCapacity',
        is: 28,
      },
    }),
    ...about(steps, {
      'a rush adds tasks by steps': { path: 'PolicyType', is: 'StepScaling' },
      'the busiest service doubles at once': {
        path: 'StepScalingPolicyConfiguration.StepAdjustments[MetricIntervalLowerBound=15].ScalingAdjustment',
        is: 100,
      },
      'a minute is from step to step': { path: 'StepScalingPolicyConfiguration.Cooldown', is: 60 },
    }),
    ...about(busy, {
      'a rush is noticed within a minute': { path: 'EvaluationPeriods', is: 1 },
      'a rush is noticed by the minute': { path: 'Period', is: 60 },
      'what is noticed adds tasks': {
        path: 'AlarmActions',
        is: containing(reference(`${hot}/Service/Scaling/Steps/Policy`)),
      },
    }),
    ...['Service-Cart', 'Service-Order'].flatMap((stack) =>
      about(
        { stack, type: 'AWS::CloudWatch::Alarm', where: /\/ReleaseLatency$/, count: 1 },
        {
          [`a release of ${stack} that sells in more than half a second is taken back`]: { path: 'Threshold', is: 500 },
        },
      ),
    ),
    ...about(late, {
      'somebody is called for tasks that do not come': {
        path: 'AlarmActions',
        is: containing(reference('Security/Alarms/Topic')),
      },
    }),
    ...about(
      { stack: hot, type: 'AWS::ECS::TaskDefinition', where: /\/Service\/Task$/, count: 1 },
      {
        'a start takes at most 20 s': { path: 'ContainerDefinitions[Name=app].HealthCheck.StartPeriod', is: 20 },
      },
    ),
    ...about(
      { stack: hot, type: 'AWS::ElasticLoadBalancingV2::TargetGroup', count: 2 },
      {
        'new tasks are asked every five seconds': { path: 'HealthCheckIntervalSeconds', is: 5 },
        'two answers bring a task into traffic': { path: 'HealthyThresholdCount', is: 2 },
      },
    ),
    ...about(machine, {
      'a failed payment releases the hold before all else': {
        path: `${states}[take-payment].Catch[*].Next`,
        is: oneOf('release-stock'),
      },
      'a parcel that failed releases the hold before all else': {
        path: `${states}[fulfil-order].Catch[*].Next`,
        is: oneOf('release-stock'),
      },
      'how long that took is noted': { path: `${states}[release-stock].Next`, is: 'NoteUndoing' },
      'the command is pushed to the service': {
        path: `${states}[release-stock].Resource`,
        is: like(/sqs:sendMessage\.waitForTaskToken$/),
      },
    }),
    ...about(
      { stack: 'Workflows', type: 'AWS::SQS::Queue', where: /\/InventoryCommands\/Queue$/, count: 1 },
      {
        'the command is kept back by nothing': { path: 'DelaySeconds', is: absent },
        'somebody waits for the command': { path: 'ReceiveMessageWaitTimeSeconds', is: 20 },
      },
    ),
    ...about(
      { stack: 'Workflows', type: 'AWS::CloudWatch::Alarm', where: /\/SlowUndoing$/, count: 1 },
      {
        'a hold that is released after 200 ms is seen': { path: 'Threshold', is: 200 },
        'most holds are looked at': { path: 'ExtendedStatistic', is: 'p95' },
        'somebody is called for holds that stay': {
          path: 'AlarmActions',
          is: containing(reference('Security/Alarms/Topic')),
        },
      },
    ),
    ...about(
      { stack: 'Delivery', type: 'AWS::Scheduler::Schedule', where: /\/Hours\/Opens$/, count: 1 },
      {
        'the pipeline may deploy from eight in the morning': {
          path: 'ScheduleExpression',
          is: like(/^cron\(0 8 \? \* SUN,/),
        },
        'the morning is that of New York': { path: 'ScheduleExpressionTimezone', is: 'America/New_York' },
        'in the morning the policy is taken off': { path: 'Target.Arn', is: like(/iam:detachRolePolicy$/) },
      },
    ),
    ...about(
      { stack: 'Delivery', type: 'AWS::Scheduler::Schedule', where: /\/Hours\/Closes$/, count: 1 },
      {
        'the pipeline may not deploy from six in the evening': {
          path: 'ScheduleExpression',
          is: like(/^cron\(0 18 \? \* SUN,/),
        },
        'the evening is that of New York': { path: 'ScheduleExpressionTimezone', is: 'America/New_York' },
        'in the evening the policy is put on': { path: 'Target.Arn', is: like(/iam:attachRolePolicy$/) },
        'what could not be done is kept': {
          path: 'Target.DeadLetterConfig.Arn',
          is: reference('Delivery/Hours/DeadLetters', 'Arn'),
        },
      },
    ),
    ...about(
      { stack: 'Delivery', type: 'AWS::IAM::ManagedPolicy', where: /\/Hours\/Closed$/, count: 1 },
      {
        'outside of hours the pipeline takes on no role': {
          path: 'PolicyDocument.Statement[*].Effect',
          is: 'Deny',
        },
        'the door is shut from the first deployment on': {
          path: 'Roles',
          is: exactly(reference('Delivery/Roles/DeployRole')),
        },
      },
    ),
    ...about(
      { stack: 'Delivery', type: 'AWS::CloudWatch::Alarm', where: /\/DoorStuck$/, count: 1 },
      {
        'somebody is called for a door that is stuck': {
          path: 'AlarmActions',
          is: containing(reference('Security/Alarms/Topic')),
        },
      },
    ),
    ...about(
      { stack: 'Workflows', type: 'AWS::IAM::ManagedPolicy', count: 1 },
      {
        'figures are noted in one namespace': {
          path: 'PolicyDocument.Statement[Sid=NotesFigures].Condition.StringEquals',
          is: containing({ 'cloudwatch:namespace': 'Mainstay/Workflows' }),
        },
      },
    ),
  ],
};
