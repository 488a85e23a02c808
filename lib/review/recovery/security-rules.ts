import { numberOf, stringsOf, textOf, type JsonObject } from '../json';
import { referent } from '../azure/references';
import { resourcesOf, stackOf, type Resource, type Site } from '../azure/stack';
import { anyHolds } from './ranges';

/** Traffic that passes, or not, through the security group of a subnet. */
export interface Traffic {
  readonly direction: 'Inbound' | 'Outbound';
  /** Range at the other end. */
  readonly other: string;
  readonly port: number;
}

/** The security group of a subnet, if one is tied to it. */
export const groupOf = (subnet: Resource, site: Site): Resource | undefined => {
  const tie = resourcesOf(site, 'azurerm_subnet_network_security_group_association').find(
    (each) => referent(each.arguments.subnet_id, stackOf(each, site), site)?.resource === subnet,
  );
  return tie && referent(tie.arguments.network_security_group_id, stackOf(tie, site), site)?.resource;
};

/**
 * What lets traffic pass a security group: the first rule by priority that concerns all of it, if that lets it pass. Where
 * none does, the group itself, since a rule of Azure's own lets pass what belongs to networks that a gateway ties together:
 * https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview#default-security-rules
 */
export function passes(group: Resource, { direction, other, port }: Traffic, site: Site): Resource | undefined {
  const [first] = resourcesOf(site, 'azurerm_network_security_rule')
    .filter(({ arguments: given, stack }) => {
      const own = referent(given.network_security_group_name, stackOf({ stack } as Resource, site), site)?.resource;
      return own === group && given.direction === direction && concerns(given, direction, other, port);
    })
    .sort((a, b) => (numberOf(a.arguments.priority) ?? 0) - (numberOf(b.arguments.priority) ?? 0));
  if (first === undefined) return group;
  return first.arguments.access === 'Allow' ? first : undefined;
}

function concerns(rule: JsonObject, direction: Traffic['direction'], other: string, port: number): boolean {
  const end = direction === 'Inbound' ? 'source' : 'destination';
  const prefixes = [...stringsOf(rule[`${end}_address_prefix`]), ...stringsOf(rule[`${end}_address_prefixes`])];
  const ports = [...stringsOf(rule.destination_port_range), ...stringsOf(rule.destination_port_ranges)];
  return (
    (prefixes.includes('*') || anyHolds(prefixes, other)) &&
    ports.some((each) => each === '*' || isIn(port, each)) &&
    ['*', 'Tcp'].includes(textOf(rule.protocol) ?? '*')
  );
}

function isIn(port: number, range: string): boolean {
  const [from = NaN, to = from] = range.split('-').map(Number);
  return from <= port && port <= to;
}
