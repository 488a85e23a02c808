import { textOf, type Json } from '../json';
import { referent } from './references';
import { resourcesOf, stackOf, type Resource, type Site, type Stack } from './stack';

/** What an argument of a resource stands for. */
export const namedBy = (resource: Resource, value: Json | undefined, site: Site): Resource | undefined =>
  referent(value, stackOf(resource, site), site)?.resource;

/** The virtual network of a subnet. */
export const networkOf = (subnet: Resource | undefined, site: Site): Resource | undefined =>
  subnet?.type === 'azurerm_subnet' ? namedBy(subnet, subnet.arguments.virtual_network_name, site) : undefined;

/** The name of a resource's group, whether it refers to it or spells it out. */
export const groupNameOf = (resource: Resource, site: Site): string | undefined => {
  const { resource_group_name: group } = resource.arguments;
  return textOf(namedBy(resource, group, site)?.arguments.name) ?? textOf(group);
};

/** Whether the names of a private DNS zone are answered in a network. */
export function isLinked(zone: Resource, network: Resource, site: Site): boolean {
  return resourcesOf(site, 'azurerm_private_dns_zone_virtual_network_link').some((link) => {
    const { private_dns_zone_name: name, virtual_network_id: id } = link.arguments;
    const isOfZone =
      namedBy(link, name, site) === zone ||
      (name === zone.arguments.name && groupNameOf(link, site) === groupNameOf(zone, site));
    return isOfZone && namedBy(link, id, site) === network;
  });
}

/** What is wrong with the way from a network to a zone; nothing if names of the zone are found there. */
export function zoneProblem(
  { stack, site }: { readonly stack: Stack; readonly site: Site },
  { at, network, value }: { readonly at: string; readonly value: Json | undefined; readonly network: Resource },
): string | undefined {
  const zone = referent(value, stack, site)?.resource;
  if (zone?.type !== 'azurerm_private_dns_zone')
    return `${at} must be the id of a private DNS zone of the site: name one`;
  return isLinked(zone, network, site)
    ? undefined
    : `${at} is ${zone.address}, which is not linked to ${network.address}: link it, or nobody finds the address`;
}
