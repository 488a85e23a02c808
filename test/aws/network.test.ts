import { Match } from 'aws-cdk-lib/assertions';
import allocations from '../../allocations/retailflow.json';
import { AccessLogBucket } from '../../lib/aws/access-log-bucket';
import { Alarms } from '../../lib/aws/alarms';
import { Keys } from '../../lib/aws/keys';
import { Network } from '../../lib/aws/network';
import type { Nat } from '../../lib/aws/nat';
import { awsSite } from '../../lib/platform/nouns/site';
import { account, findings, region, templateOf, testStack, zones } from '../support/aws';
import { remember } from '../support/remember';

const { addresses } = allocations.production;

interface Options {
  readonly nat?: Nat;
  readonly names?: string[];
  readonly locked?: Record<string, string>;
  readonly interfaceEndpoints?: boolean;
}

const made = remember(
  ({ nat = 'per-zone', names = zones, locked = addresses, interfaceEndpoints = true }: Options = {}) => {
    const stack = testStack();
    const { logs: key } = new Keys(stack, 'Keys', { platform: { name: 'retailflow', stageName: 'production' } });
    const accessLogs = new AccessLogBucket(stack, 'AccessLogs', { days: 30 }).bucket;
    const site = {
      ...awsSite.parse({
        cloud: 'aws',
        account,
        region,
        zones: names,
        network: { cidr: '10.16.0.0/16', nat, flowLogDays: 90, interfaceEndpoints },
      }),
      siteName: 'primary' as const,
    };
    const alarms = new Alarms(stack, 'Alarms', { key, email: 'on-call@example.com' });
    const network = new Network(stack, 'Network', {
      site,
      allocations: locked,
      key,
      accessLogs,
      sends: [],
      names: ['api.payments.example.com'],
      protected: true,
      alarms,
    });
    return { stack, network };
  },
);

const template = remember((options?: Options) => templateOf(made(options).stack));
const subnet = (tier: string) => Match.arrayWith([{ Key: 'aws-cdk:subnet-name', Value: tier }]);
const nats: readonly Nat[] = ['regional', 'per-zone', 'single', 'none'];

/** Default routes of the subnets of a tier, by what they lead to. */
function routes(options: Options, tier: string): readonly unknown[] {
  const { stack, network } = made(options);
  const tables = network.vpc
    .selectSubnets({ subnetGroupName: tier })
    .subnets.map((each) => stack.resolve(each.routeTable.routeTableId) as object);
  const found = Object.values(template(options).findResources('AWS::EC2::Route'));
  return tables.map((table) => {
    const route = found.find(({ Properties }) => JSON.stringify(Properties.RouteTableId) === JSON.stringify(table));
    return route && { to: route['Properties'].GatewayId ?? route['Properties'].NatGatewayId };
  });
}

describe('the network', () => {
  test('has the range of the site', () => {
    template().hasResourceProperties('AWS::EC2::VPC', { CidrBlock: '10.16.0.0/16', EnableDnsHostnames: true });
  });

  test.each(
    (['public', 'app', 'data'] as const).flatMap((tier) =>
      zones.map((zone) => [tier, zone, (addresses as Record<string, string>)[`primary/${tier}/${zone}`]] as const),
    ),
  )('has a %s subnet in %s on %s', (tier, zone, cidr) => {
    template().hasResourceProperties('AWS::EC2::Subnet', {
      AvailabilityZone: zone,
      CidrBlock: cidr,
      Tags: subnet(tier),
    });
  });

  test('has these nine subnets, and none gives public addresses', () => {
    template().resourceCountIs('AWS::EC2::Subnet', 9);
    template().allResourcesProperties('AWS::EC2::Subnet', { MapPublicIpOnLaunch: false });
  });

  test('is the same however the definition orders its zones', () => {
    expect(template({ names: [...zones].reverse() }).toJSON()).toEqual(template().toJSON());
  });

  test('closes the default security group', () => {
    template().hasResourceProperties('Custom::VpcRestrictDefaultSG', {
      DefaultSecurityGroupId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^NetworkVpc'), 'DefaultSecurityGroup'] },
    });
  });

  test('keeps its flow logs for the days of the site', () => {
    template().hasResourceProperties('AWS::S3::Bucket', {
      LoggingConfiguration: Match.anyValue(),
      LifecycleConfiguration: { Rules: Match.arrayWith([Match.objectLike({ ExpirationInDays: 90 })]) },
    });
  });

  test.each(nats)('%s: leaves no finding open', (nat) => {
    expect(findings(made({ nat }).stack)).toEqual([]);
  });

  test('fails when nothing could reach AWS', () => {
    expect(() => made({ nat: 'none', interfaceEndpoints: false })).toThrow(
      "sites.primary.network.interfaceEndpoints must be true while nat is 'none'",
    );
  });

  test('fails when a subnet is not in the lock', () => {
    const { 'primary/data/ap-southeast-1b': _, ...locked } = addresses;
    expect(() => made({ locked })).toThrow('allocations.addresses.primary/data/ap-southeast-1b must be a range');
  });
});

describe('the way out', () => {
  const gateways = (nat: Nat) => Object.values(template({ nat }).findResources('AWS::EC2::NatGateway'));

  test.each(nats)('%s: the public subnets lead to the internet, the data subnets nowhere', (nat) => {
    expect(routes({ nat }, 'public')).toEqual(Array(3).fill({ to: { Ref: expect.stringMatching(/^NetworkVpcIGW/) } }));
    expect(routes({ nat }, 'data')).toEqual([undefined, undefined, undefined]);
  });

  test('per zone: a gateway in each, on the address of that zone, for the services of that zone', () => {
    expect(gateways('per-zone').map(({ Properties }) => Properties.AllocationId)).toEqual(
      ['1a', '1b', '1c'].map((zone) => ({
        'Fn::GetAtt': [expect.stringMatching(`^NetworkEgressApSoutheast${zone}`), 'AllocationId'],
      })),
    );
    expect(routes({ nat: 'per-zone' }, 'app')).toEqual(
      [1, 2, 3].map((number) => ({ to: { Ref: expect.stringMatching(`^NetworkVpcpublicSubnet${number}NATGateway`) } })),
    );
  });

  test('single: one gateway, on one address, for the services of all zones', () => {
    expect(gateways('single')).toHaveLength(1);
    template({ nat: 'single' }).resourceCountIs('AWS::EC2::EIP', 1);
    expect(routes({ nat: 'single' }, 'app')).toEqual(
      Array(3).fill({ to: { Ref: expect.stringMatching(/^NetworkVpcpublicSubnet1NATGateway/) } }),
    );
  });

  test('regional: one gateway for all zones, on an address of each, made after the internet gateway is attached', () => {
    const [gateway, ...others] = gateways('regional');
    expect(others).toEqual([]);
    expect(gateway?.['Properties']).toMatchObject({
      AvailabilityMode: 'regional',
      AvailabilityZoneAddresses: zones.map((zone) => ({
        AvailabilityZone: zone,
        AllocationIds: [{ 'Fn::GetAtt': [expect.stringContaining(zone.slice(-2)), 'AllocationId'] }],
      })),
    });
    expect(gateway?.['DependsOn']).toEqual(expect.arrayContaining([expect.stringMatching(/^NetworkVpcVPCGW/)]));
    expect(routes({ nat: 'regional' }, 'app')).toEqual(
      Array(3).fill({ to: { 'Fn::GetAtt': [expect.stringMatching(/RegionalNatGateway/), 'NatGatewayId'] } }),
    );
  });

  test('none: no gateway, no address, and services lead nowhere', () => {
    expect(gateways('none')).toEqual([]);
    template({ nat: 'none' }).resourceCountIs('AWS::EC2::EIP', 0);
    expect(routes({ nat: 'none' }, 'app')).toEqual([undefined, undefined, undefined]);
  });
});

describe('the addresses that third parties know', () => {
  test.each([
    ['regional', 3],
    ['per-zone', 3],
    ['single', 1],
  ] as const)('%s: are %s, and outlive the stack', (nat, count) => {
    const { network } = made({ nat });
    const found = template({ nat });
    expect(network.egressAddresses).toHaveLength(count);
    found.resourceCountIs('AWS::EC2::EIP', count);
    found.allResources('AWS::EC2::EIP', {
      Properties: { Domain: 'vpc' },
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
    });
  });

  test('are published', () => {
    const { stack, network } = made();
    const [output] = Object.values(template().findOutputs('*', { Description: Match.stringLikeRegexp('allow lists') }));
    expect(output?.['Value']).toEqual({ 'Fn::Join': [',', stack.resolve(network.egressAddresses)] });
    expect(stack.resolve(network.egressAddresses)).toContainEqual({
      'Fn::GetAtt': [expect.stringMatching(/^NetworkEgressApSoutheast1b/), 'PublicIp'],
    });
  });

  test('are not published where there are none', () => {
    expect(template({ nat: 'none' }).findOutputs('*', { Description: Match.stringLikeRegexp('allow lists') })).toEqual(
      {},
    );
    expect(made({ nat: 'none' }).network.egressAddresses).toEqual([]);
  });
});

test('the function that empties the default group logs encrypted, and not for ever, from its first line', () => {
  const all = template();
  const [handler] = Object.keys(all.findResources('AWS::Lambda::Function'));
  const [[group, { Properties }] = ['', { Properties: {} }]] = Object.entries(all.findResources('AWS::Logs::LogGroup'));
  expect(Properties).toEqual({
    LogGroupName: { 'Fn::Join': ['', ['/aws/lambda/', { Ref: handler }]] },
    KmsKeyId: expect.anything(),
    RetentionInDays: 90,
  });
  const [emptied] = Object.values(all.findResources('Custom::VpcRestrictDefaultSG'));
  expect(emptied?.['DependsOn']).toContain(group);
});
