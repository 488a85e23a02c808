import { sitesOf, standsOn, watchedServices, type PlacedSite, type Platform } from '../platform';
import { when, type Check } from './check';

type Placed = PlacedSite & { readonly name: string };

/** Every set of flags on every site of AWS on which it stands. */
const onAws = (platform: Platform): readonly Placed[] =>
  sitesOf(platform)
    .filter(({ cloud }) => cloud === 'aws')
    .flatMap((site) =>
      Object.keys(platform.flags)
        .filter((name) => standsOn(platform, site.siteName, 'flags', name))
        .map((name) => ({ ...site, name })),
    );

/** How many services a set may follow back: AppConfig watches five alarms an environment. https://docs.aws.amazon.com/general/latest/gr/appconfig.html */
const mostWatched = 5;

/** A set that is turned back when tasks of services fail is turned back by each of them; one for pods, by what their gateway answers. */
export const watchedFlags: Check = (platform) =>
  onAws(platform).flatMap(({ name, runtime }) => {
    if (runtime !== 'ecs') return [];
    const watched = watchedServices(platform, name);
    return when(watched.length > mostWatched, () => ({
      path: `flags.${name}`,
      got: watched,
      allowed: `used by at most ${mostWatched} services with routes on aws, whose errors turn it back`,
      remedy: 'divide the set by who uses what',
    }));
  });

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
