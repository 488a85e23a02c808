import { pairedRegion } from '../azure-paired-regions';
import { azurePair } from '../azure-sites';
import type { Problem } from '../error';
import { sitesOf, type Platform } from '../platform';
import { stagePath, when, type Check } from './check';

/** Everything of a site that Azure copies is in one second region: the pair, where storage and backups go by themselves. */
export const azureCopies: Check = (platform) =>
  sitesOf(platform).flatMap((site) => {
    if (site.cloud !== 'azure' || site.copies === undefined) return [];
    const pair = pairedRegion(site.region);
    return when(site.copies.region !== pair, () => ({
      path: stagePath(platform, `sites.${site.siteName}.copies.region`),
      got: site.copies?.region,
      allowed:
        pair === undefined
          ? `nothing: ${site.region} has no pair, to which Azure would copy storage and backups`
          : `${pair}, the pair of ${site.region}, to which Azure copies storage and backups`,
      remedy: pair === undefined ? 'stand in a region that has a pair, or do without copies' : `set ${pair}`,
    }));
  });

/** What two sites on Azure share belongs to one subscription, and what Azure copies of the one is where the other stands. */
export const azureSites: Check = (platform) => {
  const pair = azurePair(platform);
  if (pair === undefined) return [];
  const { primary, recovery } = pair;
  const path = (key: string): string => stagePath(platform, `sites.recovery.${key}`);
  const region = pairedRegion(primary.region);
  return [
    ...when(recovery.region !== region, () => ({
      path: path('region'),
      got: recovery.region,
      allowed:
        region === undefined
          ? `nothing on azure: ${primary.region} has no pair, to which Azure would copy what the primary holds`
          : `${region}, the pair of ${primary.region}, to which Azure copies what the primary holds`,
      remedy: region === undefined ? 'let the primary stand in a region that has a pair' : `set ${region}`,
    })),
    ...(['subscription', 'tenant'] as const).flatMap((key) =>
      when(recovery[key] !== primary[key], () => ({
        path: path(key),
        got: recovery[key],
        allowed: `${primary[key]}, that of sites.primary: the sites share identities, images and messages`,
        remedy: 'let both sites be in one, or put the recovery site on another cloud',
      })),
    ),
    ...when(recovery.copies !== undefined, () => ({
      path: path('copies'),
      got: recovery.copies,
      allowed: 'absent beside a primary on azure, which has the messages and images that are copied',
      remedy: 'remove it, and say in sites.primary.copies how far behind copies of messages may be',
    })),
    ...unmadeTwice(platform),
  ];
};

/** Objects go back from a recovery site to a primary on Azure, if they were copied there. */
export const objectsBack: Check = (platform) =>
  sitesOf(platform).flatMap((site) => {
    if (site.cloud !== 'azure' || site.objectsBackSince === undefined) return [];
    const { objectsBackSince: got, siteName } = site;
    const path = stagePath(platform, `sites.${siteName}.objectsBackSince`);
    if (azurePair(platform)?.recovery.siteName !== siteName) {
      const allowed = 'absent but at a recovery site beside a primary on azure, to which objects are copied back';
      return [{ path, got, allowed, remedy: 'remove it, or write it at that site' }];
    }
    return when(site.waives.objects !== undefined, () => ({
      path,
      got,
      allowed: 'absent where objects are waived: none are copied here, and none go back',
      remedy: `remove it, or ${stagePath(platform, `sites.${siteName}.waives.objects`)}`,
    }));
  });

/** Parts that one region of Azure has, and how the second gets them instead. */
function unmadeTwice({ databases, documents }: Platform): readonly Problem[] {
  const onBoth = (path: string, on: readonly string[], what: string, remedy: string): readonly Problem[] =>
    when(on.includes('primary') && on.includes('recovery'), () => ({
      path: `${path}.on`,
      got: on,
      allowed: `one site where both are on azure: ${what}`,
      remedy,
    }));
  return [
    ...Object.entries(databases).flatMap(([name, { engine, on }]) =>
      engine === 'sqlserver'
        ? onBoth(
            `databases.${name}`,
            on,
            'no group of SQL servers fails over here',
            "place it with on: ['primary'], or use engine 'postgres'",
          )
        : [],
    ),
    ...Object.entries(documents).flatMap(([name, { on }]) =>
      onBoth(
        `documents.${name}`,
        on,
        'documents have regions of their own',
        "place them with on: ['primary'], and name the other region in regions",
      ),
    ),
  ];
}
