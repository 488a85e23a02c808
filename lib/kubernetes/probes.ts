import type { Service } from '../platform/nouns/service';
import { grpcLiveService, livenessAnswers, readinessAnswers } from '../platform/process';

/** How Kubernetes asks a process: by HTTP, or by the standard health service of gRPC. */
export type Question =
  | { readonly httpGet: { readonly path: string; readonly port: number } }
  | { readonly grpc: { readonly port: number; readonly service?: string } };

/** A probe, in seconds and answers in a row. */
export type Probe = Question & {
  readonly periodSeconds: number;
  readonly timeoutSeconds: number;
  readonly successThreshold: number;
  readonly failureThreshold: number;
};

/** How often a process that starts is asked, in seconds. */
const startInterval = 5;

/**
 * Whether a process has started, lives, and may have traffic. A start may take as long as the model says; until then nobody
 * asks the other two. Only readiness reaches what the process depends on: were liveness to do so, a database that is away
 * would restart every service.
 *
 * What stands in for a service until its first release answers HTTP alone, whatever the service will speak.
 */
export function probes(
  { health, port, protocol }: Pick<Service, 'health' | 'port' | 'protocol'>,
  { released }: { readonly released: boolean },
): { readonly startupProbe: Probe; readonly livenessProbe: Probe; readonly readinessProbe: Probe } {
  const grpc = protocol === 'grpc' && released;
  const live: Question = grpc
    ? { grpc: { port, service: grpcLiveService } }
    : { httpGet: { path: health.livePath, port } };
  const answers = readinessAnswers(health);
  const ready: Question = grpc ? { grpc: { port } } : { httpGet: { path: health.readyPath, port } };
  return {
    startupProbe: {
      ...live,
      periodSeconds: startInterval,
      timeoutSeconds: livenessAnswers.timeoutSeconds,
      successThreshold: 1,
      failureThreshold: Math.ceil(health.startSeconds / startInterval),
    },
    livenessProbe: {
      ...live,
      periodSeconds: livenessAnswers.intervalSeconds,
      timeoutSeconds: livenessAnswers.timeoutSeconds,
      successThreshold: 1,
      failureThreshold: livenessAnswers.unhealthyAnswers,
    },
    readinessProbe: {
      ...ready,
      periodSeconds: answers.intervalSeconds,
      timeoutSeconds: answers.timeoutSeconds,
      successThreshold: answers.healthyAnswers,
      failureThreshold: answers.unhealthyAnswers,
    },
  };
}
