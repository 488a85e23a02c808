import type { Json } from '../../../../../lib/review/json';
import { about, one, type Row } from '../../../support/about';
import type { Expectation } from '../../../support/expectations';
import { reference } from '../../../support/graph';
import { absent, type Matcher } from '../../../support/matchers';

const nodes = '10.32.0.0/20';
const pods = '10.64.0.0/14';
const functions = '10.32.16.128/26';
const apiServer = '10.32.16.0/28';
const applicationGateway = '10.32.18.0/24';
const privateLink = '10.32.16.32/27';
const postgres = '10.32.16.64/26';
const aws = '10.16.0.0/16';
/** Where services stand on AWS, and what copies objects, zone by zone. */
const awsServices = ['10.16.0.0/19', '10.16.32.0/19', '10.16.64.0/19'];
/** Where resolvers stand on AWS, zone by zone. */
const resolvers = ['10.16.120.0/28', '10.16.120.16/28', '10.16.120.32/28'];

interface Rule {
  readonly access: 'Allow' | 'Deny';
  readonly priority: number;
  readonly protocol?: 'Tcp' | '*';
  /** @default - anybody */
  readonly from?: string | readonly string[];
  /** @default - anybody */
  readonly to?: string | readonly string[];
  /** @default - every port */
  readonly ports?: string | readonly string[];
}

/** By what a rule ends that is not named before. */
const refuseOthers: Rule = { access: 'Deny', priority: 4096, protocol: '*' };
const refuseInternet: Rule = { access: 'Deny', priority: 4096, protocol: '*', to: 'Internet' };

const probes = (priority: number): Rule => ({
  access: 'Allow',
  priority,
  protocol: '*',
  from: 'AzureLoadBalancer',
});

const allow = (
  priority: number,
  from: string | readonly string[] | undefined,
  ports?: string | readonly string[],
  rest: Partial<Rule> = {},
): Rule => ({
  access: 'Allow',
  priority,
  ...(from === undefined ? {} : { from }),
  ...(ports === undefined ? {} : { ports }),
  ...rest,
});

/** Ports on which the gateway is called, and asked for its health. */
const gatewayPorts = ['8000', '8100'];
const databasePorts = ['5432', '6432'];

/** Every rule of every security group. What is not here is refused inside, and by default. */
const groups: Readonly<Record<string, Readonly<Record<string, Rule>>>> = {
  ApiServer: {
    InboundCluster: allow(100, [nodes, pods], ['443', '4443']),
    InboundProbes: { ...probes(110), protocol: 'Tcp', ports: '9988' },
    InboundRefuseOthers: refuseOthers,
  },
  ApplicationGateway: {
    // Whoever comes without TLS is sent on to 443.
    InboundClients: allow(100, 'Internet', ['80', '443']),
    InboundFrontDoor: allow(110, privateLink, '443'),
    InboundManagement: allow(120, 'GatewayManager', '65200-65535'),
    InboundProbes: probes(130),
    InboundRefuseOthers: refuseOthers,
  },
  Balancer: {
    InboundGateway: allow(100, applicationGateway, gatewayPorts),
    InboundProbes: probes(110),
    InboundRefuseOthers: refuseOthers,
    OutboundRefuseInternet: refuseInternet,
  },
  Cluster: {
    InboundNodes: allow(100, [nodes, pods], undefined, { protocol: '*' }),
    InboundApiServer: allow(110, apiServer),
    InboundGateway: allow(120, applicationGateway, gatewayPorts),
    InboundProbes: probes(130),
    InboundRefuseOthers: refuseOthers,
  },
  Endpoints: {
    InboundCallers: allow(100, [nodes, pods, functions], ['443', '1433', '5671', '8500-8599', '10000']),
    InboundInfrastructure: allow(110, [apiServer, applicationGateway], '443'),
    InboundObjectCopiers: allow(120, awsServices, '443'),
    InboundRefuseOthers: refuseOthers,
    OutboundRefuseInternet: refuseInternet,
  },
  Functions: { InboundRefuseOthers: refuseOthers },
  Postgres: {
    InboundCallers: allow(100, [nodes, pods, functions], databasePorts),
    InboundReplicas: allow(110, postgres, databasePorts),
    InboundOtherSites: allow(120, aws, '5432'),
    InboundRefuseOthers: refuseOthers,
    OutboundReplicas: allow(100, undefined, databasePorts, { to: postgres }),
    OutboundOtherSites: allow(110, undefined, '5432', { to: aws }),
    OutboundStorage: allow(120, undefined, '443', { to: 'Storage' }),
    OutboundEntra: allow(130, undefined, '443', { to: 'AzureActiveDirectory' }),
    OutboundKeyVault: allow(140, undefined, '443', { to: 'AzureKeyVault' }),
    OutboundRefuseInternet: refuseInternet,
  },
  PrivateLink: { InboundRefuseOthers: refuseOthers, OutboundRefuseInternet: refuseInternet },
};

/** The same for subnets by which names are asked for across the link. */
const linkGroups: typeof groups = {
  DnsInbound: {
    InboundOtherResolvers: { access: 'Allow', priority: 100, protocol: '*', from: resolvers, ports: '53' },
    InboundRefuseOthers: refuseOthers,
    OutboundRefuseInternet: refuseInternet,
  },
  DnsOutbound: {
    InboundRefuseOthers: refuseOthers,
    OutboundOtherResolvers: { access: 'Allow', priority: 100, protocol: '*', to: resolvers, ports: '53' },
    OutboundRefuseInternet: refuseInternet,
  },
};

const inNetwork = (group: string): string => `foundation/Network/SecurityGroups/${group}`;
const inLink = (group: string): string => `link-base/Dns/${group}/SecurityGroup`;

/** One value under the name of one, several under the name of several. */
const named = (name: string, names: string, value: string | readonly string[]): Record<string, Json | Matcher> =>
  typeof value === 'string' ? { [name]: value, [names]: absent } : { [name]: absent, [names]: value };

const says = (
  group: string,
  name: string,
  { access, from = '*', ports = '*', priority, protocol = 'Tcp', to = '*' }: Rule,
): Record<string, Json | Matcher> => ({
  access,
  priority,
  protocol,
  direction: name.startsWith('Inbound') ? 'Inbound' : 'Outbound',
  network_security_group_name: reference(`${group}/Group`, 'name'),
  ...named('source_address_prefix', 'source_address_prefixes', from),
  source_port_range: '*',
  ...named('destination_address_prefix', 'destination_address_prefixes', to),
  ...named('destination_port_range', 'destination_port_ranges', ports),
});

const rulesIn = (all: typeof groups, pathOf: (group: string) => string): readonly Expectation[] =>
  Object.entries(all).flatMap(([group, named]) =>
    Object.entries(named).map(([name, rule]) =>
      one(
        `the subnet ${group} has its rule ${name}, as it stands here`,
        'azurerm_network_security_rule',
        `${pathOf(group)}/${name}`,
        says(pathOf(group), name, rule),
      ),
    ),
  );

export const securityRules: Row = {
  row: 'network: who may reach whom',
  expectations: [
    ...rulesIn(groups, inNetwork),
    ...rulesIn(linkGroups, inLink),
    {
      name: 'there are no other rules between subnets',
      type: 'azurerm_network_security_rule',
      count: Object.values({ ...groups, ...linkGroups }).flatMap((all) => Object.keys(all)).length,
    },
    ...about(
      { type: 'azurerm_network_security_group', count: Object.keys({ ...groups, ...linkGroups }).length },
      {
        'rules of security groups are resources of their own, and nowhere else': { path: 'security_rule', is: absent },
      },
    ),
  ],
};
