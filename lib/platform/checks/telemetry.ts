import { collectorShare } from '../telemetry';
import { sitesOf, type Platform } from '../platform';
import { when, type Check } from './check';

/** Collectors beside tasks are ECS's; a cluster has one of its own, whatever the definition says. */
export const telemetry: Check = (platform) =>
  platform.telemetry === undefined
    ? []
    : [
        ...sitesOf(platform).flatMap(({ cloud, runtime, siteName }) =>
          when(runtime !== 'ecs', () => ({
            path: 'telemetry',
            got: runtime,
            allowed: `absent with runtime '${runtime}' (${siteName} on ${cloud}), whose cluster has a collector, figures, traces and dashboards without it`,
            remedy: "remove it, or run the site with runtime 'ecs'",
          })),
        ),
        ...roomProblems(platform),
      ];

/** A task has room for the collector beside its service. */
const roomProblems = ({ services }: Platform) =>
  Object.entries(services).flatMap(([name, { capacity }]) =>
    when(capacity.memoryGiB * 1024 < collectorShare.memoryMiB * 4, () => ({
      path: `services.${name}.capacity.memoryGiB`,
      got: capacity.memoryGiB,
      allowed: `at least ${(collectorShare.memoryMiB * 4) / 1024} with telemetry, whose collector takes ${collectorShare.memoryMiB} MiB of each task`,
      remedy: 'raise it',
    })),
  );
