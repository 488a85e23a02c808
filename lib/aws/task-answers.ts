import type { Answers } from '../platform/dashboards/pages';
import type { Measure } from '../platform/dashboards/panels';
import { telemetryAnswers } from '../platform/dashboards/telemetry-answers';
import { named } from '../platform/named';
import type { Platform } from '../platform/platform';
import type { ServiceFigures } from './figures';

/** How tasks are asked about: what their services tell of themselves, and how full ECS finds them. */
export function taskAnswers(
  platform: Pick<Platform, 'goals' | 'name' | 'services'>,
  figures: readonly Pick<ServiceFigures, 'clusterName' | 'name' | 'scale' | 'serviceName'>[],
): Answers {
  const known = Object.fromEntries(figures.map((each) => [each.name, each]));
  const of = (services: readonly string[], of: Pick<Measure, 'metric' | 'namespace' | 'statistic'>) =>
    Object.fromEntries(
      services.map((service) => {
        const { clusterName, serviceName } = named('services', known, service);
        return [service, { ...of, dimensions: { ClusterName: clusterName, ServiceName: serviceName } }];
      }),
    );
  return {
    ...telemetryAnswers(platform),
    saturation: (services) => {
      // Bounds are of one service.
      const scale = services.length === 1 ? platform.services[services[0] ?? '']?.scale : undefined;
      return [
        {
          title: 'Processor',
          description: 'How much of its processors the average task uses. Tasks are added where a line is drawn.',
          unit: 'percent',
          limit: scale?.cpuPercent,
          asks: of(services, { namespace: 'AWS/ECS', metric: 'CPUUtilization', statistic: 'Average' }),
        },
        {
          title: 'Memory',
          description: 'How much of its memory the fullest task uses. At a hundred percent it is stopped.',
          unit: 'percent',
          limit: 100,
          asks: of(services, { namespace: 'AWS/ECS', metric: 'MemoryUtilization', statistic: 'Maximum' }),
        },
        {
          title: 'Tasks',
          description: 'How many tasks run. At the line there are as many as there may be: more load makes it slower.',
          unit: 'short',
          limit: scale?.max,
          asks: of(services, { namespace: 'ECS/ContainerInsights', metric: 'RunningTaskCount', statistic: 'Average' }),
        },
      ];
    },
  };
}
