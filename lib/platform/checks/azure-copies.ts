import { pairedRegion } from '../azure-paired-regions';
import { sitesOf } from '../platform';
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

/** A platform has one site on Azure: a second one would have the names, the states and the outputs of the first. */
export const azureSites: Check = (platform) => {
  const [first, second] = sitesOf(platform).filter(({ cloud }) => cloud === 'azure');
  if (first === undefined || second === undefined) return [];
  return [
    {
      path: stagePath(platform, `sites.${second.siteName}.cloud`),
      got: second.cloud,
      allowed: `another cloud than that of sites.${first.siteName}: two sites on azure are not made yet`,
      remedy: `put the other site on another cloud, or say in sites.${first.siteName}.copies where what it holds is copied`,
    },
  ];
};
