import { listOf, objectOf, stringsOf, textOf, type Json } from '../../json';
import { namedBy } from '../private-dns';
import { reporter, type Rule } from '../rule';
import { rangesOf, scopeOf, subnetNamed } from '../scopes';
import { resourcesOf, type Resource, type Site } from '../stack';

const NAME = 'scope';
const report = reporter(NAME);

const RULE = 'azurerm_network_security_rule';
const POOL = 'azurerm_kubernetes_cluster_node_pool';

/** What runs and watches nodes asks their kubelet there: no other port of a scope is open from outside of it. */
const KUBELET = '10250';

/** By which argument something says in which subnet it stands. */
const subnetArguments = {
  azurerm_function_app_flex_consumption: 'virtual_network_subnet_id',
  [POOL]: 'vnet_subnet_id',
  azurerm_private_endpoint: 'subnet_id',
} as const;

/**
 * What is in a scope stands in subnets of the scope, and nothing else there; behind its endpoints is what is in it, encrypted by keys of
 * its own vault; nobody outside is let in but to the kubelet; and its lists refuse the rest in both directions.
 */
export const scope: Rule = {
  name: NAME,
  strict: 'whatever reaches into what is judged apart is judged with it',
  judge: ({ resources }, site) =>
    resources.flatMap((resource) =>
      [
        ...placeProblems(resource, site),
        ...targetProblems(resource, site),
        ...keyProblems(resource, site),
        ...admissionProblems(resource, site),
        ...listProblems(resource, site),
        ...nodeProblems(resource),
      ].map((message) => report(resource, message)),
    ),
};

const whose = (name: string | undefined): string => (name === undefined ? 'in no scope' : `in the scope ${name}`);

/** A problem where two that belong together are in different scopes. */
const apart = (own: string | undefined, other: string | undefined, what: string, remedy: string): readonly string[] =>
  own === other ? [] : [`is ${whose(own)}, and ${what} ${whose(other)}: ${remedy}`];

function placeProblems(resource: Resource, site: Site): readonly string[] {
  const { arguments: given, type } = resource;
  if (!Object.hasOwn(subnetArguments, type)) return [];
  const argument = subnetArguments[type as keyof typeof subnetArguments];
  const subnet = subnetNamed(resource, given[argument], site);
  return subnet === undefined
    ? []
    : apart(scopeOf(resource), subnet.scope, `${argument} is`, 'give it a subnet of its own scope, or of none');
}

/** What an endpoint leads to; what takes no tags is in no scope that could be told. */
function targetProblems(resource: Resource, site: Site): readonly string[] {
  if (resource.type !== 'azurerm_private_endpoint') return [];
  const connection = objectOf(listOf(resource.arguments.private_service_connection)[0]);
  const target = namedBy(resource, connection.private_connection_resource_id, site);
  return target === undefined
    ? []
    : apart(scopeOf(resource), scopeOf(target), `${target.address} behind it is`, 'make it an endpoint of its own');
}

/** What is encrypted by a key of ours, and the key, by what says so. */
const encrypted: Readonly<
  Record<string, (resource: Resource, site: Site) => readonly [whose: Resource | undefined, key: Json | undefined]>
> = {
  azurerm_storage_account: (account) => [
    account,
    objectOf(listOf(account.arguments.customer_managed_key)[0]).key_vault_key_id,
  ],
  azurerm_mssql_server_transparent_data_encryption: (each, site) => [
    namedBy(each, each.arguments.server_id, site),
    each.arguments.key_vault_key_id,
  ],
};

/** Keys by which databases and accounts are encrypted, and the vault in which each lies. */
function keyProblems(resource: Resource, site: Site): readonly string[] {
  const [whose, key] = encrypted[resource.type]?.(resource, site) ?? [];
  const vault = vaultOf(resource, key, site);
  return whose === undefined || vault === undefined
    ? []
    : apart(scopeOf(whose), scopeOf(vault), `its key lies in ${vault.address}, which is`, 'name a key of its own');
}

function vaultOf(resource: Resource, key: Json | undefined, site: Site): Resource | undefined {
  const made = namedBy(resource, key, site);
  return made === undefined ? undefined : namedBy(made, made.arguments.parent_id, site);
}

/** Rules by which somebody comes in to a subnet of a scope. */
function admissionProblems(resource: Resource, site: Site): readonly string[] {
  const { arguments: given, type } = resource;
  if (type !== RULE || given.direction !== 'Inbound' || given.access !== 'Allow') return [];
  const own = listScope(resource, site);
  if (own === undefined) return [];
  const ranges = rangesOf(own, site);
  const sources = [...stringsOf(given.source_address_prefix), ...stringsOf(given.source_address_prefixes)];
  const ports = [...stringsOf(given.destination_port_range), ...stringsOf(given.destination_port_ranges)];
  const others = sources.filter((source) => !ranges.includes(source));
  return others.length === 0 || ports.every((port) => port === KUBELET)
    ? []
    : [
        `lets ${others.join(', ')} in to the scope ${own} on ${ports.join(', ')}, allowed are its own subnets ${ranges.join(', ')}, and all others on ${KUBELET}: remove it`,
      ];
}

/** The scope of the list of which a rule is. */
function listScope(rule: Resource, site: Site): string | undefined {
  const list = namedBy(rule, rule.arguments.network_security_group_name, site);
  return list === undefined ? undefined : scopeOf(list);
}

/** A list of a scope refuses, in each direction, what nothing of it lets pass: Azure would let everything pass between subnets. */
function listProblems(resource: Resource, site: Site): readonly string[] {
  const own = scopeOf(resource);
  if (resource.type !== 'azurerm_network_security_group' || own === undefined) return [];
  const refused = resourcesOf(site, RULE)
    .filter((rule) => namedBy(rule, rule.arguments.network_security_group_name, site) === resource)
    .filter(({ arguments: given }) => given.access === 'Deny')
    .filter(({ arguments: given }) =>
      ['source_address_prefix', 'destination_address_prefix', 'destination_port_range', 'protocol'].every(
        (argument) => given[argument] === '*',
      ),
    )
    .map(({ arguments: given }) => textOf(given.direction));
  return ['Inbound', 'Outbound']
    .filter((direction) => !refused.includes(direction))
    .map((direction) => `is a list of the scope ${own} and lets the rest pass ${direction}: refuse it`);
}

/** Nodes of a scope keep all pods away but those that bear its taint. */
function nodeProblems(resource: Resource): readonly string[] {
  const { arguments: given, type } = resource;
  const own = type === POOL ? scopeOf(resource) : undefined;
  const taint = `mainstay/scope=${own}:NoSchedule`;
  return own === undefined || listOf(given.node_taints).includes(taint)
    ? []
    : [`must have the taint ${taint}: pods of others would stand on nodes of the scope ${own}`];
}
