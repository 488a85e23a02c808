import { errorPercent, openConnections, p95Milliseconds, requestsPerMinute } from './mesh-figures';
import { named } from './named';
import { kubernetesNamespace } from './names';
import type { Platform } from './platform';
import type { WorkloadAlert } from './workload-alert';

/** Over which time requests of a service are looked at. */
const window = '5m';

const runbook = 'eks-service';

/** More than this many times what a pod should hold, and it is about to refuse. */
const crowded = 1.5;

/** Asks whether too many requests to a service fail: at the figure at which a release of it would be taken back, where there are enough of them. */
export function failing(platform: Pick<Platform, 'name' | 'services'>, service: string, over: string): string {
  const { protocol, release } = named('services', platform.services, service);
  const { errorPercent: most, minimumRequests } = release.rollback;
  const subject = { platform, service };
  return `${errorPercent(subject, protocol, over)} > ${most} and on() (${requestsPerMinute(subject, over)} >= ${minimumRequests})`;
}

/**
 * When somebody is called for a service, from what the proxies of the mesh tell: at the figures at which a release of it would be
 * taken back, wherever it runs, and at the response time that it promises itself; and when its pods do not stay up, or are as many as they may be.
 */
export function serviceAlerts(
  platform: Pick<Platform, 'name' | 'services'>,
  service: string,
): Readonly<Record<string, WorkloadAlert>> {
  const { p95Milliseconds: promised, release, scale, sockets } = named('services', platform.services, service);
  const subject = { platform, service };
  const { errorPercent: errors, minimumRequests } = release.rollback;
  const milliseconds = promised ?? release.rollback.p95Milliseconds;
  const namespace = `namespace="${kubernetesNamespace(platform, service)}"`;
  const enough = `and on() (${requestsPerMinute(subject, window)} >= ${minimumRequests})`;
  return {
    Errors: {
      expression: failing(platform, service, window),
      minutes: 5,
      severity: 1,
      description: `More than ${errors}% of the requests to ${service} fail.`,
      runbook,
    },
    Slow: {
      expression: `${p95Milliseconds(subject, window)} > ${milliseconds} ${enough}`,
      minutes: 5,
      severity: 1,
      description: `One request in twenty to ${service} takes longer than ${milliseconds} ms.`,
      runbook,
    },
    ...(sockets === undefined
      ? {}
      : {
          Crowded: {
            expression: `${openConnections(subject, 'max')} > ${crowded * sockets.perTask}`,
            minutes: 5,
            severity: 2,
            description: `A pod of ${service} holds more than ${crowded * sockets.perTask} connections, where ${sockets.perTask} were meant: more pods take new ones alone.`,
            runbook: 'sockets',
          } as const,
        }),
    Restarts: {
      expression: `sum(increase(kube_pod_container_status_restarts_total{${namespace}}[15m])) > 3`,
      minutes: 5,
      severity: 1,
      description: `Pods of ${service} are started again and again.`,
      runbook,
    },
    AtMost: {
      expression: `max(kube_horizontalpodautoscaler_status_current_replicas{${namespace}}) >= ${scale.max}`,
      minutes: 15,
      severity: 2,
      description: `${service} has as many pods as it may have, ${scale.max}: more load makes it slower.`,
      runbook,
    },
  };
}
