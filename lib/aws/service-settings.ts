import { Duration } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import type { Service } from '../platform/nouns/service';
import { scopeTier } from '../platform/subnets';
import { grpcLiveService, livenessAnswers, readinessAnswers } from '../platform/process';

/** A task's size in the units of Fargate: 1024 units a processor, MiB. */
export function taskSize({ vcpu, memoryGiB }: Service['capacity']): {
  readonly cpu: number;
  readonly memoryLimitMiB: number;
} {
  return { cpu: vcpu * 1024, memoryLimitMiB: memoryGiB * 1024 };
}

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
    interval: Duration.seconds(livenessAnswers.intervalSeconds),
    timeout: Duration.seconds(livenessAnswers.timeoutSeconds),
    retries: livenessAnswers.unhealthyAnswers,
    startPeriod: Duration.seconds(health.startSeconds),
  };
}

/**
 * Seconds after its start in which a task is not judged by the load balancer: its own start, the answers that make it
 * healthy, and one interval for the first question to arrive.
 */
export function graceSeconds(health: Pick<Service['health'], 'readyEverySeconds' | 'startSeconds'>): number {
  const { healthyAnswers, intervalSeconds } = readinessAnswers(health);
  return health.startSeconds + (healthyAnswers + 1) * intervalSeconds;
}

/** Subnets in which tasks of a service stand: those of all services, or of its scope. */
export const servicesSubnets = (scope: { readonly name: string } | undefined): ec2.SubnetSelection => ({
  subnetGroupName: scope === undefined ? 'app' : scopeTier(scope.name, 'services'),
});
