import { clusterSitesOf, sitesOn, standsOn } from '../platform';
import { stagePath, when, type Check } from './check';

/** What no site on Azure has, and what a platform does there instead. */
const absent = {
  searches: "say what services do without a search, such as asking their own tables, or choose engine 'ai-search'",
  workflows: 'say what becomes of their work, such as waiting in a queue until the other site is back',
} as const;

/** What they are called there. */
const words = { searches: 'searches of opensearch', workflows: 'workflows' } as const;

/** A site on Azure does without what Azure has no part for, and says so: nothing is left out in silence. */
export const absentOnAzure: Check = (platform) =>
  sitesOn(platform, 'azure').flatMap(({ siteName }) =>
    (Object.keys(absent) as (keyof typeof absent)[]).flatMap((noun) => {
      const standing = Object.keys(platform[noun])
        .filter((name) => noun !== 'searches' || platform.searches[name]?.engine !== 'ai-search')
        .filter((name) => standsOn(platform, siteName, noun, name));
      return when(standing.length > 0, () => ({
        path: stagePath(platform, `sites.${siteName}.waives.${noun}`),
        got: undefined,
        allowed: `a waiver on azure, which has no ${words[noun]}, while there are ${standing.join(', ')}`,
        remedy: `waive ${noun} with a reason and a time: ${absent[noun]}`,
      }));
    }),
  );

/** What policies of the network begin with that belong to a namespace itself, and not to its service. */
const namespacePolicies = 'namespace';

/** No policy of a service is called as one of its namespace, which somebody else applies. */
export const policyNames: Check = (platform) =>
  clusterSitesOf(platform)
    .slice(0, 1)
    .flatMap(({ cloud }) =>
      Object.keys(platform.services)
        .filter((name) => name === namespacePolicies || name.startsWith(`${namespacePolicies}-`))
        .map((name) => ({
          path: `services.${name}`,
          got: name,
          allowed: `another than ${namespacePolicies}, and than what begins with ${namespacePolicies}-, on ${cloud}: so policies of every namespace in the cluster do`,
          remedy: 'rename it',
        })),
    );
