import { pascalCase } from '../../../../lib/platform/ids';
import { placedOn } from '../../../../lib/platform/platform';
import { listOf, numberOf, objectOf, textOf } from '../../../../lib/review/json';
import type { Json, JsonObject } from '../../../../lib/review/json';
import { reference, type Block } from '../graph';
import { properties, type Site } from '../site';

/** Port by port: where parts listen. */
const ports = {
  names: 53,
  database: 5432,
  cache: 6379,
  https: 443,
  mesh: 15_443,
  gateway: 8000,
  gatewayStatus: 8100,
  services: 8443,
};

/** Amazon's own lists of addresses in Singapore: of S3, and of what CloudFront reaches origins from. */
const prefixLists = { objects: 'pl-6fa54006', cloudfront: 'pl-31a34658' } as const;

const anywhere = '0.0.0.0/0';

const group = {
  service: (name: string) => `Cluster/${pascalCase(name)}Service`,
  migration: (name: string) => `Service-${pascalCase(name)}/Service/Migration/SecurityGroup`,
  balancer: 'Cluster/Balancer/SecurityGroup',
  gateway: 'Cluster/Gateway/SecurityGroup',
  endpoints: 'Network/Network/Endpoints/SecurityGroup',
  pool: (name: string) => `Data/${pascalCase(name)}Database/Proxy/SecurityGroup`,
  server: (name: string) => `Data/${pascalCase(name)}Database/SecurityGroup`,
  cache: (name: string) => `Data/${pascalCase(name)}Cache/SecurityGroup`,
  search: (name: string) => `Data/${pascalCase(name)}Search/SecurityGroup`,
  names: (end: 'Inbound' | 'Outbound') => `Recovery/Link/Dns/${end}SecurityGroup`,
  objectCopier: 'Recovery/ObjectCopies/Copier/SecurityGroup',
  keeper: 'Recovery/Keeper/SecurityGroup',
  load: 'LoadTests/LoadTests/SecurityGroup',
  searchRoles: (name: string) => `Data/${pascalCase(name)}Search/Roles/SecurityGroup`,
} as const;

/** A rule as it reads: `Cluster/OrderService lets out tcp 5432 to Data/StoreDatabase/Proxy/SecurityGroup`. */
type Line = string;

const out = (from: string, port: number, to: string): Line => `${from} lets out tcp ${port} to ${to}`;
const into = (to: string, port: number, from: string): Line => `${to} lets in tcp ${port} from ${from}`;

/** A path from one group to another needs a rule at each end. */
const path = (from: string, to: string, port: number): readonly Line[] => [out(from, port, to), into(to, port, from)];

/** A site's parts of a noun that a service uses there. */
const used = (site: Site, noun: 'databases' | 'caches' | 'searches', names: readonly string[]): readonly string[] => {
  const placed = placedOn<{ on: readonly ('primary' | 'recovery')[] }>(site.platform[noun], 'primary');
  return names.filter((name) => placed.some(([each]) => each === name));
};

/** To AWS: by private endpoints where there are, over the internet where there are none. */
const toAws = ({ aws }: Site, from: string): readonly Line[] =>
  aws.network.interfaceEndpoints
    ? [...path(from, group.endpoints, ports.https), out(from, ports.https, prefixLists.objects)]
    : [out(from, ports.https, anywhere)];

/** The rules that a service's definition asks for, and no others. */
export function rulesOf(site: Site, name: string): readonly Line[] {
  const { platform } = site;
  const spec = platform.services[name];
  if (spec === undefined) throw new Error(`no service ${name}`);
  const own = group.service(name);
  const { uses } = spec;
  const databases = used(site, 'databases', uses.databases);
  const thirdParties = [
    ...uses.integrations.map((each) => platform.integrations[each]?.port ?? 0),
    ...uses.messages.flatMap((each) => (platform.messages[each]?.push === undefined ? [] : [ports.https])),
  ];
  return unique([
    ...databases.flatMap((each) => path(own, group.pool(each), ports.database)),
    ...used(site, 'caches', uses.caches).flatMap((each) => path(own, group.cache(each), ports.cache)),
    ...used(site, 'searches', uses.searches).flatMap((each) => path(own, group.search(each), ports.https)),
    ...uses.calls.flatMap((each) => path(own, group.service(each), ports.mesh)),
    ...(spec.routes.length > 0 ? path(group.balancer, own, spec.port) : []),
    ...toAws(site, own),
    ...thirdParties.map((port) => out(own, port, anywhere)),
    ...(databases.length === 0
      ? []
      : databases.flatMap((each) => path(group.migration(name), group.server(each), ports.database))),
  ]);
}

/** The rules of what stands between and behind services. */
export function platformRules(site: Site): readonly Line[] {
  const { platform } = site;
  const placed = (noun: 'databases' | 'searches') => used(site, noun, Object.keys(platform[noun]));
  return unique([
    ...(platform.edge === undefined ? [] : [into(group.balancer, ports.https, prefixLists.cloudfront)]),
    ...(platform.gateway === undefined
      ? []
      : [
          ...path(group.balancer, group.gateway, ports.gateway),
          ...path(group.balancer, group.gateway, ports.gatewayStatus),
          ...path(group.gateway, group.balancer, ports.services),
          ...path(group.gateway, group.cache(platform.gateway.limitsCache ?? ''), ports.cache),
          ...toAws(site, group.gateway),
        ]),
    ...placed('databases').flatMap((each) => path(group.pool(each), group.server(each), ports.database)),
    ...linkRules(site, placed('databases')),
    ...copyRules(site),
    ...keeperRules(site, placed('databases')),
    ...loadRules(site),
    ...dashboardRules(site),
    ...placed('searches').flatMap((each) => [
      ...path(group.searchRoles(each), group.search(each), ports.https),
      out(group.searchRoles(each), ports.https, prefixLists.objects),
    ]),
  ]);
}

/** People who look at dashboards from the network, what writes them, and dashboards that ask inside it. */
function dashboardRules(site: Site): readonly Line[] {
  const { aws, platform } = site;
  const writer = 'Observability/Dashboards/SecurityGroup';
  return platform.telemetry === undefined
    ? []
    : [
        ...path(writer, 'Telemetry/Dashboards/EndpointGroup', ports.https),
        ...toAws(site, writer),
        into('Telemetry/Dashboards/EndpointGroup', ports.https, aws.network.cidr),
        ...(aws.network.interfaceEndpoints
          ? path('Telemetry/Dashboards/SecurityGroup', group.endpoints, ports.https)
          : [out('Telemetry/Dashboards/SecurityGroup', ports.https, anywhere)]),
      ];
}

/** Who on the recovery site may reach what here, and the way back; nothing where there is none. */
function linkRules({ platform }: Site, databases: readonly string[]): readonly Line[] {
  if (platform.stage.sites.recovery?.cloud !== 'azure') return [];
  const range = (subnet: string): string => platform.allocations.addresses[`recovery/${subnet}`] ?? '';
  const resolver = range('dns-inbound').replace(/\d+\/28$/, (end) => `${Number.parseInt(end, 10) + 4}/32`);
  const replicated = databases.filter((name) => platform.databases[name]?.on.includes('recovery'));
  return [
    ...['cluster', 'postgres'].flatMap((subnet) =>
      replicated.map((each) => into(group.server(each), ports.database, range(subnet))),
    ),
    ...replicated.map((each) => out(group.server(each), ports.database, range('postgres'))),
    ...[
      into(group.names('Inbound'), ports.names, range('dns-outbound')),
      out(group.names('Outbound'), ports.names, resolver),
    ].flatMap((line) => [line, line.replace(' tcp ', ' udp ')]),
  ];
}

/** What copies objects to the recovery site: by AWS, and to Entra ID and storage on Azure, whose addresses no group knows by name. */
function copyRules(site: Site): readonly Line[] {
  const { buckets, stage } = site.platform;
  const isCopied = Object.values(buckets).some(({ on }) => on.includes('primary') && on.includes('recovery'));
  if (stage.sites.recovery?.cloud !== 'azure' || !isCopied) return [];
  return [...toAws(site, group.objectCopier), out(group.objectCopier, ports.https, anywhere)];
}

/** What keeps the right to write: by AWS, to the servers of what is replicated, and to the latch, whose address no group knows by name. */
function keeperRules(site: Site, databases: readonly string[]): readonly Line[] {
  const { platform } = site;
  if (platform.stage.sites.recovery?.cloud !== 'azure') return [];
  return [
    ...databases
      .filter((name) => platform.databases[name]?.on.includes('recovery'))
      .flatMap((each) => path(group.keeper, group.server(each), ports.database)),
    ...toAws(site, group.keeper),
    out(group.keeper, ports.https, anywhere),
  ];
}

/** What makes load comes as people do: from outside, by the name of the stage. */
const loadRules = (site: Site): readonly Line[] =>
  site.platform.stage.loadTests === undefined
    ? []
    : [...toAws(site, group.load), out(group.load, ports.https, anywhere)];

/** Every rule of every security group. */
export const allRules = (site: Site): readonly Line[] => [
  ...site.world.ofType('AWS::EC2::SecurityGroup').flatMap((block) => {
    const { SecurityGroupEgress, SecurityGroupIngress } = properties(block);
    return [
      ...inside(block, SecurityGroupEgress).map((rule) => line(site, rule, 'out')),
      ...inside(block, SecurityGroupIngress).map((rule) => line(site, rule, 'in')),
    ];
  }),
  ...site.world.ofType('AWS::EC2::SecurityGroupEgress').map((block) => line(site, properties(block), 'out')),
  ...site.world.ofType('AWS::EC2::SecurityGroupIngress').map((block) => line(site, properties(block), 'in')),
];

/** The rules inside a group. The one that CDK writes to let nothing out is none. */
const inside = (block: Block, rules: Json | undefined): readonly JsonObject[] =>
  listOf(rules)
    .map(objectOf)
    .filter(({ CidrIp }) => CidrIp !== '255.255.255.255/32')
    .map((rule) => ({ ...rule, GroupId: reference(block.path) }));

function line(site: Site, rule: JsonObject, direction: 'in' | 'out'): Line {
  const { CidrIp, CidrIpv6, DestinationPrefixListId, DestinationSecurityGroupId, SourcePrefixListId } = rule;
  const group = rule.SourceSecurityGroupId ?? DestinationSecurityGroupId;
  const address = textOf(CidrIp ?? CidrIpv6 ?? DestinationPrefixListId ?? SourcePrefixListId);
  const peer = group === undefined ? address : groupAt(site, group);
  const [from, to] = [numberOf(rule.FromPort), numberOf(rule.ToPort)];
  const port = from === to ? `${from}` : `${from} to ${to}`;
  const ends = direction === 'out' ? 'to' : 'from';
  return `${groupAt(site, rule.GroupId)} lets ${direction} ${textOf(rule.IpProtocol)} ${port} ${ends} ${peer}`;
}

const groupAt = (site: Site, value: Json | undefined): string => site.behind(value, 'AWS::EC2::SecurityGroup').path;

const unique = (lines: readonly Line[]): readonly Line[] => [...new Set(lines)];
