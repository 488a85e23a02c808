import type { Finding } from '../../finding';
import { isObject, listOf, objectOf, shown, stringsOf, textOf } from '../../json';
import { oncePer } from '../../../platform/once';
import { delegatedTypes, privateTypes, privateZones } from '../data/private-services';
import { namedBy, networkOf, zoneProblem } from '../private-dns';
import { referent } from '../references';
import { reporter, type Rule } from '../rule';
import { kindOf, resourcesOf, type Resource, type Site, type Stack } from '../stack';

const NAME = 'private-endpoint';
const report = reporter(NAME);

const ENDPOINT = 'azurerm_private_endpoint';

/** What of a resource an endpoint stands for. */
const subresourcesOf = ({ arguments: given }: Resource): readonly string[] =>
  listOf(given.private_service_connection)
    .filter(isObject)
    .flatMap((each) => stringsOf(each.subresource_names));

/** What the endpoints of a site stand for, by the resource that they lead to. */
const endpoints = oncePer((site: Site) => {
  const byTarget = new Map<Resource, string[]>();
  for (const endpoint of resourcesOf(site, ENDPOINT)) {
    const connection = objectOf(listOf(endpoint.arguments.private_service_connection)[0]);
    const target = namedBy(endpoint, connection.private_connection_resource_id, site);
    if (target !== undefined) byTarget.set(target, [...(byTarget.get(target) ?? []), ...subresourcesOf(endpoint)]);
  }
  return byTarget;
});

/**
 * Every service that holds data has an address in the network, under the name that everybody knows it by: a private
 * endpoint with a zone that is linked to the endpoint's network, or a subnet and a zone of its own.
 */
export const privateEndpoint: Rule = {
  name: NAME,
  judge: (stack, site) =>
    stack.resources.flatMap((resource) => {
      if (resource.type === ENDPOINT) return endpointProblems(resource, stack, site);
      if (Object.hasOwn(delegatedTypes, resource.type)) return delegationProblems(resource, stack, site);
      const kind = kindOf(resource);
      const wanted = Object.hasOwn(privateTypes, kind) ? (privateTypes[kind] ?? []) : undefined;
      const got = endpoints(site).get(resource) ?? [];
      return wanted === undefined || wanted.some((each) => got.includes(each))
        ? []
        : [
            report(
              resource,
              `must have a private endpoint for ${wanted.join(' or ')}, got ${got.length === 0 ? 'none' : got.join(', ')}: ` +
                'make one in the subnet of endpoints',
            ),
          ];
    }),
};

function endpointProblems(endpoint: Resource, stack: Stack, site: Site): readonly Finding[] {
  const { private_dns_zone_group: groups, subnet_id: subnet } = endpoint.arguments;
  const network = networkOf(referent(subnet, stack, site)?.resource, site);
  if (network === undefined) {
    return [report(endpoint, `subnet_id must be the id of a subnet of the site, got ${shown(subnet)}: name one`)];
  }
  const zones = listOf(groups)
    .filter(isObject)
    .flatMap((group) => listOf(group.private_dns_zone_ids));
  const names = zones.map((zone) => textOf(referent(zone, stack, site)?.resource.arguments.name) ?? '');
  const missing = subresourcesOf(endpoint).flatMap((each) =>
    (Object.hasOwn(privateZones, each) ? (privateZones[each] ?? []) : []).filter((name) => !names.includes(name)),
  );
  return [
    ...missing.map(
      (name) => `private_dns_zone_group must have the zone ${name}, got none: its name leads to the internet`,
    ),
    ...zones.flatMap((value, index) => {
      const at = `private_dns_zone_group.private_dns_zone_ids[${index}]`;
      return zoneProblem({ stack, site }, { at, value, network }) ?? [];
    }),
  ].map((problem) => report(endpoint, problem));
}

function delegationProblems(resource: Resource, stack: Stack, site: Site): readonly Finding[] {
  const way = delegatedTypes[resource.type as keyof typeof delegatedTypes];
  const { [way.subnet]: subnetId, [way.zone]: zoneId } = resource.arguments;
  const subnet = referent(subnetId, stack, site)?.resource;
  const network = networkOf(subnet, site);
  if (subnet === undefined || network === undefined) {
    return [report(resource, `${way.subnet} must be the id of a subnet of the site, got ${shown(subnetId)}: name one`)];
  }
  const services = listOf(subnet.arguments.delegation)
    .filter(isObject)
    .flatMap(({ service_delegation: service }) => listOf(service).map((each) => objectOf(each).name));
  const zone = zoneProblem({ stack, site }, { at: way.zone, value: zoneId, network });
  const name = textOf(referent(zoneId, stack, site)?.resource.arguments.name) ?? '';
  return [
    ...(services.includes(way.delegation)
      ? []
      : [`${way.subnet} is ${subnet.address}, which must be delegated to ${way.delegation}: delegate it`]),
    ...(zone === undefined ? [] : [zone]),
    ...(zone === undefined && !way.zoneName.test(name)
      ? [`${way.zone} must be a zone whose name ends with .postgres.database.azure.com, got ${shown(name)}: name one`]
      : []),
  ].map((problem) => report(resource, problem));
}
