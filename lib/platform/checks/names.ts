import { contractOf, functionContractOf, type ContractEntry } from '../contract';
import type { Problem } from '../error';
import { azureIdentity } from '../azure-names';
import { whereIs } from '../azure-sites';
import { cacheUser, deliveryRole, gatewayCacheUser, migrationWord, secretsRole } from '../names';
import { hyphenated } from '../nouns/scalars';
import { clusterSitesOf, siteOn, sitesOf, type Platform, type SiteName } from '../platform';
import { parts, type Noun } from '../schema';
import { when, type Check } from './check';

interface Limit {
  readonly cloud: 'aws' | 'azure';
  readonly what: string;
  readonly max: number;
  readonly names: (platform: Platform) => readonly (readonly [path: string, name: string])[];
}

const services = (
  name: (platform: Platform, service: string) => string,
  has: (service: Platform['services'][string]) => boolean,
): Limit['names'] => {
  return (platform) =>
    Object.entries(platform.services)
      .filter(([, service]) => has(service))
      .map(([service]) => [`services.${service}`, name(platform, service)]);
};

/** The identity on Azure of a word: sites share it. */
const identityName = (platform: Platform, word: string): string => {
  const site = siteOn(platform, 'azure');
  return site === undefined ? '' : azureIdentity(whereIs(platform, site), word);
};

/** Longest names that the clouds accept, for every name that is made of several of the definition's. */
const limits: readonly Limit[] = [
  {
    cloud: 'aws',
    what: 'an ElastiCache user id',
    max: 40,
    names: services(cacheUser, ({ uses }) => uses.caches.length > 0),
  },
  {
    cloud: 'aws',
    what: 'an ElastiCache user id',
    max: 40,
    names: (platform) =>
      Object.keys(platform.caches).length === 0 ? [] : [[`stages.${platform.stageName}`, gatewayCacheUser(platform)]],
  },
  {
    cloud: 'aws',
    what: 'an IAM role name',
    max: 64,
    names: (platform) => [[`stages.${platform.stageName}`, deliveryRole(platform, 'deploy')]],
  },
  {
    cloud: 'aws',
    what: 'an IAM role name',
    max: 64,
    names: (platform) =>
      clusterSitesOf(platform).some(({ cloud }) => cloud === 'aws')
        ? services(secretsRole, ({ uses }) => uses.secrets.length > 0)(platform)
        : [],
  },
  { cloud: 'azure', what: 'a managed identity', max: 128, names: services(identityName, () => true) },
  {
    cloud: 'azure',
    what: 'a user of PostgreSQL',
    max: 63,
    names: (platform) =>
      Object.values(platform.databases).some(({ engine }) => engine === 'postgres')
        ? [[`stages.${platform.stageName}`, identityName(platform, migrationWord)]]
        : [],
  },
];

/** No name is longer than its cloud accepts. */
export const nameLengths: Check = (platform) => {
  const clouds = sitesOf(platform).map((site) => site.cloud);
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

/** The name of a stage becomes part of names, as a part's does. */
export const stageName: Check = ({ stageName }) => [
  ...when(!hyphenated.safeParse(stageName).success, () => ({
    path: `stages.${stageName}`,
    got: stageName,
    allowed: 'lower-case words joined by hyphens, beginning with a letter',
    remedy: 'rename the stage',
  })),
  ...when(stageName.endsWith('-recovery'), () => ({
    path: `stages.${stageName}`,
    got: stageName,
    allowed: 'a name that ends otherwise: so names of a second site on azure do',
    remedy: 'rename the stage',
  })),
];

/** Clouds leave hyphens out of some names, and ids: two names that differ only in them would become one. */
export const distinctNames: Check = (platform) =>
  (Object.keys(parts) as Noun[]).flatMap((noun) => {
    const first = new Map<string, string>();
    return Object.keys(platform[noun]).flatMap((name) => {
      const bare = name.replaceAll('-', '');
      const twin = first.get(bare);
      if (twin === undefined) first.set(bare, name);
      return when(twin !== undefined, () => ({
        path: `${noun}.${name}`,
        got: name,
        allowed: `different from ${twin} in more than hyphens`,
        remedy: 'rename one of the two',
      }));
    });
  });

/** Every kind of variable that any cloud gives a service. */
const authentications = { databases: 'password', caches: 'password', searches: 'password', messages: 'iam' } as const;

/** Variables that more than one entry gives, on one site or another. */
function repeatedVariables(
  platform: Platform,
  entriesOn: (site: SiteName) => readonly ContractEntry[],
): readonly string[] {
  const repeated = sitesOf(platform).flatMap(({ siteName }) => {
    const entries = entriesOn(siteName);
    if (new Set(entries.map(({ variable }) => variable)).size === entries.length) return [];
    const distinct = new Map(entries.map((entry) => [JSON.stringify(entry), entry.variable]));
    const names = [...distinct.values()];
    return names.filter((name, index) => names.indexOf(name) !== index);
  });
  return [...new Set(repeated)];
}

const repeatedProblem = (path: string, variable: string, remedy: string): Problem => ({
  path,
  got: variable,
  allowed: 'a variable that one thing alone gives to it',
  remedy,
});

const renamePart = 'rename one of the parts from which it is made';

/** Two things that a service or a function receives must not have the same variable. */
export const distinctVariables: Check = (platform) => [
  ...Object.entries(platform.services).flatMap(([service, { environment }]) =>
    repeatedVariables(platform, (site) => contractOf({ platform, site, authentications }, service)).map((variable) =>
      Object.hasOwn(environment, variable)
        ? repeatedProblem(
            `services.${service}.environment.${variable}`,
            variable,
            'rename the variable, the platform sets it',
          )
        : repeatedProblem(`services.${service}.uses`, variable, renamePart),
    ),
  ),
  ...Object.keys(platform.functions).flatMap((name) =>
    repeatedVariables(platform, (site) => functionContractOf({ platform, site, authentications }, name)).map(
      (variable) => repeatedProblem(`functions.${name}.uses`, variable, renamePart),
    ),
  ),
];
