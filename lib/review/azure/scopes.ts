import { scopeTag } from '../../platform/scopes';
import { objectOf, stringsOf, textOf, type Json } from '../json';
import { oncePer } from '../../platform/once';
import { namedBy } from './private-dns';
import { resourcesOf, type Resource, type Site } from './stack';

/** The scope that a resource says it stands in. */
export const scopeOf = ({ arguments: given }: Resource): string | undefined => textOf(objectOf(given.tags)[scopeTag]);

/** Subnets of scopes, which take no tags: those that a list of a scope stands before. */
const scopedSubnets = oncePer(
  (site: Site): ReadonlyMap<Resource, string> =>
    new Map(
      resourcesOf(site, 'azurerm_subnet_network_security_group_association').flatMap((each) => {
        const subnet = namedBy(each, each.arguments.subnet_id, site);
        const list = namedBy(each, each.arguments.network_security_group_id, site);
        const scope = list === undefined ? undefined : scopeOf(list);
        return subnet === undefined || scope === undefined ? [] : [[subnet, scope] as const];
      }),
    ),
);

/** A subnet that a resource names, and the scope whose it is. */
export function subnetNamed(
  resource: Resource,
  value: Json | undefined,
  site: Site,
): { readonly scope: string | undefined } | undefined {
  const subnet = namedBy(resource, value, site);
  return subnet?.type === 'azurerm_subnet' ? { scope: scopedSubnets(site).get(subnet) } : undefined;
}

/** Address ranges of the subnets of a scope. */
export const rangesOf = (scope: string, site: Site): readonly string[] =>
  [...scopedSubnets(site)]
    .filter(([, each]) => each === scope)
    .flatMap(([subnet]) => stringsOf(subnet.arguments.address_prefixes));
