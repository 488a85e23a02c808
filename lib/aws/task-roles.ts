import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge';
import { ecsTaskRole } from './ecs-role';

/** What a task may do besides what its uses grant. */
export interface TaskRolesProps {
  /** What every name of the stage begins with. */
  readonly prefix: string;
  /** CloudWatch namespace to which the task may write its own metrics. */
  readonly metricsNamespace: string;
}

/**
 * The two roles of a task and the one policy of each: what the process may do, and what ECS may do to start it. Grants go
 * to the policies, so that a reviewer reads one document a role.
 */
export class TaskRoles extends Construct {
  public readonly taskRole: iam.Role;
  public readonly taskPolicy: iam.ManagedPolicy;
  public readonly executionRole: iam.Role;
  public readonly executionPolicy: iam.ManagedPolicy;

  public constructor(scope: Construct, id: string, props: TaskRolesProps) {
    super(scope, id);
    this.taskRole = ecsTaskRole(this, 'TaskRole', props.prefix);
    this.taskPolicy = new iam.ManagedPolicy(this, 'TaskPolicy', {
      roles: [this.taskRole],
      statements: [
        new iam.PolicyStatement({
          actions: ['cloudwatch:PutMetricData'],
          resources: ['*'],
          conditions: { StringEquals: { 'cloudwatch:namespace': props.metricsNamespace } },
        }),
      ],
    });
    acknowledge(this.taskPolicy, {
      'AwsSolutions-IAM5[Resource::*]':
        'Metrics have no resource to name; the condition confines them to one namespace.',
    });
    this.executionRole = ecsTaskRole(this, 'ExecutionRole', props.prefix);
    this.executionPolicy = new iam.ManagedPolicy(this, 'ExecutionPolicy', { roles: [this.executionRole] });
  }
}
