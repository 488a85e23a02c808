import type { Finding } from '../../finding';
import { isObject, isTrue, listOf, objectOf, shown, stringsOf, textOf, type JsonObject } from '../../json';
import { referencesIn, referent } from '../references';
import { reporter, type Rule } from '../rule';
import { valueAt } from '../settings';
import { kindOf, type Resource, type Site, type Stack } from '../stack';

const NAME = 'link';
const report = reporter(NAME);

const GATEWAY = 'azurerm_virtual_network_gateway';
const CONNECTION = 'Microsoft.Network/connections';

/** Reads the key of a connection back into the state, whether it was given one or not. */
const READS_KEYS = 'azurerm_virtual_network_gateway_connection';

/**
 * A link to another cloud carries traffic by all of its tunnels, and no key of them stands in a state: its gateway is active in both
 * instances and speaks BGP, each connection says by which address each of them does so, is made by what reads no keys, and is told its
 * key by a variable that nothing keeps.
 */
export const link: Rule = {
  name: NAME,
  judge: (stack, site) =>
    stack.resources.flatMap((resource) =>
      problemsOf(resource, stack, site).map((problem): Finding => report(resource, problem)),
    ),
};

function problemsOf(resource: Resource, stack: Stack, site: Site): readonly string[] {
  if (resource.type === READS_KEYS) {
    return [`reads the key of the connection into the state: make ${CONNECTION} by azapi_resource, which does not`];
  }
  if (resource.type === GATEWAY) return isVpn(resource) ? gatewayProblems(resource) : [];
  if (kindOf(resource) !== CONNECTION) return [];
  const properties = objectOf(objectOf(resource.arguments.body).properties);
  return properties.connectionType === 'IPsec'
    ? [...connectionProblems(properties, stack, site), ...keyProblems(resource, stack)]
    : [];
}

const isVpn = ({ arguments: { type } }: Resource): boolean => type === 'Vpn';

function gatewayProblems({ arguments: given }: Resource): readonly string[] {
  const bgp = given.enable_bgp ?? given.bgp_enabled;
  return [
    ...(isTrue(given.active_active)
      ? []
      : [`active_active must be true, got ${shown(given.active_active)}: one instance alone has one address for BGP`]),
    ...(isTrue(bgp) ? [] : [`enable_bgp must be true, got ${shown(bgp)}: tunnels take their routes by it`]),
  ];
}

function connectionProblems(properties: JsonObject, stack: Stack, site: Site): readonly string[] {
  const { enableBgp, virtualNetworkGateway1: end } = properties;
  const gateway = referent(objectOf(end).id, stack, site)?.resource;
  const at = 'body.properties';
  return [
    ...(isTrue(enableBgp)
      ? []
      : [`${at}.enableBgp must be true, got ${shown(enableBgp)}: the tunnel takes its routes by it`]),
    ...(gateway?.type === GATEWAY
      ? speakingProblems(listOf(properties.gatewayCustomBgpIpAddresses).filter(isObject), gateway)
      : [`${at}.virtualNetworkGateway1.id must be that of a gateway, got ${shown(objectOf(end).id)}: name one`]),
  ];
}

/** Where the key of a connection comes from. */
function keyProblems({ arguments: given }: Resource, stack: Stack): readonly string[] {
  const key = valueAt(given, 'sensitive_body.properties.sharedKey');
  const [told] = referencesIn(textOf(key) ?? '');
  const variable = told?.kind === 'variable' ? objectOf(stack.variables[told.name]) : {};
  return [
    ...(valueAt(given, 'body.properties.sharedKey') === undefined
      ? []
      : ['body.properties.sharedKey must be left out, got one: a state keeps what stands there']),
    ...(isTrue(variable.ephemeral) && isTrue(variable.sensitive)
      ? []
      : [
          'sensitive_body.properties.sharedKey must be an ephemeral and sensitive variable, ' +
            `got ${key === undefined ? 'nothing' : 'something else'}: Azure makes a key of its own, or a plan keeps it`,
        ]),
    ...(given.sensitive_body_version === undefined
      ? []
      : ['sensitive_body_version must be left out, got one: an update would leave out the key']),
  ];
}

/** By which addresses the instances of a gateway speak through a connection: each by one of its own. */
function speakingProblems(custom: readonly JsonObject[], gateway: Resource): readonly string[] {
  const at = 'body.properties.gatewayCustomBgpIpAddresses';
  const instances = listOf(valueAt(gateway.arguments, 'bgp_settings.peering_addresses')).filter(isObject);
  return instances.flatMap(({ apipa_addresses: addresses, ip_configuration_name: name }) => {
    const own = stringsOf(addresses);
    const [entry] = custom.filter(({ ipConfigurationId: id }) => textOf(id)?.endsWith(`/${textOf(name) ?? ''}`));
    const got = textOf(entry?.customBgpIpAddress);
    return got !== undefined && own.includes(got)
      ? []
      : [
          `${at} must name ${own.join(' or ')} for ${textOf(name) ?? 'an instance'}, got ${got ?? 'nothing'}: ` +
            'without, every tunnel speaks by the first address, and half of them carry nothing',
        ];
  });
}
