import { listOf, numberOf, objectOf, textOf } from '../../json';
import { namedBy, networkOf, isLinked } from '../../azure/private-dns';
import { valueAt } from '../../azure/settings';
import { resourcesOf, type Resource } from '../../azure/stack';
import type { AzureOutputs, Outputs } from '../outputs';
import { means } from './place';

/** The network of a site. */
export const networkAt = ({ site }: AzureOutputs): Resource | undefined =>
  resourcesOf(site, 'azurerm_virtual_network')[0];

/** Region in which a site stands. */
export const regionOf = (site: AzureOutputs): string => textOf(networkAt(site)?.arguments.location) ?? '';

/** The way by which a site's network reaches something: an endpoint in one of its subnets, whose names are answered in it. */
export function endpointAt(target: Resource, at: AzureOutputs): Resource | undefined {
  const { all, site } = at;
  const network = networkAt(at);
  return resourcesOf(site, 'azurerm_private_endpoint').find((each) => {
    const zones = listOf(valueAt(each.arguments, 'private_dns_zone_group.private_dns_zone_ids')).map((id) =>
      namedBy(each, id, all),
    );
    return (
      network !== undefined &&
      means(valueAt(each.arguments, 'private_service_connection.private_connection_resource_id'), target, each, all) &&
      networkOf(namedBy(each, each.arguments.subnet_id, all), all) === network &&
      zones.length > 0 &&
      zones.every((zone) => zone !== undefined && isLinked(zone, network, all))
    );
  });
}

/** What tells a namespace of Service Bus to copy its messages to another region, and how far they may be behind, in seconds. */
export function messageCopies(
  namespace: Resource,
  region: string,
  { all }: AzureOutputs,
): { readonly by: Resource; readonly seconds: number } | undefined {
  for (const by of resourcesOf(all, 'azapi_update_resource')) {
    if (!means(by.arguments.resource_id, namespace, by, all)) continue;
    const { locations, maxReplicationLagDurationInSeconds: lag } = objectOf(
      objectOf(objectOf(by.arguments.body).properties).geoDataReplication,
    );
    const copied = listOf(locations)
      .map(objectOf)
      .some(({ locationName, roleType }) => locationName === region && roleType === 'Secondary');
    if (copied) return { by, seconds: numberOf(lag) ?? Infinity };
  }
  return undefined;
}

/** Whether a registry copies its images to a region. */
export const copiesImages = ({ arguments: { georeplications } }: Resource, region: string): boolean =>
  listOf(georeplications)
    .map(objectOf)
    .some(({ location }) => location === region);

/** Whether a store of flags has a copy in a region. */
export const copiesFlags = ({ arguments: { replica } }: Resource, region: string): boolean =>
  listOf(replica)
    .map(objectOf)
    .some(({ location }) => location === region);

/** Accounts between which objects are copied, by the site where they stand, whichever way. */
export function copiedAccounts(
  by: Resource,
  { primary, recovery }: Outputs<AzureOutputs>,
): { readonly first: Resource; readonly second: Resource } | undefined {
  const ends = [by.arguments.source_storage_account_id, by.arguments.destination_storage_account_id];
  const endOn = ({ all, site }: AzureOutputs): Resource | undefined =>
    resourcesOf(site, 'azurerm_storage_account').find((account) => ends.some((end) => means(end, account, by, all)));
  const [first, second] = [endOn(primary), endOn(recovery)];
  return first === undefined || second === undefined ? undefined : { first, second };
}

/** What copies what a container of the primary holds into one of the same name on the recovery site, or back. */
export function objectCopies(container: Resource, outputs: Outputs<AzureOutputs>): Resource | undefined {
  const { all } = outputs.recovery;
  const account = namedBy(container, container.arguments.storage_account_id, all);
  const { name } = container.arguments;
  return resourcesOf(all, 'azurerm_storage_object_replication').find(
    (each) =>
      account !== undefined &&
      copiedAccounts(each, outputs)?.first === account &&
      listOf(each.arguments.rules)
        .map(objectOf)
        .some((rule) => rule.source_container_name === name && rule.destination_container_name === name),
  );
}
