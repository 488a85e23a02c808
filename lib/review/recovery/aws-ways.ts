import { listOf, numberOf, objectOf, textOf, type Json } from '../json';
import { referent } from '../aws/references';
import { resourcesOf, type Assembly, type Resource, type Stack } from '../aws/stack';
import type { DatabasePair } from './databases';
import { holds } from './ranges';
import type { Ends, Way } from './way';

/** A resource with its stack. */
interface Placed {
  readonly stack: Stack;
  readonly resource: Resource;
}

const allOf = ({ stacks }: Assembly, type: string): readonly Placed[] =>
  stacks.flatMap((stack) => resourcesOf(stack, type).map((resource) => ({ stack, resource })));

const at = ({ resource, stack }: Placed): string => `cdk.out ${stack.name}: ${resource.logicalId}`;

/** The resource that a value of another one means. */
const meant = (value: Json | undefined, stack: Stack, assembly: Assembly): Resource | undefined =>
  referent(value, stack, assembly)?.resource;

/** Subnets in which a database's servers may stand. */
export function subnetsOf({ primary: { server, stack } }: DatabasePair, assembly: Assembly): readonly Resource[] {
  const group = meant(server.properties.DBSubnetGroupName, stack, assembly);
  return listOf(group?.properties.SubnetIds).flatMap((id) => meant(id, stack, assembly) ?? []);
}

/** What AWS must open for a database to be replicated in both directions. */
export function awsWays(pair: DatabasePair, ends: Ends, assembly: Assembly): readonly Way[] {
  const { server, stack } = pair.primary;
  const groups = listOf(server.properties.VpcSecurityGroupIds ?? server.properties.VPCSecurityGroups).map((each) =>
    meant(each, stack, assembly),
  );
  const rule = (type: string, range: string): string | undefined => {
    const found = allOf(assembly, `AWS::EC2::SecurityGroup${type}`).find(({ resource: { properties }, stack: of }) => {
      const { CidrIp, FromPort, GroupId, ToPort } = properties;
      const [from, to] = [numberOf(FromPort) ?? NaN, numberOf(ToPort) ?? NaN];
      return (
        groups.includes(meant(GroupId, of, assembly)) &&
        holds(textOf(CidrIp) ?? '', range) &&
        from <= ends.port &&
        ends.port <= to
      );
    });
    return found && at(found);
  };
  return [
    {
      way: `servers of the recovery site ask databases.${ends.name} of the primary`,
      found: rule('Ingress', ends.servers),
      by: `let ${ends.servers} in at ${ends.port} by its security group`,
    },
    {
      way: `jobs of the recovery site set up databases.${ends.name} of the primary`,
      found: rule('Ingress', ends.nodes),
      by: `let ${ends.nodes} in at ${ends.port} by its security group`,
    },
    {
      way: `databases.${ends.name} of the primary asks the recovery site, on the way back`,
      found: rule('Egress', ends.servers),
      by: `let it out to ${ends.servers} at ${ends.port} by its security group`,
    },
    ...subnetsOf(pair, assembly).map((subnet) => ({
      way: `${subnet.path.split('/').slice(-2, -1).join('')} of databases.${ends.name} answers the recovery site`,
      found: routeFrom(subnet, ends.servers, assembly),
      by: `give its route table a route to ${ends.servers} by a transit gateway that is attached and has connections`,
    })),
  ];
}

/** The route of a subnet to a range by a transit gateway that leads somewhere. */
function routeFrom(subnet: Resource, range: string, assembly: Assembly): string | undefined {
  const tie = allOf(assembly, 'AWS::EC2::SubnetRouteTableAssociation').find(
    ({ resource, stack }) => meant(resource.properties.SubnetId, stack, assembly) === subnet,
  );
  const table = tie && meant(tie.resource.properties.RouteTableId, tie.stack, assembly);
  const leads = (type: string, gateway: Resource | undefined): boolean =>
    allOf(assembly, type).some(
      ({ resource, stack }) => meant(resource.properties.TransitGatewayId, stack, assembly) === gateway,
    );
  const found = allOf(assembly, 'AWS::EC2::Route').find(({ resource: { properties }, stack }) => {
    const gateway = meant(properties.TransitGatewayId, stack, assembly);
    return (
      gateway !== undefined &&
      meant(properties.RouteTableId, stack, assembly) === table &&
      holds(textOf(properties.DestinationCidrBlock) ?? '', range) &&
      leads('AWS::EC2::TransitGatewayAttachment', gateway) &&
      leads('AWS::EC2::VPNConnection', gateway)
    );
  });
  return found && at(found);
}

/** A tunnel as AWS describes its end. */
export interface AwsTunnel {
  readonly at: string;
  readonly inside: string;
  /** Numbers of the systems at both ends. */
  readonly awsAsn: number | undefined;
  readonly otherAsn: number | undefined;
}

/** All tunnels whose routes are told by BGP. */
export const awsTunnels = (assembly: Assembly): readonly AwsTunnel[] =>
  allOf(assembly, 'AWS::EC2::VPNConnection')
    .filter(({ resource }) => resource.properties.StaticRoutesOnly !== true)
    .flatMap((connection) => {
      const {
        CustomerGatewayId,
        TransitGatewayId,
        VpnTunnelOptionsSpecifications: tunnels,
      } = connection.resource.properties;
      const [gateway, customer] = [TransitGatewayId, CustomerGatewayId].map((id) =>
        meant(id, connection.stack, assembly),
      );
      return listOf(tunnels).map((tunnel) => ({
        at: at(connection),
        inside: textOf(objectOf(tunnel).TunnelInsideCidr) ?? '',
        awsAsn: numberOf(gateway?.properties.AmazonSideAsn),
        otherAsn: numberOf(customer?.properties.BgpAsn),
      }));
    });

/** Resolvers of an assembly, by direction: where they listen or ask from, and what they pass on to whom. */
export function awsNames(assembly: Assembly): {
  readonly inbound: readonly string[];
  readonly forwarded: readonly { readonly at: string; readonly domain: string; readonly to: readonly string[] }[];
} {
  const associated = allOf(assembly, 'AWS::Route53Resolver::ResolverRuleAssociation').map(({ resource, stack }) =>
    meant(resource.properties.ResolverRuleId, stack, assembly),
  );
  return {
    inbound: allOf(assembly, 'AWS::Route53Resolver::ResolverEndpoint')
      .filter(({ resource }) => resource.properties.Direction === 'INBOUND')
      .flatMap(({ resource }) =>
        listOf(resource.properties.IpAddresses).map((each) => textOf(objectOf(each).Ip) ?? ''),
      ),
    forwarded: allOf(assembly, 'AWS::Route53Resolver::ResolverRule')
      .filter(({ resource }) => associated.includes(resource))
      .map((rule) => ({
        at: at(rule),
        domain: textOf(rule.resource.properties.DomainName) ?? '',
        to: listOf(rule.resource.properties.TargetIps).map((each) => textOf(objectOf(each).Ip) ?? ''),
      })),
  };
}
