import { cidrSyntax } from '../../../../lib/review/aws/rules/cidr-syntax';
import { judges, messagesOf } from '../fixtures';

const VALID = {
  Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.16.0.0/16' } },
  Subnet: { Type: 'AWS::EC2::Subnet', Properties: { CidrBlock: '10.16.3.0/24', Ipv6CidrBlock: '2001:db8::/64' } },
  Group: {
    Type: 'AWS::EC2::SecurityGroup',
    Properties: {
      SecurityGroupIngress: [{ CidrIp: '10.16.3.7/32' }, { CidrIpv6: '::/0' }],
      SecurityGroupEgress: [{ CidrIp: '0.0.0.0/0' }],
    },
  },
  Route: { Type: 'AWS::EC2::Route', Properties: { DestinationCidrBlock: '10.64.0.0/12' } },
  Vpn: {
    Type: 'AWS::EC2::VPNConnection',
    Properties: { VpnTunnelOptionsSpecifications: [{ TunnelInsideCidr: '169.254.21.4/30' }] },
  },
  Partners: { Type: 'AWS::WAFv2::IPSet', Properties: { Addresses: ['198.51.100.7/32', '203.0.113.0/24'] } },
  Rule: {
    Type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
    Properties: {
      Conditions: [
        { Field: 'source-ip', SourceIpConfig: { Values: ['192.0.2.0/24'] } },
        { Field: 'path-pattern', PathPatternConfig: { Values: ['/a/b'] } },
      ],
    },
  },
};

describe('cidr-syntax', () => {
  judges(cidrSyntax, VALID, [
    [
      'an octet is too large',
      'Vpc/Properties/CidrBlock',
      '10.0.300.0/18',
      "must be an address range such as 10.0.0.0/16, got '10.0.300.0/18'",
    ],
    ['the text is no address', 'Vpc/Properties/CidrBlock', 'not-a-cidr', "got 'not-a-cidr'"],
    [
      'the prefix is too long',
      'Route/Properties/DestinationCidrBlock',
      '10.0.0.0/33',
      'Route: DestinationCidrBlock must be an address range',
    ],
    ['the prefix is missing', 'Route/Properties/DestinationCidrBlock', '10.0.0.0', 'must be an address range'],
    ['an octet has a leading zero', 'Route/Properties/DestinationCidrBlock', '010.0.0.0/8', 'must be an address range'],
    ['a VPC is too large', 'Vpc/Properties/CidrBlock', '10.0.0.0/8', "must be a /16 to a /28, got '10.0.0.0/8'"],
    ['a subnet is too small', 'Subnet/Properties/CidrBlock', '10.16.3.0/29', 'must be a /16 to a /28'],
    ['host bits are set', 'Vpc/Properties/CidrBlock', '10.16.3.0/16', "write '10.16.0.0/16'"],
    [
      'host bits of an IPv6 range are set',
      'Subnet/Properties/Ipv6CidrBlock',
      '2001:db8::1/64',
      "write '2001:db8::/64'",
    ],
    ['the family is wrong', 'Subnet/Properties/Ipv6CidrBlock', '10.0.0.0/16', 'must be an ipv6 range'],
    [
      'a rule of a security group is malformed',
      'Group/Properties/SecurityGroupIngress/0/CidrIp',
      '999.0.0.0/0',
      'SecurityGroupIngress[0].CidrIp must be',
    ],
    [
      'a tunnel is no /30',
      'Vpn/Properties/VpnTunnelOptionsSpecifications/0/TunnelInsideCidr',
      '169.254.21.0/29',
      'must be a /30 of 169.254.0.0/16',
    ],
    [
      'a tunnel is outside the link-local range',
      'Vpn/Properties/VpnTunnelOptionsSpecifications/0/TunnelInsideCidr',
      '10.0.0.0/30',
      'must be a /30 of',
    ],
    [
      'a tunnel takes what AWS keeps',
      'Vpn/Properties/VpnTunnelOptionsSpecifications/0/TunnelInsideCidr',
      '169.254.169.252/30',
      'has not reserved',
    ],
    [
      'an address of an IP set lacks its prefix',
      'Partners/Properties/Addresses/0',
      '198.51.100.7',
      'Addresses[0] must be',
    ],
    [
      'a source of a listener rule is malformed',
      'Rule/Properties/Conditions/0/SourceIpConfig/Values/0',
      '192.0.2/24',
      'SourceIpConfig.Values[0] must be',
    ],
  ]);

  test('leaves alone what is known only at deployment', async () => {
    const properties = {
      CidrBlock: { 'Fn::Select': [0, { 'Fn::Cidr': ['10.0.0.0/16', 6, '8'] }] },
      VpcId: { Ref: 'Vpc' },
    };
    expect(await messagesOf(cidrSyntax, { Subnet: { Type: 'AWS::EC2::Subnet', Properties: properties } })).toEqual([]);
  });

  test('leaves alone lists of the same name in other types', async () => {
    const resource = { Type: 'AWS::Other::Thing', Properties: { Addresses: ['somewhere'] } };
    expect(await messagesOf(cidrSyntax, { Thing: resource })).toEqual([]);
  });
});
