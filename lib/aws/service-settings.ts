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

/** How ECS asks a container whether it lives. Images carry busybox's `wget`, or `grpc_health_probe` for gRPC. */
export function livenessCheck({
  health,
  port,
  protocol,
}: Pick<Service, 'health' | 'port' | 'protocol'>): ecs.HealthCheck {
  return {
    command:
      protocol === 'grpc'
        ? ['CMD', '/bin/grpc_health_probe', `-addr=127.0.0.1:${port}`]
        : ['CMD-SHELL', `wget -q -T 3 -O /dev/null http://127.0.0.1:${port}${health.livePath} || exit 1`],
    interval: Duration.seconds(10),
    timeout: Duration.seconds(5),
    retries: 3,
    startPeriod: Duration.seconds(health.startSeconds),
  };
}
