import { about, none, type Row } from '../../support/about';
import type { Expectation } from '../../support/expectations';
import { reference } from '../../support/graph';
import { absent, all, between, containing, exactly, present, withoutText } from '../../support/matchers';
import { appSubnets } from './facts';
import { scales } from './scales';

const stack = 'Service-*';
const tasks = /\/Service\/Task$/;
const cluster = reference('Cluster/Cluster/Cluster');

const sized: readonly Expectation[] = Object.entries(scales).flatMap(([name, { max, memory, min, processor }]) => [
  ...about(
    { stack: `Service-${name}`, type: 'AWS::ApplicationAutoScaling::ScalableTarget', count: 1 },
    {
      [`${name} never runs fewer tasks than the definition says`]: { path: 'MinCapacity', is: min },
      [`${name} never costs more tasks than the definition says`]: { path: 'MaxCapacity', is: max },
    },
  ),
  ...about(
    { stack: `Service-${name}`, type: 'AWS::ECS::TaskDefinition', where: tasks, count: 1 },
    {
      [`${name} has the processors of the definition`]: { path: 'Cpu', is: processor },
      [`${name} has the memory of the definition`]: { path: 'Memory', is: memory },
    },
  ),
]);

const scaling: readonly Expectation[] = Object.entries(scales).flatMap(([name, { backlog, percent, requests }]) => [
  ...about(
    { stack: `Service-${name}`, type: 'AWS::ApplicationAutoScaling::ScalingPolicy', where: /\/Cpu$/, count: 1 },
    {
      [`${name} grows with the load of its processors`]: {
        path: 'TargetTrackingScalingPolicyConfiguration.TargetValue',
        is: percent,
      },
    },
  ),
  ...grows(name, 'requests', 'RequestsPerTask', requests),
  ...grows(name, 'messages that wait', 'BacklogPerTask', backlog),
]);

function grows(name: string, load: string, id: string, target: number | undefined): readonly Expectation[] {
  const policy = {
    stack: `Service-${name}`,
    type: 'AWS::ApplicationAutoScaling::ScalingPolicy',
    where: new RegExp(`/${id}$`),
  };
  if (target === undefined) return [none(policy, `${name} does not grow with its ${load}`)];
  return about(
    { ...policy, count: 1 },
    {
      [`${name} grows with its ${load}`]: { path: 'TargetTrackingScalingPolicyConfiguration.TargetValue', is: target },
    },
  );
}

export const service: Row = {
  row: 'cluster, service',
  expectations: [
    ...sized,
    ...scaling,
    ...about(
      { type: 'AWS::ECS::Service', where: /^(?!Recovery\/)/, count: 7 },
      {
        'no task has a public address': {
          path: 'NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp',
          is: 'DISABLED',
        },
        'tasks stand in the app subnets of every zone': {
          path: 'NetworkConfiguration.AwsvpcConfiguration.Subnets',
          is: exactly(...appSubnets),
        },
        'tasks have the one security group of their service': {
          path: 'NetworkConfiguration.AwsvpcConfiguration.SecurityGroups',
          is: all(present, withoutText(/,/)),
        },
        'tasks spread over zones again after a zone was lost': { path: 'AvailabilityZoneRebalancing', is: 'ENABLED' },
        'nobody opens a shell in a task': { path: 'EnableExecuteCommand', is: false },
        'tasks run on Fargate': { path: 'LaunchType', is: 'FARGATE' },
        'tasks run on a platform that is named': { path: 'PlatformVersion', is: '1.4.0' },
        'tasks cost whom their service costs': { path: 'PropagateTags', is: 'SERVICE' },
        'tasks tell ECS whose they are': { path: 'EnableECSManagedTags', is: true },
        'scaling, not the template, says how many tasks there are': { path: 'DesiredCount', is: absent },
        'services run in the cluster': { path: 'Cluster', is: cluster },
      },
    ),
    ...about(
      { stack, type: 'AWS::ECS::TaskDefinition', where: tasks, count: 6 },
      {
        'a task that hangs is replaced': {
          path: 'ContainerDefinitions[Name=app].HealthCheck.Command',
          is: containing('http://127.0.0.1:8080/health/live'),
        },
        'a task that hangs is noticed soon': {
          path: 'ContainerDefinitions[Name=app].HealthCheck.Interval',
          is: between(5, 30),
        },
        'a task ends what it does before it stops': {
          path: 'ContainerDefinitions[Name=app].StopTimeout',
          is: between(30, 120),
        },
      },
    ),
    ...about(
      { stack: 'Cluster', type: 'AWS::ECS::Cluster', count: 1 },
      {
        'the cluster is watched task by task': {
          path: 'ClusterSettings[Name=containerInsights].Value',
          is: 'enhanced',
        },
        'the agent of GuardDuty is beside every task': { path: 'Tags[Key=GuardDutyManaged].Value', is: 'true' },
      },
    ),
  ],
};
