import { about, none, type Row } from '../../support/about';
import { reference } from '../../support/graph';
import { absent, eachOneOf, exactly, like, oneOf } from '../../support/matchers';

const stack = 'Network';

/** Tiers of subnets, and two offices by two tunnels each. */
export const network: Row = {
  row: 'network',
  expectations: [
    ...about(
      { stack, type: 'AWS::EC2::Subnet', count: 9 },
      { 'nothing gets a public address by itself': { path: 'MapPublicIpOnLaunch', is: false } },
    ),
    ...about(
      { stack, type: 'AWS::EC2::VPNConnection', count: 2 },
      {
        'keys of tunnels are made by AWS and kept in Secrets Manager': {
          path: 'PreSharedKeyStorage',
          is: 'SecretsManager',
        },
        'no key of a tunnel stands in the template': {
          path: 'VpnTunnelOptionsSpecifications[*].PreSharedKey',
          is: absent,
        },
        'tunnels speak IKE version 2 alone': {
          path: 'VpnTunnelOptionsSpecifications[*].IKEVersions[*].Value',
          is: 'ikev2',
        },
        'tunnels log what they negotiate': {
          path: 'VpnTunnelOptionsSpecifications[*].LogOptions.CloudwatchLogOptions.LogEnabled',
          is: true,
        },
        'an office has one gateway to the network': {
          path: 'VpnGatewayId',
          is: reference('Network/Offices/Gateway', 'VPNGatewayId'),
        },
      },
    ),
    ...about(
      { stack, type: 'AWS::EC2::CustomerGateway', count: 2 },
      { 'routers of offices have fixed addresses': { path: 'IpAddress', is: like(/^\d+(\.\d+){3}$/) } },
    ),
    ...about(
      { stack, type: 'AWS::EC2::Route', where: /^Network\/Offices\//, count: 12 },
      {
        'the network has a way to the ranges of offices, and to nothing else of theirs': {
          path: 'DestinationCidrBlock',
          is: eachOneOf('192.168.16.0/20', '192.168.32.0/22'),
        },
      },
    ),
    ...about(
      { stack, type: 'AWS::EC2::VPNGateway', count: 1 },
      {
        'tunnels of offices speak IPsec': { path: 'Type', is: 'ipsec.1' },
        'offices know the network by its own number': { path: 'AmazonSideAsn', is: 64_520 },
      },
    ),
    none({ type: 'AWS::EC2::VPNGatewayRoutePropagation' }, 'no router of an office adds a route'),
    ...about(
      { stack, type: 'AWS::CloudWatch::Alarm', where: /^Network\/Offices\/.*\/(TunnelDown|Lost)$/, count: 4 },
      {
        'a tunnel that is down calls people': {
          path: 'AlarmActions',
          is: exactly(reference('Security/Alarms/Topic')),
        },
        'a tunnel that tells nothing is taken for down': { path: 'TreatMissingData', is: 'breaching' },
      },
    ),
    ...about(
      { stack: 'Data', type: 'AWS::EC2::SecurityGroupIngress', where: /StoreOffices\//, count: 2 },
      {
        'people in offices reach the pool of the database': {
          path: 'GroupId',
          is: reference('Data/StoreDatabase/Proxy/SecurityGroup'),
        },
        'people in offices reach no port below': { path: 'FromPort', is: 5432 },
        'people in offices reach no other port': { path: 'ToPort', is: 5432 },
        'the pool is reached from the ranges of offices, and from no other': {
          path: 'CidrIp',
          is: oneOf('192.168.16.0/20', '192.168.32.0/22'),
        },
      },
    ),
  ],
};
