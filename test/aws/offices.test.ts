import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { AdmittedOffices } from '../../lib/aws/admitted-offices';
import { Offices } from '../../lib/aws/offices';
import { findings, staleAcknowledgements, surroundings, templateOf, testStack } from '../support/aws';
import { allOf, only } from '../support/template';

const offices = {
  headquarters: {
    address: '203.0.113.10',
    asn: 65_000,
    ranges: ['192.168.16.0/20', '192.168.8.0/24'],
    reaches: ['databases'],
    rotateDays: 365,
  },
  support: {
    address: '198.51.100.20',
    asn: 4_200_000_001,
    ranges: ['192.168.32.0/22'],
    reaches: ['databases'],
    rotateDays: 180,
  },
} as const;

const stack = testStack();
const { key, alarms, vpc } = surroundings(stack);
const made = new Offices(stack, 'Offices', {
  network: { offices, officesAsn: 64_520 },
  prefix: 'shop-production',
  vpc,
  logsKey: key,
  logDays: 90,
  alarms,
});
const pool = new ec2.SecurityGroup(stack, 'Pool', { vpc, allowAllOutbound: false });
new AdmittedOffices(stack, 'Admitted', {
  offices,
  kind: 'databases',
  called: 'the pool',
  securityGroup: pool,
  port: 5432,
});
const template = templateOf(stack);

const ways = allOf(template, 'AWS::EC2::Route').filter(
  ({ properties }) => 'GatewayId' in properties && properties['DestinationCidrBlock'] !== '0.0.0.0/0',
);

describe('offices', () => {
  test('share a gateway that is attached to the network', () => {
    const gateway = only(template, 'AWS::EC2::VPNGateway');
    expect(gateway.properties).toMatchObject({ AmazonSideAsn: 64_520, Type: 'ipsec.1' });
    expect(
      allOf(template, 'AWS::EC2::VPCGatewayAttachment').filter(({ properties }) => 'VpnGatewayId' in properties),
    ).toHaveLength(1);
  });

  test.each([
    ['Headquarters', { BgpAsn: 65_000, IpAddress: '203.0.113.10' }],
    ['Support', { BgpAsnExtended: 4_200_000_001, IpAddress: '198.51.100.20' }],
  ])('%s has a router that is known', (name, properties) => {
    expect(only(template, 'AWS::EC2::CustomerGateway', `Offices${name}`).properties).toMatchObject(properties);
  });

  test('have two tunnels each, of strong suites, that log, and whose keys stand nowhere', () => {
    const connections = allOf(template, 'AWS::EC2::VPNConnection');
    expect(connections).toHaveLength(2);
    for (const { properties } of connections) {
      expect(properties).toMatchObject({ PreSharedKeyStorage: 'SecretsManager', StaticRoutesOnly: false });
      const tunnels = properties['VpnTunnelOptionsSpecifications'];
      expect(tunnels).toHaveLength(2);
      for (const tunnel of tunnels) {
        expect(tunnel).toMatchObject({
          IKEVersions: [{ Value: 'ikev2' }],
          Phase1EncryptionAlgorithms: [{ Value: expect.stringMatching(/^AES256/) }],
          LogOptions: { CloudwatchLogOptions: { LogEnabled: true, BgpLogEnabled: true } },
        });
        expect(tunnel).not.toHaveProperty('PreSharedKey');
        expect(tunnel).not.toHaveProperty('TunnelInsideCidr');
      }
    }
  });

  test('are reached by their own ranges alone, from every subnet but the public ones', () => {
    const wanted = ['192.168.16.0/20', '192.168.32.0/22', '192.168.8.0/24'].flatMap((range) =>
      Array<string>(6).fill(range),
    );
    expect(ways.map(({ properties }) => properties['DestinationCidrBlock']).sort()).toEqual(wanted.sort());
    expect(JSON.stringify(ways)).not.toContain('publicSubnet');
  });

  test('tell no routes by themselves', () => {
    expect(allOf(template, 'AWS::EC2::VPNGatewayRoutePropagation')).toEqual([]);
  });

  test.each(['Headquarters', 'Support'])('%s calls somebody when a tunnel is down, and when it is cut off', (name) => {
    const [down, lost] = ['TunnelDown', 'Lost'].map((id) =>
      only(template, 'AWS::CloudWatch::Alarm', `Offices${name}${id}`),
    );
    expect(down?.properties).toMatchObject({
      MetricName: 'TunnelState',
      Statistic: 'Minimum',
      TreatMissingData: 'breaching',
    });
    expect(lost?.properties).toMatchObject({ MetricName: 'TunnelState', Statistic: 'Maximum', EvaluationPeriods: 2 });
    expect(lost?.properties['AlarmActions']).toHaveLength(1);
  });

  test.each([
    ['Headquarters', 'office-headquarters', 365],
    ['Support', 'office-support', 180],
  ])('%s calls somebody when one of its two keys is old', (name, secret, days) => {
    const old = only(template, 'AWS::CloudWatch::Alarm', `OfficesSecretAgesOffice${name}Old`);
    expect(old.properties).toMatchObject({
      MetricName: 'AgeDays',
      Dimensions: expect.arrayContaining([{ Name: 'Secret', Value: secret }]),
      Threshold: days,
      TreatMissingData: 'breaching',
      AlarmDescription: expect.stringMatching(/one of the two keys .* docs\/runbooks\/office\.md/i),
    });
    expect(old.properties['AlarmActions']).toHaveLength(1);
  });

  test('are asked where their keys lie, and who looks how old these are reads none', () => {
    const told = allOf(template, 'Custom::OfficeKeys');
    expect(told.map(({ properties }) => properties['VpnConnectionId'])).toEqual(
      ['Headquarters', 'Support'].map((name) => ({
        'Fn::GetAtt': [expect.stringContaining(`Offices${name}Connection`), 'VpnConnectionId'],
      })),
    );
    const arns = told.map(({ logicalId }) => ({ 'Fn::GetAtt': [logicalId, 'KeyArn'] }));
    expect(only(template, 'AWS::IAM::ManagedPolicy', 'OfficesSecretAgesPolicy').properties).toMatchObject({
      PolicyDocument: {
        Statement: [{ Action: 'secretsmanager:ListSecretVersionIds', Effect: 'Allow', Resource: arns }, {}],
      },
    });
    expect(JSON.stringify(template.toJSON())).not.toContain('GetSecretValue');
    const watched = JSON.stringify(only(template, 'AWS::Lambda::Function', 'OfficesSecretAges').properties);
    expect(watched.split('writes')).toHaveLength(3);
  });

  test('have no finding that is not answered, and no answer without a finding', () => {
    expect({ open: findings(made), stale: staleAcknowledgements(made) }).toEqual({ open: [], stale: [] });
  });

  test('come in to one port of what they may reach', () => {
    const rules = allOf(template, 'AWS::EC2::SecurityGroupIngress').map(({ properties }) => properties);
    expect(rules.map(({ CidrIp, FromPort, ToPort }) => [CidrIp, FromPort, ToPort])).toEqual([
      ['192.168.16.0/20', 5432, 5432],
      ['192.168.8.0/24', 5432, 5432],
      ['192.168.32.0/22', 5432, 5432],
    ]);
  });
});

test('an office that may not reach something has no way in', () => {
  const other = testStack('Closed');
  const group = new ec2.SecurityGroup(other, 'Group', { vpc: surroundings(other).vpc, allowAllOutbound: false });
  const closed = { support: { ...offices.support, reaches: [] } };
  new AdmittedOffices(other, 'Admitted', {
    offices: closed,
    kind: 'databases',
    called: 'x',
    securityGroup: group,
    port: 1,
  });
  expect(allOf(templateOf(other), 'AWS::EC2::SecurityGroupIngress')).toEqual([]);
});
