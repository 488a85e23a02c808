import { parseCidr } from '../../cidr';
import type { Cidr } from '../../cidr';
import { entriesOf } from '../../json';
import type { Entry } from '../../json';
import { reporter } from '../rule';
import type { Rule } from '../rule';
import type { Resource } from '../stack';

const report = reporter('cidr-syntax');

type Family = Cidr['family'] | 'either';

/** Properties that hold an address range, or a list of them, in whichever resource they stand. */
const PROPERTIES: Readonly<Record<string, Family>> = {
  Cidr: 'either',
  CidrBlock: 'either',
  CidrBlocks: 'either',
  CidrIp: 'ipv4',
  CidrIpv6: 'ipv6',
  Cidrs: 'either',
  ClientCidrBlock: 'ipv4',
  DestinationCidrBlock: 'ipv4',
  DestinationIpv6CidrBlock: 'ipv6',
  InsideCidrBlocks: 'either',
  Ipv6CidrBlock: 'ipv6',
  LocalIpv4NetworkCidr: 'ipv4',
  LocalIpv6NetworkCidr: 'ipv6',
  PublicAccessCidrs: 'either',
  RemoteIpv4NetworkCidr: 'ipv4',
  RemoteIpv6NetworkCidr: 'ipv6',
  ServiceIpv4Cidr: 'ipv4',
  TargetNetworkCidr: 'ipv4',
  TransitGatewayCidrBlocks: 'either',
  TunnelInsideCidr: 'ipv4',
  TunnelInsideIpv6Cidr: 'ipv6',
};

/** Lists that hold address ranges in one type only; elsewhere a list of that name holds something else. */
const LISTS_OF_TYPE: Readonly<Record<string, RegExp>> = {
  'AWS::ElasticLoadBalancingV2::ListenerRule': /SourceIpConfig\.Values\[\d+\]$/,
  'AWS::WAFv2::IPSet': /^Addresses\[\d+\]$/,
};

/** Amazon VPC takes ranges of these lengths for a VPC and for a subnet. */
const VPC_PREFIX = { min: 16, max: 28 };
const VPC_TYPES = ['AWS::EC2::VPC', 'AWS::EC2::VPCCidrBlock', 'AWS::EC2::Subnet'];

/** A tunnel of a Site-to-Site VPN takes a /30 of the first range, but none of the others, which AWS keeps for itself. */
const TUNNEL_RANGE = '169.254.0.0/16';
const TUNNEL_RESERVED = [
  '169.254.0.0/30',
  '169.254.1.0/30',
  '169.254.2.0/30',
  '169.254.3.0/30',
  '169.254.4.0/30',
  '169.254.5.0/30',
  '169.254.169.252/30',
];

/** Every literal address range is well-formed, begins at its network's address and has a length that AWS takes. */
export const cidrSyntax: Rule = (stack) =>
  stack.resources.flatMap((resource) =>
    entriesOf(resource.properties).flatMap((entry) => {
      const family = LISTS_OF_TYPE[resource.type]?.test(entry.at) === true ? 'either' : PROPERTIES[entry.key];
      if (family === undefined || typeof entry.value !== 'string') return [];
      const problem = problemOf(entry.value, family, entry, resource);
      return problem === undefined ? [] : [report(stack, resource, `${entry.at} ${problem}`)];
    }),
  );

function problemOf(text: string, family: Family, { key }: Entry, { type }: Resource): string | undefined {
  const cidr = parseCidr(text);
  if (cidr === undefined) {
    return `must be an address range such as 10.0.0.0/16, got '${text}': correct the address or the prefix length`;
  }
  if (family !== 'either' && cidr.family !== family) {
    return `must be an ${family} range, got '${text}': use the property for ${cidr.family}`;
  }
  if (!cidr.aligned) {
    return `must begin at its network's address, got '${text}': write '${cidr.network}', or another prefix length`;
  }
  const { min, max } = VPC_PREFIX;
  if (cidr.family === 'ipv4' && key === 'CidrBlock' && VPC_TYPES.includes(type) && !between(cidr.prefix, min, max)) {
    return `must be a /${min} to a /${max}, got '${text}': choose another prefix length`;
  }
  if (key === 'TunnelInsideCidr' && !isTunnelRange(cidr)) {
    return `must be a /30 of ${TUNNEL_RANGE} that AWS has not reserved, got '${text}': choose another /30`;
  }
  return undefined;
}

function between(value: number, min: number, max: number): boolean {
  return value >= min && value <= max;
}

function isTunnelRange({ prefix, network }: Cidr): boolean {
  return prefix === 30 && network.startsWith('169.254.') && !TUNNEL_RESERVED.includes(network);
}
