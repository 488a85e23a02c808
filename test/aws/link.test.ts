import { existsSync } from 'node:fs';
import { Match } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { linkAlarms } from '../../lib/aws/link-alarms';
import { customerAsn } from '../../lib/aws/link-connection';
import { LinkDatabase } from '../../lib/aws/link-database';
import { Link } from '../../lib/aws/link';
import { tunnelOptions } from '../../lib/aws/link-tunnel';
import { linkPlan } from '../../lib/platform/link';
import { linkNetwork } from '../../lib/platform/link-network';
import retailflow from '../../platforms/retailflow';
import { findings, staleAcknowledgements, surroundings, templateOf, testStack } from '../support/aws';
import { resolved } from '../support/platform';
import { remember } from '../support/remember';

const plan = linkPlan({ awsAsn: 64_512, azureAsn: 65_010, inside: ['169.254.21.0/29', '169.254.22.0/29'] });
const network = linkNetwork(resolved(retailflow));

const made = remember((azureAsn: number = plan.azureAsn) => {
  const stack = testStack();
  const { alarms, key, vpc } = surroundings(stack);
  const link = new Link(stack, 'Link', {
    plan: { ...plan, azureAsn },
    rotateDays: 365,
    prefix: 'shop-production',
    network,
    vpc,
    reachedFrom: vpc.isolatedSubnets,
    addresses: ['20.1.2.3', '20.1.2.4'],
    logsKey: key,
    logDays: 90,
    alarms,
  });
  return { link, stack, template: templateOf(stack) };
});

describe('a tunnel', () => {
  test('has one suite, one version of IKE, and no key in writing', () => {
    const options = tunnelOptions({ insideCidr: '169.254.21.0/30' }, 'arn:logs');
    expect(options).toMatchObject({
      tunnelInsideCidr: '169.254.21.0/30',
      ikeVersions: [{ value: 'ikev2' }],
      phase1EncryptionAlgorithms: [{ value: 'AES256' }],
      phase2EncryptionAlgorithms: [{ value: 'AES256-GCM-16' }],
    });
    expect(options).not.toHaveProperty('preSharedKey');
  });
});

test.each([
  [65_010, { bgpAsn: 65_010 }],
  [2_147_483_647, { bgpAsn: 2_147_483_647 }],
  [4_200_000_000, { bgpAsnExtended: 4_200_000_000 }],
])('the number %d of an autonomous system stands where AWS takes it', (asn, expected) => {
  expect(customerAsn(asn)).toEqual(expected);
});

describe('the link on AWS', () => {
  test('leads by two connections to two addresses, each by two tunnels', () => {
    const { template } = made();
    template.resourceCountIs('AWS::EC2::VPNConnection', 2);
    for (const IpAddress of ['20.1.2.3', '20.1.2.4']) {
      template.hasResourceProperties('AWS::EC2::CustomerGateway', { BgpAsn: 65_010, IpAddress, Type: 'ipsec.1' });
    }
  });

  test('takes a number of four bytes', () => {
    made(4_200_000_001).template.hasResourceProperties('AWS::EC2::CustomerGateway', {
      BgpAsn: Match.absent(),
      BgpAsnExtended: 4_200_000_001,
    });
  });

  test('is reached from the subnets that are named, and not from others', () => {
    const routes = Object.values(made().template.findResources('AWS::EC2::Route')).filter(
      ({ Properties }) => Properties.TransitGatewayId !== undefined,
    );
    expect(routes).toHaveLength(network.aws.zones.length + 3);
    expect(new Set(routes.map(({ Properties }) => Properties.DestinationCidrBlock))).toEqual(new Set(['10.32.0.0/16']));
    expect(JSON.stringify(routes)).not.toMatch(/appSubnet|publicSubnet/);
  });

  test('lets its resolvers be asked by the other one alone', () => {
    const { template } = made();
    for (const IpProtocol of ['udp', 'tcp']) {
      const rule = { IpProtocol, FromPort: 53, ToPort: 53 };
      template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', { ...rule, CidrIp: '10.32.16.240/28' });
      template.hasResourceProperties('AWS::EC2::SecurityGroupEgress', { ...rule, CidrIp: '10.32.16.228/32' });
    }
    template.resourceCountIs('AWS::EC2::SecurityGroupIngress', 2);
  });

  test('logs tunnels by the name of the group, without the asterisk that its ARN ends with', () => {
    const [connection] = Object.values(made().template.findResources('AWS::EC2::VPNConnection'));
    const arn =
      connection?.['Properties'].VpnTunnelOptionsSpecifications[0].LogOptions.CloudwatchLogOptions.LogGroupArn;
    expect(JSON.stringify(arn)).toMatch(/log-group:.*\{"Ref":"LinkLogs/);
    expect(JSON.stringify(arn)).not.toContain(':*');
  });

  test('tells four addresses and where keys lie, under names that the other end is told them by', () => {
    expect(Object.keys(made().template.findOutputs('*')).sort()).toEqual([
      'LinkConnection1KeyArn',
      'LinkConnection1Tunnel1Address',
      'LinkConnection1Tunnel2Address',
      'LinkConnection2KeyArn',
      'LinkConnection2Tunnel1Address',
      'LinkConnection2Tunnel2Address',
    ]);
  });

  test('calls somebody when one of the two keys of a connection is old', () => {
    const { template } = made();
    for (const connection of [1, 2]) {
      template.hasResourceProperties('AWS::CloudWatch::Alarm', {
        MetricName: 'AgeDays',
        Dimensions: Match.arrayWith([{ Name: 'Secret', Value: `link-connection-${connection}` }]),
        Threshold: 365,
        AlarmDescription: Match.stringLikeRegexp(`keys of connection ${connection} .*runbooks/link-key.md`),
      });
    }
    const told = (connection: number) => ({
      'Fn::GetAtt': [Match.stringLikeRegexp(`^LinkAddressesConnection${connection}`), 'KeyArn'],
    });
    template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Action: 'secretsmanager:ListSecretVersionIds', Resource: [told(1), told(2)] }),
        ]),
      },
    });
  });

  test('holds no key', () => {
    expect(JSON.stringify(made().template.toJSON())).not.toMatch(/"PreSharedKey"/);
  });

  test('has no finding that is not explained, and no explanation without finding', () => {
    expect(findings(made().link)).toEqual([]);
    expect(staleAcknowledgements(made().link)).toEqual([]);
  });
});

describe('alarms of the link', () => {
  const alarms = linkAlarms({
    connections: [
      ['13.0.0.1', '13.0.0.2'],
      ['13.0.0.3', '13.0.0.4'],
    ],
    transitGatewayId: 'tgw-1',
  });

  test('are of each tunnel, each connection, the link, its routes and its room', () => {
    expect(Object.keys(alarms)).toEqual([
      'Connection1Tunnel1Down',
      'Connection1Tunnel2Down',
      'Connection2Tunnel1Down',
      'Connection2Tunnel2Down',
      'Connection1Lost',
      'Connection2Lost',
      'Lost',
      'RoutesLost',
      'Crowded',
    ]);
  });

  test('name a runbook that exists', () => {
    for (const { runbook } of Object.values(alarms)) expect(existsSync(`docs/runbooks/${runbook}.md`)).toBe(true);
  });

  test('call sooner the more is lost', () => {
    expect(
      [alarms['Lost'], alarms['Connection1Lost'], alarms['Connection1Tunnel1Down']].map((each) => each?.periods),
    ).toEqual([1, 2, 3]);
  });
});

describe('a database that the recovery site replicates', () => {
  test('lets in servers and jobs, and reaches servers on the way back', () => {
    const stack = testStack();
    const { vpc } = surroundings(stack);
    const securityGroup = new ec2.SecurityGroup(stack, 'Group', { vpc, allowAllOutbound: false });
    new LinkDatabase(stack, 'Database', { securityGroup, callers: network.azure.databaseCallers });
    const template = templateOf(stack);
    for (const CidrIp of ['10.32.16.64/26', '10.32.0.0/20']) {
      template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', { CidrIp, FromPort: 5432, ToPort: 5432 });
    }
    template.resourceCountIs('AWS::EC2::SecurityGroupIngress', 2);
    template.hasResourceProperties('AWS::EC2::SecurityGroupEgress', { CidrIp: '10.32.16.64/26', FromPort: 5432 });
    template.resourceCountIs('AWS::EC2::SecurityGroupEgress', 1);
  });
});
