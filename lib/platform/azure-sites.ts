import type { AzureNaming } from './azure-names';
import type { AzureSite, Copies } from './nouns/site';
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

/** Whether a site is the one at which everything stands that the platform's sites on Azure share. */
export const isHome = (platform: Sites, site: PlacedAzureSite): boolean =>
  azureHome(platform, site).siteName === site.siteName;

/**
 * Where a site on Azure stands, and how it is named: as its stage, but for a recovery site beside a primary on Azure. So a second
 * site never renames the first.
 */
export const whereIs = (
  platform: Pick<Platform, 'name' | 'stage' | 'stageName'>,
  site: PlacedAzureSite,
): AzureWhere => ({
  name: platform.name,
  site: isHome(platform, site) ? platform.stageName : `${platform.stageName}-${site.siteName}`,
  subscription: site.subscription,
  region: site.region,
});

/** Where everything stands that the platform's sites on Azure share. */
export const whereShared = (
  platform: Pick<Platform, 'name' | 'stage' | 'stageName'>,
  site: PlacedAzureSite,
): AzureWhere => whereIs(platform, azureHome(platform, site));

/** Whether a part stands on two sites on Azure, of which one has it and the other a copy. */
export const isOnBoth = (platform: Sites, { on }: { readonly on: readonly SiteName[] }): boolean =>
  azurePair(platform) !== undefined && on.includes('primary') && on.includes('recovery');

/** So far may copies of messages be behind where nothing says it, in seconds. */
const usualLagSeconds = 300;

/**
 * Where Azure copies the messages and images of a site: as the site says, or else where a second site on Azure stands.
 *
 * @returns nothing where they are in the site's region alone
 */
export function copiesOf(platform: Sites, site: PlacedAzureSite): Copies | undefined {
  const pair = azurePair(platform);
  if (site.copies !== undefined || pair === undefined || site.siteName !== pair.primary.siteName) return site.copies;
  return { region: pair.recovery.region, messagesLagSeconds: usualLagSeconds };
}
