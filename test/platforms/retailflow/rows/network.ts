import { about, none, type Row } from '../../support/about';
import type { Expectation } from '../../support/expectations';
import { reference } from '../../support/graph';
import { absent, containing, exactly, like, noneOf, notContaining, present } from '../../support/matchers';
import { account, appSubnets, home, key, zones } from './facts';

const stack = 'Network';
const vpc = reference('Network/Network/Vpc');
const tablesOf = (tier: string): readonly string[] =>
  zones.map((_, index) => reference(`Network/Network/Vpc/${tier}Subnet${index + 1}/RouteTable`));

/** Addresses by tier, zone by zone, as the allocation lock has them. */
const addresses = {
  public: ['10.16.108.0/22', '10.16.112.0/22', '10.16.116.0/22'],
  app: ['10.16.0.0/19', '10.16.32.0/19', '10.16.64.0/19'],
  data: ['10.16.96.0/22', '10.16.100.0/22', '10.16.104.0/22'],
} as const;

const tiers: readonly Expectation[] = (['public', 'app', 'data'] as const).flatMap((tier) =>
  addresses[tier].flatMap((cidr, index) =>
    about(
      { stack, type: 'AWS::EC2::Subnet', where: new RegExp(`/${tier}Subnet${index + 1}/Subnet$`), count: 1 },
      {
        [`${tier} subnet ${index + 1} stands in the zone that the definition names`]: {
          path: 'AvailabilityZone',
          is: zones[index] ?? '',
        },
        [`${tier} subnet ${index + 1} has its addresses from the allocation lock`]: { path: 'CidrBlock', is: cidr },
        [`${tier} subnet ${index + 1} gives nobody a public address`]: { path: 'MapPublicIpOnLaunch', is: false },
        [`${tier} subnet ${index + 1} lies in the VPC`]: { path: 'VpcId', is: vpc },
      },
    ),
  ),
);

/** Each app subnet goes out through the gateway of its own zone, which has an address that partners know. */
const wayOut: readonly Expectation[] = zones.flatMap((zone, index) => [
  ...about(
    { stack, type: 'AWS::EC2::NatGateway', where: new RegExp(`/publicSubnet${index + 1}/NATGateway$`), count: 1 },
    {
      [`the way out of ${zone} has a fixed address`]: {
        path: 'AllocationId',
        is: like(new RegExp(`/Egress${['ApSoutheast1a', 'ApSoutheast1b', 'ApSoutheast1c'][index]}\\.AllocationId`)),
      },
      [`the way out of ${zone} stands in its public subnet`]: {
        path: 'SubnetId',
        is: reference(`Network/Network/Vpc/publicSubnet${index + 1}/Subnet`),
      },
    },
  ),
  ...about(
    { stack, type: 'AWS::EC2::Route', where: new RegExp(`/appSubnet${index + 1}/DefaultRoute$`), count: 1 },
    {
      [`tasks in ${zone} go out in their own zone`]: {
        path: 'NatGatewayId',
        is: reference(`Network/Network/Vpc/publicSubnet${index + 1}/NATGateway`),
      },
    },
  ),
]);

const privateServices = [
  'appconfigdata',
  'aps-workspaces',
  'ecr.api',
  'ecr.dkr',
  'email',
  'grafana',
  'guardduty-data',
  'kms',
  'logs',
  'pinpoint-sms-voice-v2',
  'secretsmanager',
  'sns',
  'sqs',
  'states',
  'monitoring',
  'xray',
] as const;

const endpoints: readonly Expectation[] = [
  ...about(
    { stack, type: 'AWS::EC2::VPCEndpoint', having: { VpcEndpointType: 'Gateway' }, count: 2 },
    {
      'S3 and DynamoDB are reached inside AWS, from app and data subnets': {
        path: 'RouteTableIds',
        is: exactly(...tablesOf('app'), ...tablesOf('data')),
      },
      'through the way to S3 and DynamoDB goes only what is of the account': {
        path: 'PolicyDocument.Statement',
        is: containing({
          Condition: { StringEquals: { 'aws:PrincipalAccount': account, 'aws:ResourceAccount': account } },
        }),
      },
    },
  ),
  ...about(
    { stack, type: 'AWS::EC2::VPCEndpoint', having: { VpcEndpointType: 'Interface' }, count: privateServices.length },
    {
      'private endpoints stand in the app subnets of every zone': { path: 'SubnetIds', is: exactly(...appSubnets) },
      'private endpoints answer to the names that programs know': { path: 'PrivateDnsEnabled', is: true },
      'private endpoints have a security group of their own': {
        path: 'SecurityGroupIds',
        is: exactly(reference('Network/Network/Endpoints/SecurityGroup')),
      },
      'private endpoints serve identities of the account alone': {
        path: 'PolicyDocument.Statement[*].Condition.StringEquals[aws:PrincipalAccount]',
        is: account,
      },
    },
  ),
  ...privateServices.map((service) => ({
    name: `${service} is reached by a private endpoint`,
    stack,
    type: 'AWS::EC2::VPCEndpoint',
    having: { ServiceName: `com.amazonaws.${home}.${service}` },
    count: 1,
    path: 'VpcId',
    is: vpc,
  })),
];

const flowLogs: readonly Expectation[] = [
  ...about(
    { stack, type: 'AWS::EC2::FlowLog', count: 1 },
    {
      'all traffic of the VPC is logged': { path: 'TrafficType', is: 'ALL' },
      'flow logs are of the whole VPC': { path: 'ResourceId', is: vpc },
      'flow logs lie in a bucket': { path: 'LogDestinationType', is: 's3' },
      'flow logs lie in their own bucket': {
        path: 'LogDestination',
        is: reference('Network/Network/FlowLogs/Bucket', 'Arn'),
      },
      'flow logs are cheap to query': { path: 'DestinationOptions.fileFormat', is: 'parquet' },
      'flow logs tell what happened within a minute': { path: 'MaxAggregationInterval', is: 60 },
      'flow logs tell the addresses behind a NAT gateway': { path: 'LogFormat', is: like(/\$\{pkt-srcaddr\}/) },
    },
  ),
  ...about(
    { stack, type: 'AWS::S3::Bucket', where: /FlowLogs/, count: 1 },
    {
      'flow logs are encrypted with the key of logs': {
        path: 'BucketEncryption.ServerSideEncryptionConfiguration[0].ServerSideEncryptionByDefault.KMSMasterKeyID',
        is: key.logs,
      },
      'flow logs are kept for a year': {
        path: 'LifecycleConfiguration.Rules[Id=Expire].ExpirationInDays',
        is: 365,
      },
    },
  ),
];

export const network: Row = {
  row: 'network',
  expectations: [
    ...about(
      { stack, type: 'AWS::EC2::VPC', count: 1 },
      {
        'the VPC has the addresses of the definition': { path: 'CidrBlock', is: '10.16.0.0/16' },
        'names resolve inside the VPC': { path: 'EnableDnsSupport', is: true },
        'endpoints get names inside the VPC': { path: 'EnableDnsHostnames', is: true },
      },
    ),
    ...tiers,
    ...about(
      { stack, type: 'AWS::EC2::EIP', count: 3 },
      {
        'addresses that partners know outlive their stack': { path: 'DeletionPolicy', is: 'Retain' },
        'addresses that partners know outlive a replacement': { path: 'UpdateReplacePolicy', is: 'Retain' },
        'addresses that partners know are of the VPC': { path: 'Domain', is: 'vpc' },
      },
    ),
    ...wayOut,
    none({ stack, type: 'AWS::EC2::Route', where: /\/dataSubnet/ }, 'data subnets have no way to the internet'),
    ...about(
      { stack, type: 'AWS::EC2::Route', where: /\/publicSubnet/, count: 3 },
      {
        'public subnets go out by the internet gateway': {
          path: 'GatewayId',
          is: reference('Network/Network/Vpc/IGW'),
        },
      },
    ),
    ...about(
      { stack, type: 'AWS::EC2::SubnetRouteTableAssociation', count: 9 },
      { 'every subnet has its own routes': { path: 'RouteTableId', is: like(/Subnet\d\/RouteTable/) } },
    ),
    ...endpoints,
    ...flowLogs,
    ...about(
      { stack, type: 'Custom::VpcRestrictDefaultSG', count: 1 },
      {
        'the default security group lets nothing in or out': {
          path: 'DefaultSecurityGroupId',
          is: reference('Network/Network/Vpc', 'DefaultSecurityGroup'),
        },
      },
    ),
    ...about(
      { type: 'AWS::EC2::SecurityGroupIngress' },
      {
        'nobody lets the internet in': { path: 'CidrIp', is: noneOf('0.0.0.0/0') },
        'nobody lets the internet of IPv6 in': { path: 'CidrIpv6', is: absent },
      },
    ),
    ...about(
      // But people's, who are no resource: they come from the network.
      { type: 'AWS::EC2::SecurityGroup', where: /^(?!Telemetry\/Dashboards\/EndpointGroup$)/ },
      {
        'no security group has rules for callers inside itself': { path: 'SecurityGroupIngress', is: absent },
        'every security group says what it lets out': { path: 'SecurityGroupEgress', is: present },
        'no security group lets everything out': {
          path: 'SecurityGroupEgress',
          is: notContaining({ CidrIp: '0.0.0.0/0', IpProtocol: '-1' }),
        },
        'security groups stand in the VPC': { path: 'VpcId', is: vpc },
      },
    ),
  ],
};
