import { didYouMean } from '../nearest';
import type { Documents } from '../nouns/documents';
import { dataClass } from '../nouns/scalars';
import { aiSearches, type AiSearch } from '../nouns/storage';
import type { AzureSite } from '../nouns/site';
import type { Problem } from '../error';
import { placedOn, sitesOf } from '../platform';
import { regionNames } from '../regions';
import { when, type Check } from './check';

/** Strong consistency waits for most regions: with two, the loss of one stops all writes. */
const strongRegions = 3;

/** Documents stand on Azure alone, in regions that there are. */
export const documents: Check = (platform) =>
  sitesOf(platform).flatMap((site) =>
    placedOn(platform.documents, site.siteName).flatMap(([name, spec]) =>
      site.cloud === 'azure'
        ? documentProblems(name, spec, site)
        : [
            {
              path: `documents.${name}.on`,
              got: spec.on,
              allowed: `without ${site.siteName}, which is on aws: documents stand on azure alone`,
              remedy: "place them on the site on azure, or keep them as jsonb in a database with engine 'postgres'",
            },
          ],
    ),
  );

function documentProblems(
  name: string,
  { consistency, regions }: Documents,
  { region: home }: Pick<AzureSite, 'region'>,
): readonly Problem[] {
  const path = `documents.${name}`;
  const known = regionNames('azure').filter((region) => region !== home);
  const count = regions.length + 1;
  return [
    ...regions
      .filter((region) => !known.includes(region))
      .map((region) => ({
        path: `${path}.regions`,
        got: region,
        allowed: `other regions of azure than ${home}, which is the first`,
        remedy: region === home ? 'remove it' : didYouMean(region, known, 'choose one that the platform knows'),
      })),
    ...regions
      .filter((region, index) => regions.indexOf(region) !== index)
      .map((region) => ({ path: `${path}.regions`, got: region, allowed: 'named once', remedy: 'name it once' })),
    ...when(consistency === 'strong' && count > 1 && count < strongRegions, () => ({
      path: `${path}.consistency`,
      got: consistency,
      allowed: `another than strong in ${count} regions on azure, where the loss of one would stop all writes`,
      remedy: "name one more region, or choose 'bounded-staleness'",
    })),
  ];
}

/** Search units of a service: replicas times partitions. */
const mostUnits = 36;
/** What the smallest tier has at most, of each. */
const mostBasic = 3;
/** Replicas that still answer queries when a zone is lost. */
const leastProtected = 2;

/** Each cloud has a search of its own. */
export const searchEngines: Check = (platform) =>
  sitesOf(platform).flatMap((site) => {
    const placed = aiSearches(placedOn(platform.searches, site.siteName));
    return site.cloud === 'aws'
      ? placed.map(([name, { on }]) => ({
          path: `searches.${name}.engine`,
          got: 'ai-search',
          allowed: `opensearch on ${site.siteName}, which is on aws`,
          remedy: `leave the engine out, and say capacity and nodes, or place it elsewhere than on ${on.join(' and ')}`,
        }))
      : placed.flatMap(([name, spec]) => aiSearchProblems(platform.stage.protected, name, spec));
  });

function aiSearchProblems(
  isProtected: boolean,
  name: string,
  { dataClass: kind, partitions, replicas, tier }: AiSearch,
): readonly Problem[] {
  const path = `searches.${name}`;
  return [
    ...when(replicas * partitions > mostUnits, () => ({
      path: `${path}.replicas`,
      got: replicas,
      allowed: `at most ${Math.floor(mostUnits / partitions)} with ${partitions} partitions on azure`,
      remedy: 'lower it, or choose a larger tier with fewer partitions',
    })),
    ...when(tier === 'basic' && Math.max(replicas, partitions) > mostBasic, () => ({
      path: `${path}.tier`,
      got: tier,
      allowed: `standard or larger for more than ${mostBasic} replicas or partitions on azure`,
      remedy: "choose tier 'standard'",
    })),
    ...when(isProtected && replicas < leastProtected, () => ({
      path: `${path}.replicas`,
      got: replicas,
      allowed: `at least ${leastProtected} in a protected stage on azure, so that one answers when a zone is lost`,
      remedy: `raise it to ${leastProtected}, or to 3 so that it takes writes then too`,
    })),
    ...when(dataClass.options.indexOf(kind) > dataClass.options.indexOf('internal'), () => ({
      path: `${path}.dataClass`,
      got: kind,
      allowed: 'public or internal on azure, where indexes are encrypted with keys of Azure',
      remedy: 'index what is open, and keep what is not in a database or in documents',
    })),
  ];
}
