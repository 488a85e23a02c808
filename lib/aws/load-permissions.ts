import { Stack } from 'aws-cdk-lib';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge';
import { acknowledgeContents } from './acknowledge-contents';
import { logAndTrace, logAndTraceReasons } from './machine-statements';

export interface LoadPermissionsProps {
  /** Of the machine. */
  readonly role: iam.Role;
  readonly cluster: ecs.ICluster;
  readonly taskDefinition: ecs.ITaskDefinition;
  /** Roles of the task, which the machine hands to it. */
  readonly passes: readonly iam.IRole[];
  /** What judges. */
  readonly function: lambda.IFunction;
}

/** Rule by which Step Functions hears that a task ended; it makes it itself, under this name. */
const listening = 'StepFunctionsGetEventsForECSTaskRule';

/** What a machine needs to run tasks of one definition in one cluster, to wait for them, and to have them judged. */
export function loadPermissions(scope: Construct, id: string, props: LoadPermissionsProps): iam.ManagedPolicy {
  const stack = Stack.of(scope);
  const here = { ArnEquals: { 'ecs:cluster': props.cluster.clusterArn } };
  const tasks = stack.formatArn({ service: 'ecs', resource: 'task', resourceName: `${props.cluster.clusterName}/*` });
  const policy = new iam.ManagedPolicy(scope, id, {
    roles: [props.role],
    statements: [
      new iam.PolicyStatement({
        actions: ['ecs:RunTask'],
        resources: [props.taskDefinition.taskDefinitionArn],
        conditions: here,
      }),
      new iam.PolicyStatement({ actions: ['ecs:DescribeTasks', 'ecs:StopTask'], resources: [tasks], conditions: here }),
      new iam.PolicyStatement({
        actions: ['iam:PassRole'],
        resources: props.passes.map(({ roleArn }) => roleArn),
        conditions: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
      }),
      new iam.PolicyStatement({
        actions: ['events:DescribeRule', 'events:PutRule', 'events:PutTargets'],
        resources: [stack.formatArn({ service: 'events', resource: 'rule', resourceName: listening })],
      }),
      new iam.PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [props.function.functionArn] }),
      ...logAndTrace(stack.region),
    ],
  });
  acknowledge(policy, logAndTraceReasons);
  acknowledgeContents(policy, tasks, 'Tasks have names when they run: those of one cluster, to watch and to stop.');
  return policy;
}
