import { about, type Row } from '../../support/about';
import type { Expectation } from '../../support/expectations';
import { reference } from '../../support/graph';
import { absent, containing, exactly, like } from '../../support/matchers';
import { account, alarmTopic, appSubnets, home, key } from './facts';

/** The jobs of the definition: whose, when as AWS spells it, and for how long. */
const jobs = [
  { service: 'Order', cron: 'cron(0,15,30,45 * * * ? *)', clock: 'UTC', seconds: 600 },
  { service: 'Payment', cron: 'cron(30 2 * * ? *)', clock: 'Asia/Singapore', seconds: 3600 },
] as const;

const expectationsOf = ({ clock, cron, seconds, service }: (typeof jobs)[number]): readonly Expectation[] => {
  const stack = `Service-${service}`;
  const at = `${stack}/Service`;
  const job = `${at}/Jobs/ReconcileJob`;
  const machine = { stack, type: 'AWS::StepFunctions::StateMachine', count: 1 } as const;
  const run = 'DefinitionString.States[Run]';
  const what = `reconciliation of ${service.toLowerCase()}`;
  return [
    ...about(
      { stack, type: 'AWS::Scheduler::Schedule', count: 1 },
      {
        [`${what} begins when the definition says`]: { path: 'ScheduleExpression', is: cron },
        [`${what} begins by the clock of the definition`]: { path: 'ScheduleExpressionTimezone', is: clock },
        [`${what} is begun by its machine`]: { path: 'Target.Arn', is: reference(`${job}/Machine`, 'Arn') },
        [`${what} that could not begin is kept`]: {
          path: 'Target.DeadLetterConfig.Arn',
          is: reference(`${at}/Jobs/DeadLetters`, 'Arn'),
        },
        [`${what} begins in time or not at all`]: { path: 'Target.RetryPolicy.MaximumEventAgeInSeconds', is: 300 },
        [`${what} is begun by a role of its own`]: {
          path: 'Target.RoleArn',
          is: reference(`${at}/Jobs/Starter`, 'Arn'),
        },
        // Services of these templates are not released yet.
        [`${what} waits for the first release`]: { path: 'State', is: 'DISABLED' },
      },
    ),
    ...about(machine, {
      [`${what} is a task, whose end is waited for`]: {
        path: `${run}.Resource`,
        is: 'arn:aws:states:::ecs:runTask.sync',
      },
      [`${what} ends in its time`]: { path: `${run}.TimeoutSeconds`, is: seconds },
      [`${what} stands in the subnets of services`]: {
        path: `${run}.Arguments.NetworkConfiguration.AwsvpcConfiguration.Subnets`,
        is: exactly(...appSubnets),
      },
      [`${what} has the group of its service`]: {
        path: `${run}.Arguments.NetworkConfiguration.AwsvpcConfiguration.SecurityGroups`,
        is: exactly(reference(`Cluster/${service}Service`)),
      },
      [`${what} has no address on the internet`]: {
        path: `${run}.Arguments.NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp`,
        is: 'DISABLED',
      },
      [`${what} logs every step of a run`]: { path: 'LoggingConfiguration.Level', is: 'ALL' },
      [`${what} logs nothing that customers wrote`]: { path: 'LoggingConfiguration.IncludeExecutionData', is: false },
      [`${what} logs into its own log`]: {
        path: 'LoggingConfiguration.Destinations[*].CloudWatchLogsLogGroup.LogGroupArn',
        is: reference(`${at}/Jobs/MachineLogs`, 'Arn'),
      },
      [`${what} is traced`]: { path: 'TracingConfiguration.Enabled', is: true },
    }),
    ...about(
      { stack, type: 'AWS::ECS::TaskDefinition', where: /\/Jobs\/ReconcileJob\/Task$/, count: 1 },
      {
        [`${what} runs its command`]: {
          path: 'ContainerDefinitions[Name=app].Command',
          is: ['node', 'dist/reconcile.js'],
        },
        [`${what} is told which job it is`]: {
          path: 'ContainerDefinitions[Name=app].Environment',
          is: containing({ Name: 'JOB_NAME', Value: 'reconcile' }),
        },
        [`${what} listens nowhere`]: { path: 'ContainerDefinitions[Name=app].PortMappings', is: absent },
        [`${what} is and may what its service is and may`]: {
          path: 'TaskRoleArn',
          is: reference(`${at}/Roles/TaskRole`, 'Arn'),
        },
      },
    ),
    ...about(
      { stack, type: 'AWS::IAM::ManagedPolicy', where: /\/Jobs\/ReconcileJob\/Permissions$/, count: 1 },
      {
        [`${what} is handed the roles of its service and no others`]: {
          path: 'PolicyDocument.Statement',
          is: containing({
            Action: 'iam:PassRole',
            Resource: [reference(`${at}/Roles/ExecutionRole`, 'Arn'), reference(`${at}/Roles/TaskRole`, 'Arn')],
            Condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
          }),
        },
        [`the machine of the ${what} runs its task alone`]: {
          path: 'PolicyDocument.Statement[Action=ecs:RunTask].Resource',
          is: like(
            new RegExp(`^arn:aws:ecs:${home}:${account}:task-definition/\\w*${service}\\w*ReconcileJobTask\\w*:\\*$`),
          ),
        },
      },
    ),
    ...about(
      { stack, type: 'AWS::SQS::Queue', where: /\/Jobs\/DeadLetters$/, count: 1 },
      { [`beginnings of the ${what} are encrypted`]: { path: 'KmsMasterKeyId', is: key.messaging } },
    ),
    ...about(
      { stack, type: 'AWS::CloudWatch::Alarm', where: /\/Jobs\/(NotStarted|ReconcileJob\/Failed)$/, count: 2 },
      { [`somebody is called when the ${what} fails or does not begin`]: { path: 'AlarmActions', is: [alarmTopic] } },
    ),
    ...about(
      { stack, type: 'AWS::CloudWatch::Alarm', where: /\/Jobs\/NotStarted$/, count: 1 },
      {
        [`a beginning of the ${what} that failed is seen in its queue`]: {
          path: 'MetricName',
          is: 'ApproximateNumberOfMessagesVisible',
        },
      },
    ),
  ];
};

/** Work by the clock: what was acknowledged is compared with what was done, and payments with the provider. */
export const jobsRow: Row = { row: 'permanent reconciliation', expectations: jobs.flatMap(expectationsOf) };
