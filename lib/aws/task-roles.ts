import { aws_iam as iam } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge';
import { ecsTaskRole } from './ecs-role';

export interface TaskRolesProps {
  /** What every name of the stage begins with. */
  readonly prefix: string;
  /** What either may come to do at most. @default - what its policy says */
  readonly boundary?: iam.IManagedPolicy | undefined;
}

/**
 * The two roles of a task and the one policy of each: what the process may do, and what ECS may do to start it. Grants go
 * to the policies, so that a reviewer reads one document a role. A process that asks AWS for nothing has no policy.
 */
export class TaskRoles extends Construct {
  public readonly taskRole: iam.Role;
  public readonly executionRole: iam.Role;
  public readonly executionPolicy: iam.ManagedPolicy;

  public constructor(scope: Construct, id: string, props: TaskRolesProps) {
    super(scope, id);
    const { boundary, prefix } = props;
    this.taskRole = ecsTaskRole(this, 'TaskRole', prefix, boundary);
    this.executionRole = ecsTaskRole(this, 'ExecutionRole', prefix, boundary);
    this.executionPolicy = new iam.ManagedPolicy(this, 'ExecutionPolicy', { roles: [this.executionRole] });
  }

  /**
   * Makes the policy of a process that writes metrics of its own; what it uses is granted to the policy.
   *
   * @param metricsNamespace CloudWatch namespace of its metrics, and the only one
   */
  public processPolicy(metricsNamespace: string): iam.ManagedPolicy {
    const policy = new iam.ManagedPolicy(this, 'TaskPolicy', {
      roles: [this.taskRole],
      statements: [
        new iam.PolicyStatement({
          actions: ['cloudwatch:PutMetricData'],
          resources: ['*'],
          conditions: { StringEquals: { 'cloudwatch:namespace': metricsNamespace } },
        }),
      ],
    });
    acknowledge(policy, {
      'AwsSolutions-IAM5[Resource::*]':
        'Metrics have no resource to name; the condition confines them to one namespace.',
    });
    return policy;
  }
}
