import { aws_ecs as ecs } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { taskSize } from './service-settings';

export interface FargateTaskProps {
  readonly size: ReturnType<typeof taskSize>;
  /** What its processes may do. */
  readonly taskRole: iam.Role;
  /** What ECS may do to start it. */
  readonly executionRole: iam.Role;
  /** By which others find its revisions. @default - made from its path */
  readonly family?: string;
}

/** A task on ARM without containers yet. Its roles have policies of their own; CDK would add inline ones. */
export const fargateTask = (
  scope: Construct,
  id: string,
  { executionRole, family, size, taskRole }: FargateTaskProps,
): ecs.FargateTaskDefinition =>
  new ecs.FargateTaskDefinition(scope, id, {
    ...size,
    ...(family === undefined ? {} : { family }),
    taskRole: taskRole.withoutPolicyUpdates(),
    executionRole: executionRole.withoutPolicyUpdates(),
    runtimePlatform: {
      cpuArchitecture: ecs.CpuArchitecture.ARM64,
      operatingSystemFamily: ecs.OperatingSystemFamily.LINUX,
    },
  });
