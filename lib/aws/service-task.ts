import { aws_ecs as ecs, Duration } from 'aws-cdk-lib';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { serviceContainer } from '../platform/names';
import type { Service } from '../platform/nouns/service';
import { acknowledge } from './acknowledge';
import { addCollectorBeside, type Collecting } from './collector';
import { confinement } from './confinement';
import { fargateTask } from './fargate-task';
import { livenessCheck, taskSize } from './service-settings';
import type { Received } from './service-uses';
import type { TaskRoles } from './task-roles';

/** What the task of a service is made from. */
export interface ServiceTaskProps {
  readonly name: string;
  readonly spec: Service;
  readonly image: ecs.ContainerImage;
  /** @default - the image's own */
  readonly command: readonly string[] | undefined;
  readonly roles: TaskRoles;
  readonly logGroup: logs.ILogGroup;
  readonly received: Received;
  /** What takes its figures and traces. @default - nothing */
  readonly collecting?: Collecting | undefined;
}

/** The task of a service: one confined container on ARM, with what the contract gives it. */
export function serviceTask(scope: Construct, id: string, props: ServiceTaskProps): ecs.FargateTaskDefinition {
  const { collecting, command, image, logGroup, name, received, roles, spec } = props;
  const size = taskSize(spec.capacity);
  const { executionRole, taskRole } = roles;
  const task = fargateTask(scope, id, { size, taskRole, executionRole });
  const app = task.addContainer(serviceContainer, {
    ...confinement(task, { logGroup, streamPrefix: name, memoryMiB: size.memoryLimitMiB }),
    image,
    ...(command === undefined ? {} : { command: [...command] }),
    environment: received.environment,
    secrets: received.secrets,
    healthCheck: livenessCheck(spec),
    stopTimeout: Duration.seconds(spec.drainSeconds),
    portMappings: [
      {
        name,
        containerPort: spec.port,
        appProtocol: spec.protocol === 'grpc' ? ecs.AppProtocol.grpc : ecs.AppProtocol.http,
      },
    ],
  });
  addCollectorBeside(app, { service: name, collecting, logGroup });
  acknowledge(task, {
    'AwsSolutions-ECS2':
      'The environment holds names, addresses and limits of the contract; secrets are injected by reference.',
  });
  return task;
}
