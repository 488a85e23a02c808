import { about, type Row } from '../../support/about';
import type { Expectation } from '../../support/expectations';
import { reference } from '../../support/graph';
import { exactly, oneLike } from '../../support/matchers';
import { zones } from './facts';

const stack = 'Recovery';
const vpc = reference('Network/Network/Vpc');
const gateway = reference('Recovery/Link/Gateway', 'Id');

/** The network of the recovery site, and what of it reaches over. */
const azure = { network: '10.32.0.0/16', answers: '10.32.16.228' };

const zoneIds = ['ApSoutheast1a', 'ApSoutheast1b', 'ApSoutheast1c'] as const;
const linkSubnets = zoneIds.map((zone) => reference(`Recovery/Link/Subnets/${zone}/Subnet`));

/** Addresses of the subnets by which the link enters, and of what stands in them. */
const entries = [
  { cidr: '10.16.120.0/28', inbound: '10.16.120.4', outbound: '10.16.120.5' },
  { cidr: '10.16.120.16/28', inbound: '10.16.120.20', outbound: '10.16.120.21' },
  { cidr: '10.16.120.32/28', inbound: '10.16.120.36', outbound: '10.16.120.37' },
] as const;

const subnets: readonly Expectation[] = entries.flatMap(({ cidr }, index) => [
  ...about(
    { stack, type: 'AWS::EC2::Subnet', where: new RegExp(`/Subnets/${zoneIds[index]}/Subnet$`), count: 1 },
    {
      [`the link enters zone ${index + 1} by addresses of the allocation lock`]: { path: 'CidrBlock', is: cidr },
      [`the link enters zone ${index + 1} where the definition says`]: {
        path: 'AvailabilityZone',
        is: zones[index] ?? '',
      },
      [`the link gives nobody a public address in zone ${index + 1}`]: { path: 'MapPublicIpOnLaunch', is: false },
      [`the link enters the network in zone ${index + 1}`]: { path: 'VpcId', is: vpc },
    },
  ),
  ...about(
    {
      stack,
      type: 'AWS::EC2::SubnetRouteTableAssociation',
      where: new RegExp(`/Subnets/${zoneIds[index]}/`),
      count: 1,
    },
    {
      [`what enters in zone ${index + 1} has routes of its own`]: {
        path: 'RouteTableId',
        is: reference(`Recovery/Link/Subnets/${zoneIds[index]}/RouteTable`),
      },
    },
  ),
]);

const routed = [
  ...zoneIds.map((zone) => ({
    who: `resolvers of ${zone}`,
    id: `${zone}Route`,
    table: `Recovery/Link/Subnets/${zone}`,
  })),
  ...[1, 2, 3].flatMap((number) => [
    {
      who: `databases of zone ${number}`,
      id: `DataSubnet${number}Route`,
      table: `Network/Network/Vpc/dataSubnet${number}`,
    },
    {
      who: `copies of objects from zone ${number}`,
      id: `AppSubnet${number}Route`,
      table: `Network/Network/Vpc/appSubnet${number}`,
    },
  ]),
];

const routes: readonly Expectation[] = [
  ...routed.flatMap(({ id, table, who }) =>
    about(
      { stack, type: 'AWS::EC2::Route', where: new RegExp(`^Recovery/Link/${id}$`), count: 1 },
      {
        [`${who} reach the recovery site by the link`]: { path: 'TransitGatewayId', is: gateway },
        [`${who} reach no more by it than the recovery site`]: { path: 'DestinationCidrBlock', is: azure.network },
        [`the way of ${who} is in their own table`]: { path: 'RouteTableId', is: reference(`${table}/RouteTable`) },
        [`the way of ${who} is made once the gateway is there`]: {
          path: 'DependsOn[*]',
          is: oneLike(/Link\/Attachment$|LinkAttachment/),
        },
      },
    ),
  ),
  { name: 'nobody else reaches the recovery site', stack, type: 'AWS::EC2::Route', count: routed.length },
];

/** Names on Azure that are asked for there: of databases, and of the three accounts to which objects are copied. */
const asked = [
  { id: 'PostgresDatabaseAzureCom', name: 'postgres.database.azure.com' },
  ...['49q62h', 'jobuwb', 'vw39wc'].map((end) => ({
    id: `Stretailflowproduc${end}BlobCoreWindowsNet`,
    name: `stretailflowproduc${end}.blob.core.windows.net`,
  })),
] as const;

const names: readonly Expectation[] = [
  ...(['inbound', 'outbound'] as const).flatMap((side) => {
    const Side = side === 'inbound' ? 'Inbound' : 'Outbound';
    return about(
      { stack, type: 'AWS::Route53Resolver::ResolverEndpoint', where: new RegExp(`/Dns/${Side}$`), count: 1 },
      {
        [`the ${side} resolver is what it is called`]: { path: 'Direction', is: side.toUpperCase() },
        [`the ${side} resolver has the addresses of the plan, in every zone`]: {
          path: 'IpAddresses',
          is: exactly(...entries.map((entry, index) => ({ Ip: entry[side], SubnetId: linkSubnets[index] ?? '' }))),
        },
        [`the ${side} resolver has a security group of its own`]: {
          path: 'SecurityGroupIds',
          is: exactly(reference(`Recovery/Link/Dns/${Side}SecurityGroup`)),
        },
      },
    );
  }),
  ...asked.flatMap(({ id, name }) => [
    ...about(
      { stack, type: 'AWS::Route53Resolver::ResolverRule', where: new RegExp(`/Dns/${id}/Rule$`), count: 1 },
      {
        [`${name} is asked for on Azure`]: { path: 'DomainName', is: name },
        [`the resolver on Azure is asked for ${name}`]: { path: 'TargetIps[*].Ip', is: azure.answers },
        [`questions for ${name} are sent on`]: { path: 'RuleType', is: 'FORWARD' },
        [`questions for ${name} leave by the outbound resolver`]: {
          path: 'ResolverEndpointId',
          is: reference('Recovery/Link/Dns/Outbound', 'ResolverEndpointId'),
        },
      },
    ),
    ...about(
      { stack, type: 'AWS::Route53Resolver::ResolverRuleAssociation', where: new RegExp(`/Dns/${id}/`), count: 1 },
      {
        [`the whole network asks so for ${name}`]: { path: 'VPCId', is: vpc },
        [`the rule that the network follows for ${name} is that one`]: {
          path: 'ResolverRuleId',
          is: reference(`Recovery/Link/Dns/${id}/Rule`, 'ResolverRuleId'),
        },
      },
    ),
  ]),
  {
    name: 'Azure is asked for nothing else',
    stack,
    type: 'AWS::Route53Resolver::ResolverRule',
    count: asked.length,
  },
];

export const linkNetworkRow: Row = {
  row: 'link to the recovery site: ways and names',
  expectations: [...subnets, ...routes, ...names],
};
