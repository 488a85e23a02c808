import { aws_iam as iam, aws_scheduler as scheduler, Names, Stack } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import type * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { lateStartMinutes } from '../platform/jobs';
import { serviceContainer, stagePrefix } from '../platform/names';
import type { Job as Spec } from '../platform/nouns/job';
import type { Service } from '../platform/nouns/service';
import type { Platform } from '../platform/platform';
import { acknowledge } from './acknowledge';
import { acknowledgeContents } from './acknowledge-contents';
import type { Alarms } from './alarms';
import { addCollectorBeside, type Collecting } from './collector';
import { confinement } from './confinement';
import { awsCron } from './cron';
import { fargateTask } from './fargate-task';
import { raiseJobAlarms } from './job-alarms';
import { jobMachine } from './job-machine';
import { loggedMachine } from './machine-starts';
import { logAndTrace, logAndTraceReasons, machineArnOf, machineRole } from './machine-statements';
import { runTaskStatements, tasksOf } from './run-task';
import type { ServiceImage } from './service-image';
import { taskSize } from './service-settings';
import type { Received } from './service-uses';
import type { TaskRoles } from './task-roles';

export interface JobProps {
  readonly platform: Platform;
  readonly service: string;
  readonly name: string;
  readonly spec: Spec;
  /** Size of its task: the service's own, in which its image is known to run. */
  readonly capacity: Service['capacity'];
  readonly image: ServiceImage;
  readonly received: Received;
  /** The service's own: a job is and may what the service is and may. */
  readonly roles: TaskRoles;
  readonly cluster: ecs.ICluster;
  readonly subnets: ec2.SelectedSubnets;
  readonly securityGroup: ec2.ISecurityGroup;
  /** Where the process writes. */
  readonly logGroup: logs.ILogGroup;
  /** Where runs write how they went. */
  readonly machineLogs: logs.ILogGroup;
  /** What takes its figures and traces. @default - nothing */
  readonly collecting?: Collecting | undefined;
  /** Begins runs. */
  readonly starter: iam.Role;
  /** Where beginnings go that failed. */
  readonly deadLetters: sqs.IQueue;
  readonly alarms: Alarms;
}

/**
 * A job of a service: a task of its image, a machine that runs it, waits for it and ends it, and when that begins. Runs are of the
 * revision that the stack deployed last. Until the first release nothing begins.
 */
export class Job extends Construct {
  public readonly taskDefinition: ecs.FargateTaskDefinition;
  public readonly machine: sfn.CfnStateMachine;
  public readonly schedule: scheduler.CfnSchedule;

  public constructor(scope: Construct, id: string, props: JobProps) {
    super(scope, id);
    this.taskDefinition = this.createTask(props);
    this.machine = this.createMachine(props);
    this.schedule = this.begin(props);
    const { alarms, image, name, service, spec } = props;
    raiseJobAlarms(this, {
      job: `${name} of ${service}`,
      spec,
      begins: image.released,
      machineArn: this.machine.attrArn,
      alarms,
    });
  }

  private createTask(props: JobProps): ecs.FargateTaskDefinition {
    const { capacity, collecting, image, logGroup, name, received, roles, service, spec } = props;
    const size = taskSize(capacity);
    const task = fargateTask(this, 'Task', { ...roles, size });
    const app = task.addContainer(serviceContainer, {
      ...confinement(task, { logGroup, streamPrefix: `${service}-${name}`, memoryMiB: size.memoryLimitMiB }),
      image: image.image,
      command: [...spec.command],
      environment: received.environment,
      secrets: received.secrets,
    });
    addCollectorBeside(app, { service, collecting, logGroup });
    acknowledge(task, {
      'AwsSolutions-ECS2':
        'The environment holds names, addresses and limits of the contract; secrets are injected by reference.',
    });
    return task;
  }

  private createMachine(props: JobProps): sfn.CfnStateMachine {
    const { cluster, machineLogs, securityGroup, spec, subnets } = props;
    const stateMachineName = Names.uniqueResourceName(this, { maxLength: 80 });
    const role = machineRole(this, 'Role', machineArnOf(this, stateMachineName));
    const permissions = this.allowRuns(role, props);
    return loggedMachine(this, {
      name: stateMachineName,
      role,
      definition: jobMachine({
        partition: Stack.of(this).partition,
        seconds: spec.timeoutMinutes * 60,
        clusterArn: cluster.clusterArn,
        taskDefinitionArn: this.taskDefinition.taskDefinitionArn,
        subnetIds: subnets.subnetIds,
        securityGroupId: securityGroup.securityGroupId,
        container: serviceContainer,
      }),
      logGroup: machineLogs,
      permissions,
    });
  }

  /** Every revision of the one task, since a release changes it before it changes the machine. */
  private allowRuns(role: iam.Role, { cluster, roles }: JobProps): iam.ManagedPolicy {
    const stack = Stack.of(this);
    const revisions = stack.formatArn({
      service: 'ecs',
      resource: 'task-definition',
      resourceName: `${this.taskDefinition.family}:*`,
    });
    const policy = new iam.ManagedPolicy(this, 'Permissions', {
      roles: [role],
      statements: [
        ...runTaskStatements(this, {
          cluster,
          taskDefinitions: [revisions],
          passes: [roles.taskRole, roles.executionRole],
        }),
        ...logAndTrace(stack.region),
      ],
    });
    acknowledge(policy, logAndTraceReasons);
    acknowledgeContents(policy, tasksOf(this, cluster), 'Tasks have names when they run: those of one cluster.');
    acknowledgeContents(policy, revisions, 'Revisions have numbers when they are made: those of one task.');
    return policy;
  }

  private begin({ deadLetters, image, name, platform, service, spec, starter }: JobProps): scheduler.CfnSchedule {
    return new scheduler.CfnSchedule(this, 'Schedule', {
      description: `Begins the job ${name} of ${service} in ${stagePrefix(platform)}`,
      // What stands in for a service has no jobs.
      state: image.released ? 'ENABLED' : 'DISABLED',
      flexibleTimeWindow: { mode: 'OFF' },
      scheduleExpression: awsCron(spec.schedule),
      scheduleExpressionTimezone: spec.timeZone,
      target: {
        arn: this.machine.attrArn,
        roleArn: starter.roleArn,
        input: '{}',
        deadLetterConfig: { arn: deadLetters.queueArn },
        retryPolicy: { maximumRetryAttempts: 5, maximumEventAgeInSeconds: lateStartMinutes * 60 },
      },
    });
  }
}
