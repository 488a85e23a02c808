import { aws_iam as iam, Stack } from 'aws-cdk-lib';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import type { Construct } from 'constructs';

export interface RunTaskProps {
  readonly cluster: ecs.ICluster;
  /** ARNs of what may be run. */
  readonly taskDefinitions: readonly string[];
  /** Roles of the task, which the machine hands to it. */
  readonly passes: readonly iam.IRole[];
}

/** Rule by which Step Functions hears that a task ended; it makes it itself, under this name. */
const listening = 'StepFunctionsGetEventsForECSTaskRule';

/** The tasks of a cluster, whose names nobody knows before they run. */
export const tasksOf = (scope: Construct, { clusterName }: ecs.ICluster): string =>
  Stack.of(scope).formatArn({ service: 'ecs', resource: 'task', resourceName: `${clusterName}/*` });

/** What a machine needs to run tasks in one cluster, and to wait for them. */
export function runTaskStatements(scope: Construct, props: RunTaskProps): readonly iam.PolicyStatement[] {
  const { cluster, passes, taskDefinitions } = props;
  const here = { ArnEquals: { 'ecs:cluster': cluster.clusterArn } };
  return [
    new iam.PolicyStatement({ actions: ['ecs:RunTask'], resources: [...taskDefinitions], conditions: here }),
    new iam.PolicyStatement({
      actions: ['ecs:DescribeTasks', 'ecs:StopTask'],
      resources: [tasksOf(scope, cluster)],
      conditions: here,
    }),
    new iam.PolicyStatement({
      actions: ['iam:PassRole'],
      resources: passes.map(({ roleArn }) => roleArn),
      conditions: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
    }),
    new iam.PolicyStatement({
      actions: ['events:DescribeRule', 'events:PutRule', 'events:PutTargets'],
      resources: [Stack.of(scope).formatArn({ service: 'events', resource: 'rule', resourceName: listening })],
    }),
  ];
}

/** What is tried again: Fargate has no room for a task, or the API is asked too often. */
export const runTaskRepetition = {
  ErrorEquals: ['ECS.AmazonECSException', 'ECS.InvalidParameterException', 'ECS.ThrottlingException'],
  IntervalSeconds: 5,
  MaxAttempts: 5,
  BackoffRate: 2,
  JitterStrategy: 'FULL',
} as const;
