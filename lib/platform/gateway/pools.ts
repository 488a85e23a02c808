import { azureName, resourceGroupId } from '../azure-names';
import { whereIs, type PlacedAzureSite } from '../azure-sites';
import { movesWeights } from '../nouns/release';
import { sitesOf, type Platform, type SiteName } from '../platform';

/** Whether requests to a service go by a pool of its versions in API Management, whose weights each release moves. */
export function isPooled(
  { gateway, services, stage }: Pick<Platform, 'gateway' | 'services' | 'stage'>,
  site: SiteName,
  service: string,
): boolean {
  const { release, routes = [] } = services[service] ?? {};
  const waives = stage.sites[site]?.waives;
  return (
    gateway?.kind === 'api-management' &&
    waives?.gateway === undefined &&
    waives?.releases === undefined &&
    routes.length > 0 &&
    release !== undefined &&
    movesWeights(release)
  );
}

/** Services of a site whose requests go by a pool. */
export const pooledServices = (platform: Platform, site: SiteName): readonly string[] =>
  Object.keys(platform.services).filter((service) => isPooled(platform, site, service));

/** Whether any release of a platform moves weights of a pool. */
export const movesPools = (platform: Platform): boolean =>
  sitesOf(platform).some(({ siteName }) => pooledServices(platform, siteName).length > 0);

/** Id of the pool of a service, which follows from the definition. */
export function poolId(platform: Platform, site: PlacedAzureSite, service: string): string {
  const where = whereIs(platform, site);
  const management = azureName('api-management', where);
  return `${resourceGroupId(where, 'gateway')}/providers/Microsoft.ApiManagement/service/${management}/backends/${service}`;
}
