import { latencyBounds } from '../gateway/latency';
import { clusterSitesOf, hasGateway } from '../platform';
import { when, type Check } from './check';

/** A time in which calls are answered can be measured where pods serve only at a bound by which the gateway counts. */
export const serviceLevel: Check = (platform) => {
  const promised = platform.goals.serviceLevel;
  if (promised === undefined) return [];
  const sites = clusterSitesOf(platform)
    .map(({ siteName }) => siteName)
    .filter((site) => hasGateway(platform, site));
  return when(sites.length > 0 && !latencyBounds.includes(promised.milliseconds), () => ({
    path: 'goals.serviceLevel.milliseconds',
    got: promised.milliseconds,
    allowed: `${latencyBounds.join(', ')}: bounds by which the gateway counts how long calls took, where pods serve, at ${sites.join(' and ')}`,
    remedy: 'promise the nearest of them',
  }));
};
