import { sitesOf } from '../platform';
import { when, type Check } from './check';

/** Collectors beside tasks are ECS's; a cluster has one of its own, whatever the definition says. */
export const telemetry: Check = (platform) =>
  platform.telemetry === undefined
    ? []
    : sitesOf(platform).flatMap(({ cloud, runtime, siteName }) =>
        when(runtime !== 'ecs', () => ({
          path: 'telemetry',
          got: runtime,
          allowed: `absent with runtime '${runtime}' (${siteName} on ${cloud}), whose cluster has a collector, figures, traces and dashboards without it`,
          remedy: "remove it, or run the site with runtime 'ecs'",
        })),
      );
