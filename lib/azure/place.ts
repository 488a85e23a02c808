import { azureName, type AzureResource, type SiteNaming } from '../platform/azure-names';

/** Where resources stand: a resource group in a region, and what everything in it has in common. */
export interface Place {
  /** Region: `eastasia`. */
  readonly location: string;
  /** Availability zones by number. */
  readonly zones: readonly string[];
  readonly resourceGroupName: string;
  readonly tenantId: string;
  readonly subscriptionId: string;
  /** Tags of every resource. Azure does not pass on those of a resource group. */
  readonly tags: Readonly<Record<string, string>>;
  /** Whether nothing may be removed by mistake. */
  readonly isProtected: boolean;
  /** Logs are kept this long, in days. */
  readonly logDays: number;
  /** What names of everything on the site are made of. */
  readonly naming: SiteNaming;
}

/** The name of a resource of a place: `aks-retailflow-production`. */
export const nameIn = (place: Place, resource: AzureResource, ...words: readonly string[]): string =>
  azureName(resource, { ...place.naming, subscription: place.subscriptionId }, ...words);

/** Id of the resource group of a place. */
export const groupIdOf = ({
  resourceGroupName,
  subscriptionId,
}: Pick<Place, 'resourceGroupName' | 'subscriptionId'>): string =>
  `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroupName}`;

/** What every resource of a place is given. */
export const placed = ({ location, resourceGroupName, tags }: Place) => ({
  location,
  resourceGroupName,
  tags: { ...tags },
});
