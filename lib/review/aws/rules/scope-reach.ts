import type { Finding } from '../../finding';
import { isObject, listOf, numberOf, textOf } from '../../json';
import type { JsonObject } from '../../json';
import { referent } from '../references';
import { reporter } from '../rule';
import type { Rule } from '../rule';
import { markOf, resourcesIn, scopeOf } from '../scopes';
import type { Assembly, Resource, Stack } from '../stack';

const report = reporter('scope-reach');

/** Ports from which programs call, and to which answers come back: whoever listens there is no service. */
const FIRST_CALLER_PORT = 32_768;

/** Every address of the internet. */
const EVERYONE = ['0.0.0.0/0', '::/0'];

/** What holds subnets together and runs nothing, and what stands before them. */
const PLUMBING = [
  'AWS::EC2::SubnetNetworkAclAssociation',
  'AWS::EC2::SubnetRouteTableAssociation',
  'AWS::NetworkFirewall::Firewall',
];

/**
 * Whatever stands in a scope is reached from outside of it by the calls that the definition declares and by nothing else: security
 * groups let in declared callers at their ports; in subnets of a scope stands what is in it alone, and nothing of it elsewhere;
 * lists of the network let in named ports; and no route leads past the firewall.
 */
export const scopeReach: Rule = (stack, assembly) =>
  stack.resources.flatMap((resource) =>
    [
      ...ingressProblems(resource, stack, assembly),
      ...placeProblems(resource, stack, assembly),
      ...listProblems(resource, stack, assembly),
      ...routeProblems(resource, stack, assembly),
    ].map((message): Finding => report(stack, resource, message)),
  );

/** The rules that a resource adds, and the group that they open. */
function ingressOf(resource: Resource, stack: Stack, assembly: Assembly) {
  const { properties, type } = resource;
  if (type === 'AWS::EC2::SecurityGroup')
    return listOf(properties.SecurityGroupIngress)
      .filter(isObject)
      .map((rule) => ({ rule, group: resource }));
  if (type !== 'AWS::EC2::SecurityGroupIngress') return [];
  const group = referent(properties.GroupId, stack, assembly)?.resource;
  return group === undefined ? [] : [{ rule: properties, group }];
}

function ingressProblems(resource: Resource, stack: Stack, assembly: Assembly): readonly string[] {
  return ingressOf(resource, stack, assembly).flatMap(({ group, rule }) => {
    const scope = scopeOf(group);
    if (scope === undefined) return [];
    const source = referent(rule.SourceSecurityGroupId, stack, assembly)?.resource;
    if (source !== undefined && scopeOf(source) === scope) return [];
    const [first, last] = [numberOf(rule.FromPort), numberOf(rule.ToPort)];
    const { admits, name } = markOf(group);
    const caller = source === undefined ? undefined : markOf(source).name;
    const declared = admits.some(({ from, port }) => from === caller && port === first && port === last);
    if (caller !== undefined && declared) return [];
    const who = caller ?? source?.path ?? textOf(rule.CidrIp) ?? textOf(rule.CidrIpv6) ?? 'somebody';
    const ports =
      first === undefined || last === undefined ? 'every port' : first === last ? `${first}` : `${first} to ${last}`;
    return [
      `lets ${who} in to ${name ?? group.path} of the scope ${scope} on ${ports}, allowed is ${admitted(admits)}: declare the call, or remove the rule`,
    ];
  });
}

const admitted = (admits: ReturnType<typeof markOf>['admits']): string =>
  ['the scope itself', ...admits.map(({ from, port }) => `${from} on ${port}`)].join(', ');

/** In a scope by its tag, or, where a type takes none, by the groups it is given, each of them in the scope. */
function placedIn(resource: Resource, stack: Stack, assembly: Assembly): string | undefined {
  const tagged = scopeOf(resource);
  if (tagged !== undefined) return tagged;
  const groups = resourcesIn(resource.properties, /securitygroup/i, stack, assembly).map(scopeOf);
  const [first, ...others] = [...new Set(groups)];
  return others.length === 0 ? first : undefined;
}

function placeProblems(resource: Resource, stack: Stack, assembly: Assembly): readonly string[] {
  if (PLUMBING.includes(resource.type)) return [];
  const subnets = resourcesIn(resource.properties, /subnet|^ResourceId$|vpczoneidentifier/i, stack, assembly).filter(
    ({ type }) => type === 'AWS::EC2::Subnet',
  );
  if (subnets.length === 0) return [];
  const own = placedIn(resource, stack, assembly);
  const others = [...new Set(subnets.map(scopeOf))].filter((scope) => scope !== own);
  return others.map((scope) =>
    scope === undefined
      ? `is in the scope ${own} and stands in subnets outside of it: give it those of the scope`
      : `stands in subnets of the scope ${scope} and is not in it: give it others, or take it into the scope`,
  );
}

function listProblems(resource: Resource, stack: Stack, assembly: Assembly): readonly string[] {
  const { properties, type } = resource;
  if (type === 'AWS::EC2::Subnet') return unlisted(resource, stack, assembly);
  if (type !== 'AWS::EC2::NetworkAclEntry' || properties.Egress === true || properties.RuleAction !== 'allow')
    return [];
  const list = referent(properties.NetworkAclId, stack, assembly)?.resource;
  const scope = list === undefined ? undefined : scopeOf(list);
  if (scope === undefined) return [];
  const range = portRange(properties);
  const isTcp = numberOf(properties.Protocol) === 6 && range !== undefined;
  const isAnswer = range !== undefined && range.first >= FIRST_CALLER_PORT;
  const fromEveryone = EVERYONE.includes(textOf(properties.CidrBlock) ?? textOf(properties.Ipv6CidrBlock) ?? '');
  return [
    ...(isTcp ? [] : [`lets every port in to the scope ${scope}: name TCP and the ports that are called`]),
    ...(isTcp && fromEveryone && !isAnswer
      ? [
          `lets the internet in to the scope ${scope} on ${range.first} to ${range.last}, allowed are ${FIRST_CALLER_PORT} and above, for answers: name the range of the callers`,
        ]
      : []),
  ];
}

function portRange({ PortRange }: JsonObject): { readonly first: number; readonly last: number } | undefined {
  if (!isObject(PortRange)) return undefined;
  const [first, last] = [numberOf(PortRange.From), numberOf(PortRange.To)];
  return first === undefined || last === undefined ? undefined : { first, last };
}

/** A subnet without a list of its own has that of the network, which lets everything pass. */
function unlisted(subnet: Resource, stack: Stack, assembly: Assembly): readonly string[] {
  const scope = scopeOf(subnet);
  if (scope === undefined) return [];
  const listed = stack.resources
    .filter(({ type }) => type === 'AWS::EC2::SubnetNetworkAclAssociation')
    .filter(({ properties }) => referent(properties.SubnetId, stack, assembly)?.resource === subnet)
    .map(({ properties }) => referent(properties.NetworkAclId, stack, assembly)?.resource);
  return listed.some((list) => list !== undefined && scopeOf(list) === scope)
    ? []
    : [`is of the scope ${scope} and has no list of it: associate one`];
}

/** From subnets of a scope, the internet is reached by an end of the firewall. */
function routeProblems({ properties, type }: Resource, stack: Stack, assembly: Assembly): readonly string[] {
  const destination = textOf(properties.DestinationCidrBlock) ?? textOf(properties.DestinationIpv6CidrBlock) ?? '';
  if (type !== 'AWS::EC2::Route' || !EVERYONE.includes(destination) || properties.VpcEndpointId !== undefined)
    return [];
  const table = referent(properties.RouteTableId, stack, assembly)?.resource;
  const scopes = stack.resources
    .filter((each) => each.type === 'AWS::EC2::SubnetRouteTableAssociation')
    .filter((each) => referent(each.properties.RouteTableId, stack, assembly)?.resource === table)
    .flatMap((each) => referent(each.properties.SubnetId, stack, assembly)?.resource ?? [])
    .flatMap((subnet) => scopeOf(subnet) ?? []);
  return [...new Set(scopes)].map(
    (scope) => `leads the scope ${scope} past its firewall: name an end of the firewall as VpcEndpointId`,
  );
}
