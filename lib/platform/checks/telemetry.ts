import { siteOn } from '../platform';
import { queryingServices } from '../queries';
import { when, type Check } from './check';

/**
 * Where figures and traces are kept, and who is let in to look at them, is AWS's. A cluster on Azure keeps its own without it; beside a
 * primary on AWS its services are told the same, and tell the collector of their cluster.
 */
export const telemetry: Check = (platform) =>
  platform.telemetry === undefined
    ? []
    : when(siteOn(platform, 'aws') === undefined, () => ({
        path: 'telemetry',
        got: platform.stage.sites.primary.cloud,
        allowed:
          'absent without a site on aws: a cluster on azure has a collector, figures, traces and dashboards without it',
        remedy: 'remove it, or stand on aws',
      }));

/** What queries take is told by services that make some, and kept where telemetry is. */
export const queryGoal: Check = (platform) => {
  const { queryMilliseconds } = platform.goals;
  if (queryMilliseconds === undefined) return [];
  const refused = (allowed: string, remedy: string) => ({
    path: 'goals.queryMilliseconds',
    got: queryMilliseconds,
    allowed,
    remedy: `remove it, or ${remedy}`,
  });
  return [
    ...when(platform.telemetry === undefined, () =>
      refused('absent without telemetry, by which services tell how long their queries take', 'add telemetry'),
    ),
    ...when(queryingServices(platform).length === 0, () =>
      refused('absent where no service uses a database', 'name a database in uses.databases of a service'),
    ),
  ];
};
