import { movesWeights } from '../nouns/release';
import { sitesOf, type Platform } from '../platform';
import { when, type Check } from './check';

/** Requests of a user go to one task: on every site, through every release, and by a user who is known. */
export const sticky: Check = (platform) =>
  Object.keys(platform.services).flatMap((name) => stickyProblems(platform, name));

function stickyProblems(platform: Platform, name: string): ReturnType<Check> {
  const service = platform.services[name];
  if (service?.sticky === undefined) return [];
  const path = `services.${name}`;
  const { drainSeconds, protocol, release, routes } = service;
  const { persistSeconds } = service.sticky;
  return [
    ...sitesOf(platform)
      .filter(({ runtime }) => runtime === 'ecs')
      .map(({ siteName }) => ({
        path: `${path}.sticky`,
        got: service.sticky,
        allowed: `absent on ecs, as at sites.${siteName}, where calls take turns and nobody knows the user of one`,
        remedy: "set runtime: 'eks' there, or keep what a task knows of a user in a cache",
      })),
    ...when(movesWeights(release), () => ({
      path: `${path}.release.kind`,
      got: release.kind,
      allowed:
        "'blue-green' or 'rolling' for a sticky service: steps would share the requests of one user out between two versions",
      remedy: "release it by 'blue-green', which moves everybody at once",
    })),
    ...routes.flatMap((route, index) =>
      when(route.authentication === 'none', () => ({
        path: `${path}.routes.${index}.authentication`,
        got: route.authentication,
        allowed: "'token' for a sticky service, which knows a user by the token",
        remedy: 'ask for a token, or let another service answer the route',
      })),
    ),
    ...when(protocol === 'http' && routes.length === 0, () => ({
      path: `${path}.routes`,
      got: [],
      allowed: 'at least one for a sticky service, since users come by the gateway',
      remedy: 'give it a route, or take sticky away',
    })),
    ...when(persistSeconds > drainSeconds, () => ({
      path: `${path}.sticky.persistSeconds`,
      got: persistSeconds,
      allowed: `at most drainSeconds, which is ${drainSeconds}: what is written all the time must be written once before the end`,
      remedy: 'lower it, or raise drainSeconds',
    })),
  ];
}
