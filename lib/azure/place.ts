import { azureName, inScope, type AzureResource, type SiteNaming } from '../platform/azure-names';
import { scopeTag } from '../platform/scopes';

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

/** The same place for what stands in a scope there: names and tags say so. In none, it is the place itself. */
export const placeIn = (place: Place, scope: string | undefined): Place =>
  scope === undefined
    ? place
    : { ...place, naming: inScope(place.naming, scope), tags: { ...place.tags, [scopeTag]: scope } };

/** Name of something that is told apart in its resource group alone: of a scope, it begins with that. */
export const wordIn = ({ naming: { scope } }: Pick<Place, 'naming'>, word: string): string =>
  scope === undefined ? word : `${scope}-${word}`;

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
