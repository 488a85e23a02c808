import { edgePaths } from '../edge/paths';
import type { Problem } from '../error';
import { sitesOn, type Platform } from '../platform';
import { when, type Check } from './check';

/** What Front Door takes: https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits, 2026. */
const frontDoor = {
  /** It waits for an answer no longer, in seconds. */
  answerSeconds: 240,
  /** Patterns of paths in a route. Each path takes two: itself, and what lies below it. */
  patterns: 25,
} as const;

/** The firewall of an application gateway counts no further than this. */
const mostRequests = 5000;

/** What the edge on Azure cannot do. */
export const azureEdge: Check = (platform) => {
  const { edge } = platform;
  const sites = sitesOn(platform, 'azure');
  if (sites.length === 0 || edge === undefined) return [];
  const { loginsPerAddress, requestsPerAddress } = edge.firewall;
  const served = platform.buckets[edge.assets];
  return [
    ...slowAnswers(platform),
    ...manyPaths(platform),
    ...when(edge.apiPath === '/', () => ({
      path: 'edge.apiPath',
      got: edge.apiPath,
      allowed: 'a path below / on azure, where every other path leads to the assets',
      remedy: 'put the API below /api',
    })),
    ...Object.entries({ loginsPerAddress, requestsPerAddress }).flatMap(([limit, requests]) =>
      when(requests > mostRequests, () => ({
        path: `edge.firewall.${limit}`,
        got: requests,
        allowed: `at most ${mostRequests} on azure, where an application gateway counts no further`,
        remedy: 'lower it',
      })),
    ),
    ...when(served !== undefined && served.dataClass !== 'public', () => ({
      path: `buckets.${edge.assets}.dataClass`,
      got: served?.dataClass,
      allowed: 'public on azure, where Front Door reads assets without an identity, by a private way',
      remedy: 'keep what is not public in another bucket, and let a service hand it out',
    })),
    ...sites.flatMap(({ siteName }) =>
      when(served !== undefined && !served.on.includes(siteName), () => ({
        path: `buckets.${edge.assets}.on`,
        got: served?.on,
        allowed: `with ${siteName}, where Front Door serves the assets from the site's own copy`,
        remedy: `add ${siteName}`,
      })),
    ),
  ];
};

const slowAnswers = (platform: Platform): readonly Problem[] =>
  Object.entries(platform.services).flatMap(([name, { routes, timeoutSeconds }]) =>
    when(routes.length > 0 && timeoutSeconds >= frontDoor.answerSeconds, () => ({
      path: `services.${name}.timeoutSeconds`,
      got: timeoutSeconds,
      allowed: `less than ${frontDoor.answerSeconds} for a service with routes on azure, where Front Door waits no longer`,
      remedy: 'answer at once and work on it from a queue, or remove the routes',
    })),
  );

/** Every path that the edge tells apart is in one route of Front Door with those that are kept as long. */
function manyPaths(platform: Platform): readonly Problem[] {
  const most = Math.floor(frontDoor.patterns / 2);
  const paths = edgePaths(platform).map(({ cacheSeconds }) => cacheSeconds);
  return [...new Set(paths)].flatMap((cacheSeconds) => {
    const count = paths.filter((each) => each === cacheSeconds).length;
    return when(count > most, () => ({
      path: 'services',
      got: `${count} paths with cacheSeconds ${cacheSeconds}`,
      allowed: `at most ${most} paths with the same cacheSeconds on azure, where a route of Front Door takes ${frontDoor.patterns} patterns`,
      remedy: 'put them below one path, or keep some of them for another time',
    }));
  });
}
