import { textOf } from '../../json';
import { isLinked, namedBy } from '../../azure/private-dns';
import { resourcesOf, type Resource } from '../../azure/stack';
import { nodeSubnet, rangeOfSubnet, serverSubnet } from '../azure-ways';
import type { AzureOutputs, Outputs } from '../outputs';
import { groupOf, passes } from '../security-rules';
import type { Way } from '../way';
import { endpointAt, networkAt } from './copies';
import { followedDatabases } from './databases';
import { means, placeOf } from './place';

/** Ports of a server: its own, by which servers follow each other, and that of its pool, which services use. */
const SERVER = 5432;
const POOL = 6432;

/** A site under the name that people know it by. */
interface End extends AzureOutputs {
  readonly called: string;
}

/** Everything that two sites in two regions need of the networks between them, in both directions. */
export function regionWays(outputs: Outputs<AzureOutputs>): readonly Way[] {
  const primary: End = { ...outputs.primary, called: 'the primary' };
  const recovery: End = { ...outputs.recovery, called: 'the recovery site' };
  const both = [
    [primary, recovery],
    [recovery, primary],
  ] as const;
  return [
    ...both.map(([from, to]) => peering(from, to)),
    ...[primary, recovery].map(oneZone),
    ...followedDatabases(outputs).flatMap(({ name, recovery: replica, writer }) => [
      ...both.flatMap(([from, to]) => {
        const server = to.called === primary.called ? writer : replica;
        return [
          names(name, server, from, to),
          reach(`services of ${from.called}`, nodeSubnet(from.site), { name, server, from, to, port: POOL }),
          reach(`servers of ${from.called}`, serverSubnet(from === primary ? writer : replica, from.site), {
            name,
            server,
            from,
            to,
            port: SERVER,
          }),
        ];
      }),
    ]),
    ...namespaces(primary, recovery),
  ];
}

/** A network sees another where each has a peering with it. */
function peering(from: End, to: End): Way {
  const [own, other] = [networkAt(from), networkAt(to)];
  const found = resourcesOf(from.all, 'azurerm_virtual_network_peering').find(
    (each) =>
      own !== undefined &&
      other !== undefined &&
      each.arguments.allow_virtual_network_access !== false &&
      isNetwork(each, each.arguments.virtual_network_name, own, from) &&
      means(each.arguments.remote_virtual_network_id, other, each, from.all),
  );
  return {
    way: `the network of ${from.called} leads to that of ${to.called}`,
    found: found && placeOf(found),
    by: 'peer both networks, each with the other, and let them reach each other',
  };
}

/** A peering names its own network by the name alone. */
const isNetwork = (from: Resource, name: Resource['arguments'][string] | undefined, network: Resource, { all }: End) =>
  namedBy(from, name, all) === network || textOf(name) === textOf(network.arguments.name);

/** Azure links a network to one private zone of a name alone. https://learn.microsoft.com/azure/dns/private-dns-virtual-network-links */
function oneZone({ all, called, ...site }: End): Way {
  const network = networkAt({ all, ...site });
  const names = resourcesOf(all, 'azurerm_private_dns_zone')
    .filter((zone) => network !== undefined && isLinked(zone, network, all))
    .map(({ arguments: { name } }) => textOf(name) ?? '');
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  return {
    way: `the network of ${called} asks one zone of each name`,
    found: names.length > 0 && twice.length === 0 ? `${names.length} zones` : undefined,
    by: `link it to one zone of a name, got two of ${[...new Set(twice)].join(', ') || 'none at all'}`,
  };
}

function names(name: string, server: Resource, from: End, to: End): Way {
  const network = networkAt(from);
  const zone = namedBy(server, server.arguments.private_dns_zone_id, from.all);
  return {
    way: `the network of ${from.called} finds databases.${name} of ${to.called}`,
    found: zone && network && isLinked(zone, network, from.all) ? placeOf(zone) : undefined,
    by: `link the private zone of ${placeOf(server)} to the network of ${from.called}`,
  };
}

/** What goes from a subnet to a server passes the security groups of both. */
function reach(
  what: string,
  subnet: Resource | undefined,
  {
    from,
    name,
    port,
    server,
    to,
  }: { readonly from: End; readonly name: string; readonly port: number; readonly server: Resource; readonly to: End },
): Way {
  const target = serverSubnet(server, to.site);
  const [source, destination] = [rangeOfSubnet(subnet), rangeOfSubnet(target)];
  const [out, into] = [subnet && groupOf(subnet, from.site), target && groupOf(target, to.site)];
  const opened = [
    out && passes(out, { direction: 'Outbound', other: destination, port }, from.site),
    into && passes(into, { direction: 'Inbound', other: source, port }, to.site),
  ];
  const [one, other] = opened;
  return {
    way: `${what} reach databases.${name} of ${to.called} at ${port}`,
    found: one && other ? `${placeOf(one)}; ${placeOf(other)}` : undefined,
    by: `let ${source} out to ${destination} at ${port}, and in there, by the security groups of both subnets`,
  };
}

/** What both sites reach by an endpoint of their own. */
const namespaces = (primary: End, recovery: End): readonly Way[] =>
  resourcesOf(
    primary.site,
    'azurerm_servicebus_namespace',
    'azurerm_container_registry',
    'azurerm_app_configuration',
  ).flatMap((target) =>
    [primary, recovery].map((site): Way => {
      const found = endpointAt(target, site);
      return {
        way: `the network of ${site.called} reaches ${textOf(target.arguments.name) ?? target.address}`,
        found: found && placeOf(found),
        by: 'give it an endpoint in that network, in a zone that is linked to it',
      };
    }),
  );
