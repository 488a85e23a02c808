import { isObject, isTrue, listOf, numberOf, objectOf, stringsOf, textOf, type Json } from '../json';
import { namedBy } from '../azure/private-dns';
import { referent } from '../azure/references';
import { kindOf, resourcesOf, stackOf, type Resource, type Site } from '../azure/stack';
import { valueAt } from '../azure/settings';
import { groupOf, passes } from './security-rules';
import type { Ends, Way } from './way';

const at = ({ address, stack }: Resource): string => `cdktf.out ${stack}: ${address}`;

/** Range of a subnet. */
export const rangeOfSubnet = (subnet: Resource | undefined): string =>
  stringsOf(subnet?.arguments.address_prefixes)[0] ?? '';

/** The subnet in which the nodes of the site's cluster stand. */
export const nodeSubnet = (site: Site): Resource | undefined => {
  const [cluster] = resourcesOf(site, 'azurerm_kubernetes_cluster');
  return cluster && namedBy(cluster, valueAt(cluster.arguments, 'default_node_pool.vnet_subnet_id'), site);
};

/** The subnet of a database's server. */
export const serverSubnet = (server: Resource, site: Site): Resource | undefined =>
  namedBy(server, server.arguments.delegated_subnet_id, site);

/** What Azure must open for a database to be replicated in both directions. */
export function azureWays(server: Resource, { name, port, primary }: Ends, site: Site): readonly Way[] {
  /** What opens all ranges of the primary: a rule that is written down, or also Azure's own. */
  const through = (subnet: Resource | undefined, direction: 'Inbound' | 'Outbound', by: 'written' | 'any') => {
    const group = subnet && groupOf(subnet, site);
    const opened = primary.map((other) => group && passes(group, { direction, other, port }, site));
    const [first] = opened;
    const isOpen = opened.every((each) => each !== undefined && (by === 'any' || each !== group));
    return isOpen && first !== undefined ? at(first) : undefined;
  };
  const ranges = primary.join(', ');
  const [servers, nodes] = [serverSubnet(server, site), nodeSubnet(site)];
  return [
    {
      way: `servers of the recovery site go out to databases.${name} of the primary`,
      found: through(servers, 'Outbound', 'written'),
      by: `let ${rangeOfSubnet(servers)} out to ${ranges} at ${port} by its security group`,
    },
    {
      way: `databases.${name} of the primary comes in at the recovery site, on the way back`,
      found: through(servers, 'Inbound', 'written'),
      by: `let ${ranges} in at ${port} by the security group of ${rangeOfSubnet(servers)}`,
    },
    {
      way: `jobs of the recovery site go out to databases.${name} of the primary`,
      found: through(nodes, 'Outbound', 'any'),
      by: `let ${rangeOfSubnet(nodes)} out to ${ranges} at ${port} by its security group`,
    },
  ];
}

const CONNECTION = 'Microsoft.Network/connections';

/** A tunnel as Azure describes its end. */
export interface AzureTunnel {
  readonly at: string;
  /** Where AWS speaks BGP. */
  readonly peer: string;
  /** Where Azure does: of one of its instances. */
  readonly own: readonly string[];
  readonly awsAsn: number | undefined;
  readonly ownAsn: number | undefined;
}

/** All tunnels whose routes are told by BGP, on a gateway that stands in the network. */
export const azureTunnels = (site: Site): readonly AzureTunnel[] =>
  site.stacks.flatMap((stack) =>
    stack.resources
      .filter((each) => kindOf(each) === CONNECTION)
      .flatMap((connection) => {
        const properties = objectOf(objectOf(connection.arguments.body).properties);
        const end = (value: Json | undefined): Resource | undefined =>
          referent(objectOf(value).id, stack, site)?.resource;
        const [gateway, other] = [end(properties.virtualNetworkGateway1), end(properties.localNetworkGateway2)];
        if (gateway === undefined || other === undefined || !isTrue(properties.enableBgp)) return [];
        if (!isTrue(gateway.arguments.enable_bgp ?? gateway.arguments.bgp_enabled)) return [];
        const custom = listOf(properties.gatewayCustomBgpIpAddresses).filter(isObject);
        return [
          {
            at: at(connection),
            peer: textOf(valueAt(other.arguments, 'bgp_settings.bgp_peering_address')) ?? '',
            own: custom.map(({ customBgpIpAddress }) => textOf(customBgpIpAddress) ?? ''),
            awsAsn: numberOf(valueAt(other.arguments, 'bgp_settings.asn')),
            ownAsn: numberOf(valueAt(gateway.arguments, 'bgp_settings.asn')),
          },
        ];
      }),
  );

/** Resolvers of a site: where they listen, and what they pass on to whom. */
export const azureNames = (site: Site) => ({
  inbound: resourcesOf(site, 'azurerm_private_dns_resolver_inbound_endpoint').map(
    ({ arguments: given }) => textOf(valueAt(given, 'ip_configurations.private_ip_address')) ?? '',
  ),
  forwarded: resourcesOf(site, 'azurerm_private_dns_resolver_forwarding_rule')
    .filter((rule) => isTrue(rule.arguments.enabled) && isLinked(rule, site))
    .map((rule) => ({
      at: at(rule),
      domain: (textOf(rule.arguments.domain_name) ?? '').replace(/\.$/, ''),
      to: listOf(rule.arguments.target_dns_servers).map((each) => textOf(objectOf(each).ip_address) ?? ''),
    })),
});

/** Whether the rules to which one belongs are asked in a network. */
const isLinked = (rule: Resource, site: Site): boolean => {
  const ruleset = (each: Resource): Resource | undefined =>
    referent(each.arguments.dns_forwarding_ruleset_id, stackOf(each, site), site)?.resource;
  return resourcesOf(site, 'azurerm_private_dns_resolver_virtual_network_link').some(
    (link) => ruleset(link) === ruleset(rule),
  );
};
