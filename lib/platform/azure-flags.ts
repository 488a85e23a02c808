import { azureHosts } from './azure-hosts';
import { azurePair, whereIs, whereShared, type PlacedAzureSite } from './azure-sites';
import type { FlagSet } from './nouns/flags';
import { standsOn, type Platform, type SiteName } from './platform';

type Sets = Pick<Platform, 'flags' | 'stage'>;

/** Sets of flags that stand on a site, by name. */
export const flagsOn = (platform: Sets, site: SiteName): readonly (readonly [name: string, set: FlagSet])[] =>
  Object.entries(platform.flags).filter(([name]) => standsOn(platform, site, 'flags', name));

/** The second site on Azure, where it has a set of the first as well: there stands a copy. Nothing where one site has it alone. */
export function flagCopySite(platform: Sets, set: string): PlacedAzureSite | undefined {
  const pair = azurePair(platform);
  const onBoth =
    pair !== undefined &&
    [pair.primary, pair.recovery].every(({ siteName }) => standsOn(platform, siteName, 'flags', set));
  return onBoth ? pair.recovery : undefined;
}

/** Hosts at which a site asks for a set, the nearest first: a client goes on to the next when one does not answer. */
export function flagHosts(
  platform: Pick<Platform, 'flags' | 'name' | 'stage' | 'stageName'>,
  site: PlacedAzureSite,
  set: string,
): readonly string[] {
  const copy = flagCopySite(platform, set);
  if (copy === undefined) return [azureHosts.flags(whereIs(platform, site), set)];
  const shared = whereShared(platform, site);
  const hosts = [azureHosts.flags(shared, set), azureHosts.flagsIn(shared, set, copy.siteName)];
  return site.siteName === copy.siteName ? hosts.reverse() : hosts;
}

/** What the key of every flag begins with in a store; services ask for these, and for nothing else. */
export const flagKeys = '.appconfig.featureflag/';

/** What the key begins with under which a store keeps what the definition of a flag says. */
export const definitionKeys = 'definition/';
