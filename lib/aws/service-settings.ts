import { Duration } from 'aws-cdk-lib';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import type { Service } from '../platform/nouns/service';

/** A task's size in the units of Fargate: 1024 units a processor, MiB. */
export function taskSize({ vcpu, memoryGiB }: Service['capacity']): {
  readonly cpu: number;
  readonly memoryLimitMiB: number;
} {
  return { cpu: vcpu * 1024, memoryLimitMiB: memoryGiB * 1024 };
}

/** Name under which a gRPC service reports that it lives, in the standard health service. */
export const grpcLiveService = 'live';

/**
 * How ECS asks a container whether it lives. No shell is needed: images carry `wget` (busybox's will do), or
 * `grpc_health_probe` for gRPC.
 */
export function livenessCheck({
  health,
  port,
  protocol,
}: Pick<Service, 'health' | 'port' | 'protocol'>): ecs.HealthCheck {
  return {
    command:
      protocol === 'grpc'
        ? ['CMD', '/bin/grpc_health_probe', `-addr=127.0.0.1:${port}`, `-service=${grpcLiveService}`]
        : ['CMD', 'wget', '-q', '-T', '3', '-O', '/dev/null', `http://127.0.0.1:${port}${health.livePath}`],
    interval: Duration.seconds(10),
    timeout: Duration.seconds(5),
    retries: 3,
    startPeriod: Duration.seconds(health.startSeconds),
  };
}

/** How the load balancer asks, in seconds and answers in a row. */
export const readinessCheck = {
  intervalSeconds: 10,
  timeoutSeconds: 5,
  healthyAnswers: 2,
  unhealthyAnswers: 3,
} as const;

/**
 * Seconds after its start in which a task is not judged by the load balancer: its own start, the answers that make it
 * healthy, and one interval for the first question to arrive.
 */
export const graceSeconds = ({ startSeconds }: Pick<Service['health'], 'startSeconds'>): number =>
  startSeconds + (readinessCheck.healthyAnswers + 1) * readinessCheck.intervalSeconds;
