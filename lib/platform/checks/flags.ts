import { flagsOn } from '../azure-flags';
import { sitesOn, standsOn, watchedServices } from '../platform';
import { when, type Check } from './check';

/** How many services a set may follow back: AppConfig watches five alarms an environment. https://docs.aws.amazon.com/general/latest/gr/appconfig.html */
const mostWatched = 5;

/** A set that is turned back when tasks of services fail is turned back by each of them; one for pods, by what their gateway answers. */
export const watchedFlags: Check = (platform) =>
  sitesOn(platform, 'aws')
    .filter(({ runtime }) => runtime === 'ecs')
    .flatMap(({ siteName }) =>
      Object.keys(platform.flags)
        .filter((name) => standsOn(platform, siteName, 'flags', name))
        .flatMap((name) => {
          const watched = watchedServices(platform, name);
          return when(watched.length > mostWatched, () => ({
            path: `flags.${name}`,
            got: watched,
            allowed: `used by at most ${mostWatched} services with routes on aws, whose errors turn it back`,
            remedy: 'divide the set by who uses what',
          }));
        }),
    );

/** Requests that a store of App Configuration answers in an hour at least. https://learn.microsoft.com/answers/questions/1167239 */
const hourlyRequests = 30_000;

/** So often a pod asks in an hour: once a minute. */
const hourlyQuestions = 60;

/** While a service is released, its fleet may stand twice. */
const fleets = 2;

/** Every pod on Azure that asks for a set is answered, at the most pods that there can be: a store refuses whoever asks beyond its hour. */
export const flagRequests: Check = (platform) =>
  sitesOn(platform, 'azure').flatMap(({ siteName }) =>
    flagsOn(platform, siteName).flatMap(([name]) => {
      const users = Object.values(platform.services).filter(({ uses }) => uses.flags.includes(name));
      const pods = fleets * users.reduce((sum, { scale }) => sum + scale.max, 0);
      return when(pods * hourlyQuestions > hourlyRequests, () => ({
        path: `flags.${name}`,
        got: `${pods} pods at most, while their services are released`,
        allowed: `at most ${hourlyRequests / hourlyQuestions} pods that ask once a minute on azure, whose store answers ${hourlyRequests} requests an hour`,
        remedy: 'divide the set by who uses what: each set has a store of its own',
      }));
    }),
  );

/** A set of flags that no service asks for is watched by nobody, and turns nothing. */
export const usedFlags: Check = ({ flags: sets, services }) =>
  Object.keys(sets).flatMap((name) =>
    when(!Object.values(services).some(({ uses }) => uses.flags.includes(name)), () => ({
      path: `flags.${name}`,
      got: 'used by nobody',
      allowed: 'named by uses.flags of a service',
      remedy: `add ${name} to uses.flags of the services that ask for it, or remove it`,
    })),
  );
