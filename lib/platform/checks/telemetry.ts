import { sitesOf } from '../platform';
import { when, type Check } from './check';

/** Where figures and traces are kept, and who is let in to look at them, is AWS's; a cluster on Azure has its own without it. */
export const telemetry: Check = (platform) =>
  platform.telemetry === undefined
    ? []
    : sitesOf(platform).flatMap(({ cloud, siteName }) =>
        when(cloud !== 'aws', () => ({
          path: 'telemetry',
          got: cloud,
          allowed: `absent with a site on ${cloud} (${siteName}), whose cluster has a collector, figures, traces and dashboards without it`,
          remedy: 'remove it, or stand on aws alone',
        })),
      );
