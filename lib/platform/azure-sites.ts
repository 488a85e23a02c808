import type { AzureNaming } from './azure-names';
import type { AzureSite } from './nouns/site';
import { sitesOn, type Platform, type SiteName } from './platform';

/** A platform's site on Azure. */
export type PlacedAzureSite = AzureSite & { readonly siteName: SiteName };

type Sites = Pick<Platform, 'stage'>;

/** Where something stands on Azure, as far as names and addresses of it tell. */
export interface AzureWhere extends AzureNaming {
  readonly region: string;
}

/** The platform's primary and its recovery site where both are on Azure; nothing if they are not. */
export function azurePair(
  platform: Sites,
): { readonly primary: PlacedAzureSite; readonly recovery: PlacedAzureSite } | undefined {
  const [primary, recovery] = sitesOn(platform, 'azure');
  return primary === undefined || recovery === undefined ? undefined : { primary, recovery };
}

/**
 * The site at which everything stands that a platform's sites on Azure share, such as identities and images: the site
 * itself, or the primary of a recovery site where that is on Azure too.
 */
export const azureHome = (platform: Sites, site: PlacedAzureSite): PlacedAzureSite =>
  azurePair(platform)?.primary ?? site;

/**
 * Where a site on Azure stands, and how it is named: as its stage, but for a recovery site beside a primary on Azure. So a second
 * site never renames the first.
 */
export const whereIs = (
  platform: Pick<Platform, 'name' | 'stage' | 'stageName'>,
  site: PlacedAzureSite,
): AzureWhere => ({
  name: platform.name,
  site:
    azureHome(platform, site).siteName === site.siteName
      ? platform.stageName
      : `${platform.stageName}-${site.siteName}`,
  subscription: site.subscription,
  region: site.region,
});

/** Where everything stands that the platform's sites on Azure share. */
export const whereShared = (
  platform: Pick<Platform, 'name' | 'stage' | 'stageName'>,
  site: PlacedAzureSite,
): AzureWhere => whereIs(platform, azureHome(platform, site));
