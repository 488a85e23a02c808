import { aws_iam as iam, Stack } from 'aws-cdk-lib';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge';
import { acknowledgeContents } from './acknowledge-contents';
import { logAndTrace, logAndTraceReasons } from './machine-statements';
import { runTaskStatements, tasksOf } from './run-task';

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

/** What a machine needs to run tasks of one definition in one cluster, to wait for them, and to have them judged. */
export function loadPermissions(scope: Construct, id: string, props: LoadPermissionsProps): iam.ManagedPolicy {
  const { cluster, passes, role, taskDefinition } = props;
  const policy = new iam.ManagedPolicy(scope, id, {
    roles: [role],
    statements: [
      ...runTaskStatements(scope, { cluster, passes, taskDefinitions: [taskDefinition.taskDefinitionArn] }),
      new iam.PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [props.function.functionArn] }),
      ...logAndTrace(Stack.of(scope).region),
    ],
  });
  acknowledge(policy, logAndTraceReasons);
  acknowledgeContents(
    policy,
    tasksOf(scope, cluster),
    'Tasks have names when they run: those of one cluster, to watch and to stop.',
  );
  return policy;
}
