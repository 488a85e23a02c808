import { about, type Row } from '../../support/about';
import type { Expectation } from '../../support/expectations';
import { reference } from '../../support/graph';
import { absent, atMost, containing, exactly, like } from '../../support/matchers';
import { account, alarmTopic, appSubnets, home, key } from './facts';

const stack = 'Recovery';
const path = 'Recovery/Keeper';
const server = 'Data/StoreDatabase/Server/Cluster';
const role = reference(`${path}/Roles/TaskRole`);
const variable = (name: string): string => `ContainerDefinitions[Name=keeper].Environment[Name=${name}].Value`;

const runs: readonly Expectation[] = [
  ...about(
    { stack, type: 'AWS::ECS::Service', count: 1 },
    {
      'two keepers stand beside the database': { path: 'DesiredCount', is: 2 },
      'one keeper is replaced while the other keeps': { path: 'DeploymentConfiguration.MinimumHealthyPercent', is: 50 },
      'there is never a third keeper': { path: 'DeploymentConfiguration.MaximumPercent', is: 100 },
      'a keeper that does not start is stopped': {
        path: 'DeploymentConfiguration.DeploymentCircuitBreaker.Enable',
        is: true,
      },
      'a keeper that does not start is taken back': {
        path: 'DeploymentConfiguration.DeploymentCircuitBreaker.Rollback',
        is: true,
      },
      'keepers run in the cluster': { path: 'Cluster', is: reference('Cluster/Cluster/Cluster') },
      'keepers run on Fargate': { path: 'LaunchType', is: 'FARGATE' },
      'keepers run on a platform that is named': { path: 'PlatformVersion', is: '1.4.0' },
      'nobody opens a shell in a keeper': { path: 'EnableExecuteCommand', is: false },
      'no keeper has a public address': {
        path: 'NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp',
        is: 'DISABLED',
      },
      'keepers may stand in the app subnets of every zone': {
        path: 'NetworkConfiguration.AwsvpcConfiguration.Subnets',
        is: exactly(...appSubnets),
      },
      'keepers have a security group of their own': {
        path: 'NetworkConfiguration.AwsvpcConfiguration.SecurityGroups',
        is: exactly(reference(`${path}/SecurityGroup`)),
      },
      'keepers cost whom the platform costs': { path: 'PropagateTags', is: 'SERVICE' },
      'keepers tell ECS whose they are': { path: 'EnableECSManagedTags', is: true },
      // Of two that one alone is replaced, none can be started before one is gone.
      'keepers stay where they stand': { path: 'AvailabilityZoneRebalancing', is: 'DISABLED' },
      'a keeper starts when it may do what it must': {
        path: 'DependsOn',
        is: containing(`${path}/Login`, `${path}/Paths/Store/Egress`, `${path}/Paths/Store/Ingress`),
      },
    },
  ),
  ...about(
    { stack, type: 'AWS::ECS::TaskDefinition', count: 1 },
    {
      'the keeper keeps the primary': {
        path: 'ContainerDefinitions[Name=keeper].Command',
        is: containing('bin/keeper.ts', '--site', 'primary', '--platform', 'retailflow', '--stage', 'production'),
      },
      'the keeper is the image of recovery': {
        path: 'ContainerDefinitions[Name=keeper].Image',
        is: like(/\/retailflow-production\/failover@sha256:[0-9a-f]{64}$/),
      },
      'the keeper asks the latch that the recovery site serves': {
        path: variable('KEEPER_LATCH'),
        is: 'https://recovery.shop.example.com/.well-known/mainstay-leader.json',
      },
      'the right to write lasts five minutes': { path: variable('KEEPER_LEASE_SECONDS'), is: '300' },
      'the keeper goes past the pool to the server that takes writes': {
        path: variable('KEEPER_STORE'),
        is: `postgresql://mainstay_keeper@${reference(server, 'Endpoint.Address')}:5432`,
      },
      'a keeper that hangs is replaced': {
        path: 'ContainerDefinitions[Name=keeper].HealthCheck.Command',
        is: containing('test -n "$(find /tmp/turned -mmin -1)"'),
      },
      'a keeper that hangs is noticed soon': {
        path: 'ContainerDefinitions[Name=keeper].HealthCheck.Interval',
        is: atMost(30),
      },
      'the keeper needs no secret': { path: 'ContainerDefinitions[Name=keeper].Secrets', is: absent },
      'the keeper acts as itself': { path: 'TaskRoleArn', is: reference(`${path}/Roles/TaskRole`, 'Arn') },
    },
  ),
];

const mayDo: readonly Expectation[] = [
  ...about(
    { stack, type: 'AWS::IAM::ManagedPolicy', where: /Keeper\/Login$/, count: 1 },
    {
      'the keeper logs in to one server as one user, and does nothing else': {
        path: 'PolicyDocument.Statement',
        is: [
          {
            Action: 'rds-db:connect',
            Effect: 'Allow',
            Resource: `arn:aws:rds-db:${home}:${account}:dbuser:${reference(server, 'DBClusterResourceId')}/mainstay_keeper`,
          },
        ],
      },
      'the keeper alone logs in as it': { path: 'Roles', is: exactly(role) },
    },
  ),
  {
    name: 'the keeper has no other policy',
    stack,
    type: 'AWS::IAM::ManagedPolicy',
    where: /Keeper\//,
    count: 2,
  },
];

const watched: readonly Expectation[] = [
  ...about(
    { stack, type: 'AWS::Logs::LogGroup', where: /Keeper\/Logs$/, count: 1 },
    { 'what the keeper says is encrypted': { path: 'KmsKeyId', is: key.logs } },
  ),
  ...about(
    { stack, type: 'AWS::Logs::MetricFilter', count: 1 },
    {
      'turns that kept are counted': {
        path: 'FilterPattern',
        is: '{ ($.did = "renewed") || ($.did = "released") || ($.did = "nothing") }',
      },
      'turns are counted in what the keeper says': { path: 'LogGroupName', is: reference(`${path}/Logs`) },
      'each turn counts once, by its database': {
        path: 'MetricTransformations',
        is: [
          {
            Dimensions: [{ Key: 'Database', Value: '$.database' }],
            MetricName: 'Turns',
            MetricNamespace: 'Mainstay/Keeper/retailflow-production-Recovery',
            MetricValue: '1',
          },
        ],
      },
    },
  ),
  ...about(
    { stack, type: 'AWS::CloudWatch::Alarm', where: /Keeper\/StoreSilent$/, count: 1 },
    {
      'people are called when the keeper is silent': { path: 'MetricName', is: 'Turns' },
      'the silence of the keeper is that of its turns': {
        path: 'Namespace',
        is: 'Mainstay/Keeper/retailflow-production-Recovery',
      },
      'the silence of the keeper is that about the store': {
        path: 'Dimensions',
        is: [{ Name: 'Database', Value: 'store' }],
      },
      'a minute without a turn is silent': { path: 'Threshold', is: 1 },
      'less than a turn is silent': { path: 'ComparisonOperator', is: 'LessThanThreshold' },
      'people are called before the right to write has ended': { path: 'EvaluationPeriods', is: atMost(2) },
      'a minute of the keeper is a minute': { path: 'Period', is: 60 },
      'turns of the keeper are added': { path: 'Statistic', is: 'Sum' },
      'who is called for the keeper is on call': { path: 'AlarmActions', is: exactly(alarmTopic) },
      'who is called for the keeper is told what to do': {
        path: 'AlarmDescription',
        is: like(/docs\/runbooks\/keeper\.md$/),
      },
    },
  ),
  ...Object.entries({ TooFewTasks: 'RunningTaskCount', HighMemory: 'MemoryUtilization' }).flatMap(([id, metric]) =>
    about(
      { stack, type: 'AWS::CloudWatch::Alarm', where: new RegExp(`Keeper/${id}$`), count: 1 },
      {
        [`tasks of the keeper are watched: ${id}`]: { path: 'MetricName', is: metric },
        [`people on call hear of tasks of the keeper: ${id}`]: { path: 'AlarmActions', is: exactly(alarmTopic) },
      },
    ),
  ),
];

export const keeperRow: Row = {
  row: 'recovery: the right to write',
  expectations: [...runs, ...mayDo, ...watched],
};
