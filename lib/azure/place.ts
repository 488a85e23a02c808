import { azureName, type AzureResource } from '../platform/azure-names';

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
  readonly platform: { readonly name: string; readonly stageName: string };
}

/** The name of a resource of a place: `aks-retailflow-production`. */
export const nameIn = (place: Place, resource: AzureResource, ...words: readonly string[]): string =>
  azureName(resource, { ...place.platform, subscription: place.subscriptionId }, ...words);

/** What every resource of a place is given. */
export const placed = ({ location, resourceGroupName, tags }: Place) => ({
  location,
  resourceGroupName,
  tags: { ...tags },
});
