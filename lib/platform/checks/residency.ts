import { awsEdgeRegion, edgeKeepsAddresses } from '../edge/region';
import type { Problem } from '../error';
import { siteOn, sitesOf, type Platform } from '../platform';
import { stagePath, when, type Check } from './check';

/** Regions that a definition names for data: of its sites, of what they copy, of documents, of warehouses, of what walks saw. */
const dataRegions = (platform: Platform): readonly { readonly path: string; readonly region: string }[] => [
  ...sitesOf(platform).flatMap((site) => {
    const path = stagePath(platform, `sites.${site.siteName}`);
    const copies = site.cloud === 'azure' ? site.copies : undefined;
    return [
      { path: `${path}.region`, region: site.region },
      ...(copies === undefined ? [] : [{ path: `${path}.copies.region`, region: copies.region }]),
    ];
  }),
  ...Object.entries(platform.documents).flatMap(([name, { regions }]) =>
    regions.map((region) => ({ path: `documents.${name}.regions`, region })),
  ),
  ...(platform.stage.journeys?.from ?? []).map((region) => ({
    path: stagePath(platform, 'journeys.from'),
    region,
  })),
  ...(platform.stage.google === undefined
    ? []
    : [{ path: stagePath(platform, 'google.location'), region: platform.stage.google.location }]),
];

/** Sites, their copies, documents, warehouses and what walks saw are where the platform's data may lie. */
export const residency: Check = (platform) => {
  if (platform.residency === undefined) return [];
  const { reason, regions } = platform.residency;
  const elsewhere = dataRegions(platform)
    .filter(({ region }) => !regions.includes(region))
    .map(({ path, region }) => ({
      path,
      got: region,
      allowed: `one of residency.regions, which are ${regions.join(', ')} (${reason})`,
      remedy: 'choose one of these regions, or have the reason weighed anew and add the region to residency.regions',
    }));
  return [...elsewhere, ...edgeLogs(platform)];
};

/** What the firewall of the edge on AWS writes lies in one region alone: elsewhere it is an exception with a reason, or there is none. */
function edgeLogs(platform: Platform): readonly Problem[] {
  const given = platform.residency?.edgeLogs;
  const needed = platform.edge !== undefined && siteOn(platform, 'aws') !== undefined && !edgeKeepsAddresses(platform);
  return [
    ...when(needed && given === undefined, () => ({
      path: 'residency.edgeLogs',
      got: given,
      allowed: `{ reason }, since the firewall of the edge writes what it refuses in ${awsEdgeRegion} alone, with addresses of people, and residency.regions has it not`,
      remedy: `have it weighed and write the reason, or add ${awsEdgeRegion} to residency.regions`,
    })),
    ...when(!needed && given !== undefined, () => ({
      path: 'residency.edgeLogs',
      got: given,
      allowed: `absent where no edge on aws writes logs outside of residency.regions`,
      remedy: 'remove it',
    })),
  ];
}
