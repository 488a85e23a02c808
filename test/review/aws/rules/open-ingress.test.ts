import { openIngress } from '../../../../lib/review/aws/rules/open-ingress';
import { findingsOf, judges, stackOutput } from '../fixtures';

const OPEN = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0' };

const VALID = {
  PublicGroup: {
    Type: 'AWS::EC2::SecurityGroup',
    Properties: { SecurityGroupIngress: [OPEN, { IpProtocol: 'tcp', FromPort: 80, ToPort: 80, CidrIpv6: '::/0' }] },
  },
  PrivateGroup: {
    Type: 'AWS::EC2::SecurityGroup',
    Properties: { SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 5432, ToPort: 5432, CidrIp: '10.0.0.0/16' }] },
  },
  Rule: {
    Type: 'AWS::EC2::SecurityGroupIngress',
    Properties: { ...OPEN, GroupId: { 'Fn::GetAtt': ['PublicGroup', 'GroupId'] } },
  },
  Balancer: {
    Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    Properties: { Scheme: 'internet-facing', SecurityGroups: [{ 'Fn::GetAtt': ['PublicGroup', 'GroupId'] }] },
  },
};

describe('open-ingress', () => {
  judges(openIngress, VALID, [
    [
      'another port is open',
      'PublicGroup/Properties/SecurityGroupIngress/0/ToPort',
      8443,
      'PublicGroup: lets 0.0.0.0/0 in on tcp 443 to 8443',
    ],
    [
      'every port is open',
      'PublicGroup/Properties/SecurityGroupIngress/1',
      { IpProtocol: '-1', CidrIpv6: '::/0' },
      'lets ::/0 in on every port',
    ],
    ['a public port is open over UDP', 'PublicGroup/Properties/SecurityGroupIngress/0/IpProtocol', 'udp', 'on udp 443'],
    ['the group is no load balancer’s', 'PrivateGroup/Properties/SecurityGroupIngress/0', OPEN, 'PrivateGroup: lets'],
    ['a rule of its own opens another group', 'Rule/Properties/GroupId', { Ref: 'PrivateGroup' }, 'Rule: lets'],
  ]);

  test('fails when the load balancer is internal', async () => {
    const balancer = { ...VALID.Balancer, Properties: { ...VALID.Balancer.Properties, Scheme: 'internal' } };
    const findings = await findingsOf(openIngress, { resources: { ...VALID, Balancer: balancer } });
    expect(findings.map(({ logicalId }) => logicalId)).toEqual(['PublicGroup', 'PublicGroup', 'Rule']);
  });

  test('knows a group that another stack made', async () => {
    const { PublicGroup, Rule, ...rest } = VALID;
    const output = { Value: { 'Fn::GetAtt': ['PublicGroup', 'GroupId'] } };
    const balancer = { ...rest.Balancer, Properties: { SecurityGroups: [stackOutput('Network', 'Group')] } };
    const network = { id: 'Network', resources: { PublicGroup, Rule }, outputs: { Group: output } };
    const cluster = { id: 'Cluster', resources: { Balancer: balancer } };
    expect(await findingsOf(openIngress, network, cluster)).toEqual([]);
  });
});
