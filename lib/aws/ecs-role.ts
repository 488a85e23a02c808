import { aws_iam as iam, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** Path of every role with which tasks of a stage run, so that whoever starts tasks can be given these and no others. */
export const taskRolePath = (prefix: string): string => `/${prefix}/tasks/`;

/**
 * A role that tasks of this account take, under the path of the stage's task roles.
 *
 * @param permissionsBoundary what it may come to do at most; unbound without one
 */
export function ecsTaskRole(
  scope: Construct,
  id: string,
  prefix: string,
  permissionsBoundary?: iam.IManagedPolicy,
): iam.Role {
  const stack = Stack.of(scope);
  return new iam.Role(scope, id, {
    path: taskRolePath(prefix),
    ...(permissionsBoundary === undefined ? {} : { permissionsBoundary }),
    assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com', {
      conditions: {
        StringEquals: { 'aws:SourceAccount': stack.account },
        ArnLike: { 'aws:SourceArn': stack.formatArn({ service: 'ecs', resource: '*' }) },
      },
    }),
  });
}
