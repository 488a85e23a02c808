import { contains, overlap, parseCidr, type Cidr } from '../../cidr';
import type { Finding } from '../../finding';
import { entriesOf, objectOf, shown, stringsOf, textOf } from '../../json';
import type { Entry } from '../../json';
import { namedBy } from '../private-dns';
import { reporter, type Rule } from '../rule';
import { resourcesOf, type Resource, type Site } from '../stack';

const NAME = 'cidr';
const report = reporter(NAME);

/** Arguments that hold an address range and nothing else. */
const RANGES = [
  'address_prefixes',
  'address_space',
  'authorized_ip_ranges',
  'pod_cidr',
  'pod_cidrs',
  'service_cidr',
  'service_cidrs',
];

/** Arguments of security rules and routes that hold an address range, an address, or the name of a service. */
const MIXED = /(^|_)address_prefix(es)?$/;

const ADDRESS = /^[\d.]+$|:/;

/** Lengths that Azure takes for a subnet. */
const SUBNET_PREFIX = { min: 2, max: 29 };

/** Address ranges are well-formed, subnets lie in their network and apart from each other, and so do those of a cluster. */
export const cidr: Rule = {
  name: NAME,
  strict: 'Azure refuses it',
  judge: (stack, site) => [
    ...stack.resources.flatMap((resource) =>
      entriesOf(resource.arguments).flatMap((entry) => syntaxProblems(entry).map((each) => report(resource, each))),
    ),
    ...resourcesOf(stack, 'azurerm_subnet').flatMap((subnet) => subnetProblems(subnet, site)),
    ...resourcesOf(stack, 'azurerm_kubernetes_cluster').flatMap((cluster) => clusterProblems(cluster, site)),
  ],
};

function syntaxProblems({ at, key, value }: Entry): readonly string[] {
  if (typeof value !== 'string' || value.includes('${')) return [];
  const isRange = RANGES.includes(key) || (MIXED.test(key) && value.includes('/'));
  if (!isRange && !(MIXED.test(key) && ADDRESS.test(value))) return [];
  const parsed = parseCidr(value.includes('/') || isRange ? value : `${value}/32`);
  if (parsed === undefined)
    return [`${at} must be an address range such as 10.0.0.0/16, got ${shown(value)}: correct it`];
  return parsed.aligned
    ? []
    : [`${at} must begin at its network's address, got ${shown(value)}: write ${shown(parsed.network)}`];
}

const rangesIn = (value: Parameters<typeof stringsOf>[0]): readonly Cidr[] =>
  stringsOf(value).flatMap((text) => parseCidr(text) ?? []);

function subnetProblems(subnet: Resource, site: Site): readonly Finding[] {
  const network = namedBy(subnet, subnet.arguments.virtual_network_name, site);
  if (network === undefined) return [];
  const space = rangesIn(network.arguments.address_space);
  const others = resourcesOf(site, 'azurerm_subnet').filter(
    (other) => other.address > subnet.address && namedBy(other, other.arguments.virtual_network_name, site) === network,
  );
  return rangesIn(subnet.arguments.address_prefixes)
    .flatMap((range) => [
      ...(range.prefix > SUBNET_PREFIX.max
        ? [`${range.network} must be a /${SUBNET_PREFIX.max} or larger: choose another length`]
        : []),
      ...(space.some((each) => contains(each, range))
        ? []
        : [
            `${range.network} must lie in ${network.address}, ${space.map((each) => each.network).join(', ')}: move it`,
          ]),
      ...others
        .filter((other) => rangesIn(other.arguments.address_prefixes).some((each) => overlap(each, range)))
        .map((other) => `${range.network} overlaps ${other.address}: move one of them`),
    ])
    .map((problem) => report(subnet, `address_prefixes ${problem}`));
}

function clusterProblems(cluster: Resource, site: Site): readonly Finding[] {
  const profile = objectOf([cluster.arguments.network_profile].flat()[0]);
  const ranges = [
    ...(['pod_cidr', 'service_cidr'] as const).flatMap((name) =>
      rangesIn(profile[name]).map((range) => ({ name, range })),
    ),
    ...resourcesOf(site, 'azurerm_virtual_network').flatMap(({ address, arguments: given }) =>
      rangesIn(given.address_space).map((range) => ({ name: address, range })),
    ),
  ];
  const overlaps = ranges.flatMap((a, index) =>
    ranges
      .slice(index + 1)
      .filter((b) => overlap(a.range, b.range) && [a, b].some(({ name }) => name.endsWith('_cidr')))
      .map(
        (b) => `network_profile.${a.name} ${a.range.network} overlaps ${b.name} ${b.range.network}: move one of them`,
      ),
  );
  const [service] = rangesIn(profile.service_cidr);
  const dns = parseCidr(`${textOf(profile.dns_service_ip) ?? ''}/32`);
  return [
    ...overlaps,
    ...(service !== undefined && dns !== undefined && !contains(service, dns)
      ? [`network_profile.dns_service_ip must lie in ${service.network}, got ${shown(profile.dns_service_ip)}: move it`]
      : []),
  ].map((problem) => report(cluster, problem));
}
