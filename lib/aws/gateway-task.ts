import { aws_ecs as ecs, aws_secretsmanager as secretsmanager, Duration } from 'aws-cdk-lib';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { gatewayOf, longestSilenceSeconds } from '../platform/gateway/configuration';
import { gatewayDrainSeconds, kongEnvironment } from '../platform/gateway/environment';
import { gatewayVariables, publicKeyVariable } from '../platform/gateway/references';
import { gatewayStart } from '../platform/gateway/start';
import { keyIds, type KeyId } from '../platform/gateway/token-keys';
import { gatewayWord } from '../platform/names';
import type { Platform } from '../platform/platform';
import { gatewayPort, gatewayStatusPort } from '../platform/ports';
import { acknowledge } from './acknowledge';
import { addCollectorBeside, type Collecting } from './collector';
import { confinement } from './confinement';
import { fargateTask } from './fargate-task';
import { taskSize } from './service-settings';
import type { TaskRoles } from './task-roles';

/** The container's name in the task. */
export const gatewayContainer = 'kong';

/** A start takes this long at most, in seconds: Kong makes a key and a certificate first. */
export const gatewayStartSeconds = 60;

export interface GatewayTaskProps {
  readonly platform: Platform;
  readonly image: ecs.ContainerImage;
  /** Kong's declarative document, with placeholders. */
  readonly document: string;
  readonly cacheHost: string;
  /** Secret with the fields `username` and `password`. */
  readonly cacheSecret: secretsmanager.ISecret;
  /** Secrets whose whole values are the public keys, by id. */
  readonly tokenKeys: Readonly<Record<KeyId, secretsmanager.ISecret>>;
  readonly trustedRanges: readonly string[];
  readonly roles: TaskRoles;
  readonly logGroup: logs.ILogGroup;
  /** What takes its traces. @default - nothing */
  readonly collecting?: Collecting | undefined;
  /** Whether it tells load tests from everybody else. @default false */
  readonly admitsLoads?: boolean;
}

/** The task of the gateway: Kong in one confined container on ARM. */
export function gatewayTask(scope: Construct, id: string, props: GatewayTaskProps): ecs.FargateTaskDefinition {
  const { collecting, logGroup, platform, roles } = props;
  const gateway = gatewayOf(platform);
  const size = taskSize(gateway.capacity);
  const { executionRole, taskRole } = roles;
  const task = fargateTask(scope, id, { size, taskRole, executionRole });
  const container = task.addContainer(gatewayContainer, {
    ...confinement(task, { logGroup, streamPrefix: 'gateway', memoryMiB: size.memoryLimitMiB }),
    image: props.image,
    entryPoint: [...gatewayStart],
    environment: {
      ...kongEnvironment({
        gateway,
        trustedRanges: props.trustedRanges,
        longestTimeoutSeconds: longestSilenceSeconds(platform),
        drainSeconds: gatewayDrainSeconds,
        tracedPercent: collecting === undefined ? undefined : platform.telemetry?.tracedPercent,
        admitsLoads: props.admitsLoads ?? false,
      }),
      [gatewayVariables.document]: props.document,
      [gatewayVariables.cacheHost]: props.cacheHost,
    },
    secrets: {
      [gatewayVariables.cacheUser]: injected(task, 'CacheUser', props.cacheSecret, 'username'),
      [gatewayVariables.cachePassword]: injected(task, 'CachePassword', props.cacheSecret, 'password'),
      ...Object.fromEntries(
        keyIds.map((id) => [publicKeyVariable(id), injected(task, `TokenKey${id.toUpperCase()}`, props.tokenKeys[id])]),
      ),
    },
    healthCheck: {
      command: ['CMD-SHELL', 'kong health'],
      interval: Duration.seconds(15),
      timeout: Duration.seconds(10),
      retries: 3,
      startPeriod: Duration.seconds(gatewayStartSeconds),
    },
    // The image asks for SIGQUIT, on which nginx finishes what it has begun.
    stopTimeout: Duration.seconds(gatewayDrainSeconds + 10),
    portMappings: [{ containerPort: gatewayPort }, { containerPort: gatewayStatusPort }],
  });
  addCollectorBeside(container, { service: gatewayWord, collecting, logGroup });
  container.addUlimits({ name: ecs.UlimitName.NOFILE, softLimit: 65_535, hardLimit: 65_535 });
  acknowledge(task, {
    'AwsSolutions-ECS2': 'The environment holds settings and routes; secrets are injected by reference.',
  });
  return task;
}

/** ECS grants itself what it injects; a handle keeps that out of the policies of the secret and its key. */
const injected = (task: Construct, id: string, secret: secretsmanager.ISecret, field?: string): ecs.Secret =>
  ecs.Secret.fromSecretsManager(
    secretsmanager.Secret.fromSecretCompleteArn(task, `${id}Handle`, secret.secretArn),
    field,
  );
