import { siteOn } from '../platform';
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
