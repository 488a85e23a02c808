import { aws_ecs as ecs, Size } from 'aws-cdk-lib';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { processUser, temporaryShare } from '../platform/process';

/** Log lines wait here while CloudWatch is slow; what does not fit is lost. Amazon's own tests lost nothing at this size. */
const logBuffer = Size.mebibytes(25);

/** What confinement needs to know of a container. */
export interface ConfinementProps {
  readonly logGroup: logs.ILogGroup;
  /** Tells the streams of a log group apart. */
  readonly streamPrefix: string;
  /** Memory of the task, in MiB. An eighth of it is the container's `/tmp`. */
  readonly memoryMiB: number;
}

type Confinement = Pick<
  ecs.ContainerDefinitionOptions,
  'linuxParameters' | 'logging' | 'readonlyRootFilesystem' | 'user' | 'versionConsistency'
>;

/**
 * What every container of the platform has in common on ECS: no root, no capability, no file to write but under `/tmp`,
 * from which nothing can be started, logs that never block the process, and the very image of the deployment on every task.
 */
export function confinement(scope: Construct, { logGroup, streamPrefix, memoryMiB }: ConfinementProps): Confinement {
  const linuxParameters = new ecs.LinuxParameters(scope, 'Linux', { initProcessEnabled: true });
  linuxParameters.dropCapabilities(ecs.Capability.ALL);
  linuxParameters.addTmpfs({
    containerPath: '/tmp',
    size: memoryMiB * temporaryShare,
    mountOptions: [ecs.TmpfsMountOption.NOEXEC, ecs.TmpfsMountOption.NOSUID, ecs.TmpfsMountOption.NODEV],
  });
  return {
    linuxParameters,
    logging: taskLogs(logGroup, streamPrefix),
    readonlyRootFilesystem: true,
    user: `${processUser}:${processUser}`,
    versionConsistency: ecs.VersionConsistency.ENABLED,
  };
}

/** A container's output as log streams that never make the container wait. */
export const taskLogs = (logGroup: logs.ILogGroup, streamPrefix: string): ecs.LogDriver =>
  ecs.LogDrivers.awsLogs({
    logGroup,
    streamPrefix,
    mode: ecs.AwsLogDriverMode.NON_BLOCKING,
    maxBufferSize: logBuffer,
  });
