import { errorPercent, p95Milliseconds, requestsPerMinute } from '../mesh-figures';
import { named } from '../named';
import { kubernetesNamespace } from '../names';
import type { Platform } from '../platform';
import type { Answers } from './pages';

const window = '5m';

/** What the proxies of a mesh tell of services, and Kubernetes of their pods. */
export function meshAnswers(platform: Pick<Platform, 'name' | 'services'>): Answers {
  const fullness = (service: string): string => {
    const own = `namespace="${kubernetesNamespace(platform, service)}"`;
    const pods = (what: string) => `max(kube_horizontalpodautoscaler_${what}_replicas{${own}})`;
    return `100 * ${pods('status_current')} / ${pods('spec_max')}`;
  };
  return {
    requests: (service) => requestsPerMinute({ platform, service }, window),
    errors: (service) =>
      errorPercent({ platform, service }, named('services', platform.services, service).protocol, window),
    p95: (service) => p95Milliseconds({ platform, service }, window),
    saturation: (services) => [
      {
        title: 'Pods of their most',
        description:
          'How many pods there are of as many as there may be. At a hundred percent, more load makes it slower.',
        unit: 'percent',
        limit: 100,
        asks: Object.fromEntries(services.map((service) => [service, fullness(service)])),
      },
    ],
  };
}
