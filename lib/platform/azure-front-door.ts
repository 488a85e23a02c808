import { kilometresBetween } from './regions';

/**
 * Regions in which Front Door enters private links. What they lead to may stand in any other.
 * https://learn.microsoft.com/azure/frontdoor/private-link#region-availability
 */
const linkRegions = [
  'australiaeast',
  'brazilsouth',
  'canadacentral',
  'centralindia',
  'centralus',
  'eastasia',
  'eastus',
  'eastus2',
  'francecentral',
  'germanywestcentral',
  'japaneast',
  'koreacentral',
  'northeurope',
  'norwayeast',
  'southafricanorth',
  'southcentralus',
  'swedencentral',
  'uksouth',
  'westeurope',
  'westus3',
] as const;

/** The region in which Front Door enters the private links of a site: the site's own, or the nearest that there is. */
export function frontDoorLinkRegion(region: string): string {
  const distances = linkRegions.map((each) => ({
    region: each,
    kilometres: each === region ? 0 : kilometresTo(each, region),
  }));
  return distances.reduce((best, each) => (each.kilometres < best.kilometres ? each : best)).region;
}

const kilometresTo = (a: string, b: string): number =>
  kilometresBetween({ cloud: 'azure', region: a }, { cloud: 'azure', region: b }) ?? Number.POSITIVE_INFINITY;
