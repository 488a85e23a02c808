import { clusterSitesOf, type Platform } from '../platform';
import { allowedTimeZone, isTimeZone } from '../time-zone';
import type { Problem } from '../error';
import { when, type Check } from './check';

/** Hours of releases are hours, and there is somebody who keeps them: the role of the pipeline or Argo CD, never who applies by hand. */
export const releaseHours: Check = (platform) => {
  const hours = platform.delivery.releaseHours;
  if (hours === undefined) return [];
  return [
    ...when(hours.from >= hours.until, () => ({
      path: 'delivery.releaseHours.until',
      got: hours.until,
      allowed: `after from, which is ${hours.from}, on the same day`,
      remedy: 'correct it',
    })),
    ...when(!isTimeZone(hours.timeZone), () => ({
      path: 'delivery.releaseHours.timeZone',
      got: hours.timeZone,
      allowed: allowedTimeZone,
      remedy: 'correct it',
    })),
    ...unkept(platform),
  ];
};

const unkept = (platform: Platform): readonly Problem[] =>
  platform.delivery.manifests.by === 'argocd'
    ? []
    : clusterSitesOf(platform).map(({ cloud, runtime }) => ({
        path: 'delivery.releaseHours',
        got: platform.delivery.releaseHours,
        allowed: `absent on ${cloud} with runtime ${runtime} while manifests are applied by pulumi, which knows no hours`,
        remedy: "deliver with manifests: { by: 'argocd' }, which keeps them, or remove it",
      }));
