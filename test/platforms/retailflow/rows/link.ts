import { about, type Row } from '../../support/about';
import { ageWatch } from '../../support/age-watch';
import type { Expectation } from '../../support/expectations';
import { reference } from '../../support/graph';
import { absent, atMost, exactly, like, oneLike, oneOf, present } from '../../support/matchers';
import { account, alarmTopic } from './facts';

const stack = 'Recovery';
const vpc = reference('Network/Network/Vpc');
const gateway = reference('Recovery/Link/Gateway', 'Id');

/** The network of the recovery site, and what of it reaches over. */
const azure = { nodes: '10.32.0.0/20', servers: '10.32.16.64/26' };

const zoneIds = ['ApSoutheast1a', 'ApSoutheast1b', 'ApSoutheast1c'] as const;
const linkSubnets = zoneIds.map((zone) => reference(`Recovery/Link/Subnets/${zone}/Subnet`));

/** The table of Microsoft and AWS, written down again. */
const connections = [
  { number: 1, address: '192.0.2.1', inside: ['169.254.21.0/30', '169.254.22.0/30'] },
  { number: 2, address: '192.0.2.2', inside: ['169.254.21.4/30', '169.254.22.4/30'] },
] as const;

const ends: readonly Expectation[] = [
  ...about(
    { stack, type: 'AWS::EC2::TransitGateway', count: 1 },
    {
      'the gateway has the number of the definition': { path: 'AmazonSideAsn', is: 64_512 },
      'traffic spreads over all tunnels': { path: 'VpnEcmpSupport', is: 'enable' },
      'nobody of another account joins by themselves': { path: 'AutoAcceptSharedAttachments', is: 'disable' },
      'what joins takes the routes of the gateway': { path: 'DefaultRouteTableAssociation', is: 'enable' },
      'what joins tells the gateway its routes': { path: 'DefaultRouteTablePropagation', is: 'enable' },
      'the gateway sends to one at a time': { path: 'MulticastSupport', is: 'disable' },
    },
  ),
  ...about(
    { stack, type: 'AWS::EC2::TransitGatewayAttachment', count: 1 },
    {
      'the network joins the gateway': { path: 'VpcId', is: vpc },
      'the network joins the gateway of the link': { path: 'TransitGatewayId', is: gateway },
      'the network joins in every zone': { path: 'SubnetIds', is: exactly(...linkSubnets) },
      'the gateway takes its addresses after the resolvers': { path: 'DependsOn[*]', is: oneLike(/Dns/) },
    },
  ),
  ...connections.flatMap(({ address, inside, number }) => [
    ...about(
      { stack, type: 'AWS::EC2::CustomerGateway', where: new RegExp(`Connection${number}/Customer$`), count: 1 },
      {
        [`connection ${number} knows the number of the other end`]: { path: 'BgpAsn', is: 65_010 },
        [`connection ${number} knows the address of the other end`]: { path: 'IpAddress', is: address },
      },
    ),
    ...about(
      { stack, type: 'AWS::EC2::VPNConnection', where: new RegExp(`Connection${number}/Connection$`), count: 1 },
      {
        [`connection ${number} leads to its own instance`]: {
          path: 'CustomerGatewayId',
          is: reference(`Recovery/Link/Connection${number}/Customer`, 'CustomerGatewayId'),
        },
        [`tunnel ${number}/T1 has the addresses of the plan`]: {
          path: 'VpnTunnelOptionsSpecifications[0].TunnelInsideCidr',
          is: inside[0],
        },
        [`tunnel ${number}/T2 has the addresses of the plan`]: {
          path: 'VpnTunnelOptionsSpecifications[1].TunnelInsideCidr',
          is: inside[1],
        },
      },
    ),
  ]),
  ...about(
    { stack, type: 'AWS::EC2::VPNConnection', count: connections.length },
    {
      'connections end at the gateway': { path: 'TransitGatewayId', is: gateway },
      'connections learn their routes': { path: 'StaticRoutesOnly', is: false },
      'keys of tunnels are kept where people are asked for them': { path: 'PreSharedKeyStorage', is: 'SecretsManager' },
      'no key of a tunnel stands in a template': {
        path: 'VpnTunnelOptionsSpecifications[*].PreSharedKey',
        is: absent,
      },
      ...Object.fromEntries(
        Object.entries({
          'IKEVersions[*].Value': 'ikev2',
          'Phase1EncryptionAlgorithms[*].Value': 'AES256',
          'Phase1IntegrityAlgorithms[*].Value': 'SHA2-256',
          'Phase1DHGroupNumbers[*].Value': 14,
          'Phase2EncryptionAlgorithms[*].Value': 'AES256-GCM-16',
          'Phase2IntegrityAlgorithms[*].Value': 'SHA2-256',
          'Phase2DHGroupNumbers[*].Value': 14,
          StartupAction: 'start',
          DPDTimeoutAction: 'restart',
          DPDTimeoutSeconds: 45,
          Phase1LifetimeSeconds: 28_800,
          Phase2LifetimeSeconds: 3600,
          EnableTunnelLifecycleControl: true,
          'LogOptions.CloudwatchLogOptions.LogEnabled': true,
          'LogOptions.CloudwatchLogOptions.BgpLogEnabled': true,
        }).map(([path, is]) => [
          `tunnels have ${path} ${is} and nothing else`,
          { path: `VpnTunnelOptionsSpecifications[*].${path}`, is },
        ]),
      ),
      'tunnels log into their own group': {
        path: 'VpnTunnelOptionsSpecifications[*].LogOptions.CloudwatchLogOptions.LogGroupArn',
        is: like(/Recovery\/Link\/Logs/),
      },
      'the routes of tunnels are logged there, too': {
        path: 'VpnTunnelOptionsSpecifications[*].LogOptions.CloudwatchLogOptions.BgpLogGroupArn',
        is: like(/Recovery\/Link\/Logs/),
      },
    },
  ),
];

const teller: readonly Expectation[] = [
  ...about(
    { stack, type: 'AWS::Lambda::Function', where: /Link\/Addresses\/Function$/, count: 1 },
    {
      'addresses are told by a function that is maintained': { path: 'Runtime', is: like(/^nodejs24/) },
      'what tells addresses logs into an encrypted log': {
        path: 'LoggingConfig.LogGroup',
        is: reference('Recovery/Link/Addresses/Logs'),
      },
    },
  ),
  ...about(
    { stack, type: 'AWS::IAM::ManagedPolicy', where: /Link\/Addresses\/Policy$/, count: 1 },
    {
      'what tells addresses may look at connections and write its log, and nothing else': {
        path: 'PolicyDocument.Statement[*].Action',
        is: oneOf('ec2:DescribeVpnConnections', ['logs:CreateLogStream', 'logs:PutLogEvents']),
      },
    },
  ),
  ...about(
    { stack, type: 'AWS::Logs::ResourcePolicy', count: 1 },
    {
      'tunnels write their own log, for the account alone': {
        path: 'PolicyDocument.Statement[*].Condition.StringEquals[aws:SourceAccount]',
        is: account,
      },
    },
  ),
];

const told: readonly Expectation[] = connections.flatMap(({ inside, number }) =>
  about(
    {
      stack,
      type: 'Custom::LinkAddresses',
      where: new RegExp(`Connection${number}/Default$|Connection${number}$`),
      count: 1,
    },
    {
      [`addresses of connection ${number} are read from that connection`]: {
        path: 'VpnConnectionId',
        is: reference(`Recovery/Link/Connection${number}/Connection`, 'VpnConnectionId'),
      },
      [`addresses of connection ${number} are told in the order of the plan`]: {
        path: 'InsideCidrs',
        is: [...inside],
      },
    },
  ),
);

const watched: readonly Expectation[] = [
  ...about(
    { stack, type: 'AWS::CloudWatch::Alarm', where: /Link\/SecretAges\/LinkConnection[12]Old$/, count: 2 },
    {
      'a key of a tunnel is at most a year old': { path: 'Threshold', is: 365 },
      'where nobody looks how old keys of tunnels are, somebody is called': {
        path: 'TreatMissingData',
        is: 'breaching',
      },
      'somebody is called when a key of a tunnel is too old': { path: 'AlarmActions', is: exactly(alarmTopic) },
    },
  ),
  ...ageWatch(stack, 'Recovery/Link/SecretAges', 'a key of a tunnel'),
];

const databases: readonly Expectation[] = [
  ...[azure.nodes, azure.servers].flatMap((range) =>
    about(
      { stack, type: 'AWS::EC2::SecurityGroupIngress', having: { CidrIp: range }, count: 1 },
      {
        [`${range} reaches the servers of the database`]: {
          path: 'GroupId',
          is: reference('Data/StoreDatabase/SecurityGroup'),
        },
        [`${range} reaches PostgreSQL`]: { path: 'FromPort', is: 5432 },
        [`${range} reaches nothing after PostgreSQL`]: { path: 'ToPort', is: 5432 },
      },
    ),
  ),
  ...about(
    { stack, type: 'AWS::EC2::SecurityGroupEgress', having: { CidrIp: azure.servers }, count: 1 },
    {
      'the database reaches those of the recovery site, on the way back': {
        path: 'GroupId',
        is: reference('Data/StoreDatabase/SecurityGroup'),
      },
    },
  ),
  {
    name: 'the recovery site reaches databases and the resolver, and nothing else',
    stack,
    type: 'AWS::EC2::SecurityGroupIngress',
    having: { CidrIp: present },
    count: 4,
  },
];

const alarms: readonly Expectation[] = [
  ...about(
    {
      stack,
      type: 'AWS::CloudWatch::Alarm',
      where: /Link\/(Connection\dTunnel\dDown|Connection\dLost|Lost)$/,
      count: 7,
    },
    {
      'somebody is called for a tunnel that is down': { path: 'ComparisonOperator', is: 'LessThanThreshold' },
      'a tunnel is down as soon as it is not up': { path: 'Threshold', is: 1 },
      'a tunnel of which nothing is heard is down': { path: 'TreatMissingData', is: 'breaching' },
      'whoever is called for a tunnel is told what to do': {
        path: 'AlarmDescription',
        is: like(/docs\/runbooks\/link\.md/),
      },
      'people on call hear of tunnels': { path: 'AlarmActions', is: exactly(alarmTopic) },
      'people are not called for a tunnel after more than a quarter of an hour': {
        path: 'EvaluationPeriods',
        is: atMost(3),
      },
    },
  ),
  ...about(
    { stack, type: 'AWS::CloudWatch::Alarm', where: /Link\/Connection\dTunnel\dDown$/, count: 4 },
    {
      'each tunnel is watched by its state': { path: 'MetricName', is: 'TunnelState' },
      'each tunnel is watched by its own address': {
        path: 'Dimensions[Name=TunnelIpAddress].Value',
        is: like(/Addresses\/Connection\d/),
      },
    },
  ),
  ...about(
    { stack, type: 'AWS::CloudWatch::Alarm', where: /Link\/RoutesLost$/, count: 1 },
    {
      'packets without a route call somebody': { path: 'MetricName', is: 'PacketDropCountNoRoute' },
      'packets without a route are those of the link': {
        path: 'Dimensions',
        is: exactly({ Name: 'TransitGateway', Value: gateway }),
      },
      'the first packets without a route count': { path: 'Threshold', is: 1 },
    },
  ),
  ...about(
    { stack, type: 'AWS::CloudWatch::Alarm', where: /Link\/Crowded$/, count: 1 },
    {
      'a tunnel that is nearly full calls somebody': {
        path: 'Metrics[*].MetricStat.Metric.MetricName',
        is: oneLike(/^TunnelDataOut$/),
      },
      'a tunnel is nearly full at four fifths': { path: 'Threshold', is: 37_500_000_000 },
    },
  ),
];

export const link: Row = {
  row: 'link to the recovery site',
  expectations: [...ends, ...teller, ...told, ...watched, ...databases, ...alarms],
};
