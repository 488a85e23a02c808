import { isObject, listOf, shown, stringsOf, textOf } from '../../json';
import type { JsonObject } from '../../json';
import { reporter, type Rule } from '../rule';

const NAME = 'open-ingress';
const report = reporter(NAME);

/** Names of everybody. */
const EVERYONE = ['*', '0.0.0.0/0', '::/0', 'any', 'internet'];

/** Ports on which a gateway may face the internet. */
const PUBLIC_PORTS = ['443', '80'];

/** No rule of a network lets everybody in, but to the ports of a gateway. */
export const openIngress: Rule = {
  name: NAME,
  judge: ({ resources }) =>
    resources.flatMap((resource) => {
      const { arguments: given, type } = resource;
      const rules =
        type === 'azurerm_network_security_rule'
          ? [given]
          : type === 'azurerm_network_security_group'
            ? listOf(given.security_rule).filter(isObject)
            : [];
      return rules
        .filter(isOpen)
        .map((rule) =>
          report(
            resource,
            `${shown(rule.name)} lets everybody in to ports ${portsOf(rule).join(', ')}: name who may come in`,
          ),
        );
    }),
};

const portsOf = (rule: JsonObject): readonly string[] => [
  ...stringsOf(rule.destination_port_range),
  ...stringsOf(rule.destination_port_ranges),
];

const isOpen = (rule: JsonObject): boolean =>
  textOf(rule.direction) === 'Inbound' &&
  textOf(rule.access) === 'Allow' &&
  [...stringsOf(rule.source_address_prefix), ...stringsOf(rule.source_address_prefixes)].some((source) =>
    EVERYONE.includes(source.toLowerCase()),
  ) &&
  !portsOf(rule).every((port) => PUBLIC_PORTS.includes(port));
