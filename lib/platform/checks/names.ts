import { azureIdentity, cacheUser, databaseUser, eventTable } from '../names';
import { sitesOf, type Platform } from '../platform';
import type { Check } from './check';

interface Limit {
  readonly cloud: 'aws' | 'azure' | 'every cloud';
  readonly what: string;
  readonly max: number;
  readonly names: (platform: Platform) => readonly (readonly [path: string, name: string])[];
}

const services = (name: (platform: Platform, service: string) => string) => (platform: Platform) =>
  Object.keys(platform.services).map((service) => [`services.${service}`, name(platform, service)] as const);

/** Longest names that the clouds accept, for every name that is made of the definition's. */
const limits: readonly Limit[] = [
  { cloud: 'aws', what: 'an ElastiCache user id', max: 40, names: services(cacheUser) },
  { cloud: 'azure', what: 'a managed identity', max: 128, names: services(azureIdentity) },
  { cloud: 'every cloud', what: 'a PostgreSQL user', max: 63, names: services((_, service) => databaseUser(service)) },
  {
    cloud: 'every cloud',
    what: 'a PostgreSQL table',
    max: 63,
    names: (platform) => Object.keys(platform.eventStores).map((store) => [`eventStores.${store}`, eventTable(store)]),
  },
];

/** No name is longer than its cloud accepts. */
export const nameLengths: Check = (platform) => {
  const clouds: readonly string[] = [...sitesOf(platform).map((site) => site.cloud), 'every cloud'];
  return limits
    .filter(({ cloud }) => clouds.includes(cloud))
    .flatMap(({ cloud, what, max, names }) =>
      names(platform)
        .filter(([, name]) => name.length > max)
        .map(([path, name]) => ({
          path,
          got: name,
          allowed: `at most ${max} characters as ${what} on ${cloud}, and this is ${name.length}`,
          remedy: 'shorten the name of the part, the platform or the stage',
        })),
    );
};

/** Two names that differ only in what a database name cannot hold would become one. */
export const distinctNames: Check = (platform) => {
  const users = Object.keys(platform.services).map((service) => ({ path: `services.${service}`, name: databaseUser(service) }));
  return users
    .filter(({ name }, index) => users.findIndex((other) => other.name === name) !== index)
    .map(({ path, name }) => ({
      path,
      got: name,
      allowed: 'a name that stays different when hyphens become underscores',
      remedy: 'rename the service',
    }));
};
