import fc from 'fast-check';
import allocations from '../../allocations/retailflow.json';
import { lockedAddresses, zonesInOrder, type NamedAwsSite } from '../../lib/aws/locked-addresses';
import { allocate } from '../../lib/platform/allocation';
import { awsSite } from '../../lib/platform/nouns/site';
import { subnetRequests } from '../../lib/platform/subnets';
import { account, region, zones } from '../support/aws';

const { addresses } = allocations.production;

const site = (names: readonly string[] = zones): NamedAwsSite => ({
  ...awsSite.parse({ cloud: 'aws', account, region, zones: names, network: { cidr: '10.16.0.0/16' } }),
  siteName: 'primary',
});

/** What a VPC asks for. */
const request = (...subnets: readonly (readonly [tier: string, zone: string])[]) => ({
  vpcCidr: '10.16.0.0/16',
  requestedSubnets: subnets.map(([name, availabilityZone]) => ({
    availabilityZone,
    configuration: { name, subnetType: 'Isolated' as never },
    subnetConstructId: `${name}Subnet`,
  })),
});

describe('addresses from the lock', () => {
  test('are the range of the site', () => {
    expect(lockedAddresses(site(), addresses).allocateVpcCidr()).toEqual({ cidrBlock: '10.16.0.0/16' });
  });

  test.each([
    ['public', 'ap-southeast-1a', '10.16.108.0/22'],
    ['app', 'ap-southeast-1b', '10.16.32.0/19'],
    ['data', 'ap-southeast-1c', '10.16.104.0/22'],
  ] as const)('for %s in %s are %s', (tier, zone, cidr) => {
    const answer = lockedAddresses(site(), addresses).allocateSubnetsCidr(request([tier, zone]));
    expect(answer.allocatedSubnets).toEqual([{ cidr }]);
  });

  test('answer in the order of the request', () => {
    const answer = lockedAddresses(site(), addresses).allocateSubnetsCidr(
      request(['data', 'ap-southeast-1b'], ['app', 'ap-southeast-1a'], ['data', 'ap-southeast-1a']),
    );
    expect(answer.allocatedSubnets.map(({ cidr }) => cidr)).toEqual([
      '10.16.100.0/22',
      '10.16.0.0/19',
      '10.16.96.0/22',
    ]);
  });

  test('fails when a subnet is missing, and names every one', () => {
    const { 'primary/app/ap-southeast-1a': _, 'primary/data/ap-southeast-1c': __, ...rest } = addresses;
    expect(() => lockedAddresses(site(), rest)).toThrow(
      [
        'network of the primary site: 2 problems',
        '  allocations.addresses.primary/app/ap-southeast-1a must be a range inside 10.16.0.0/16, got nothing: run npm run lock and commit the file',
        '  allocations.addresses.primary/data/ap-southeast-1c must be a range inside 10.16.0.0/16, got nothing: run npm run lock and commit the file',
      ].join('\n'),
    );
  });

  test('fails when a range is malformed', () => {
    expect(() => lockedAddresses(site(), { ...addresses, 'primary/app/ap-southeast-1a': '10.16.0.1/19' })).toThrow(
      'got "10.16.0.1/19"',
    );
  });
});

describe('zones', () => {
  test('stand in the order of their ranges, however the definition names them', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(zones, { minLength: 2, maxLength: 3 }), (names) => {
        expect(zonesInOrder(site(names), addresses)).toEqual([...names].sort());
      }),
    );
  });

  test('keep their places when one joins, wherever it is named', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(zones, { minLength: 3, maxLength: 3 }), fc.nat(2), (names, joins) => {
        const before = names.filter((_, index) => index !== joins);
        const lock = { listenerPriorities: {}, addresses: {} };
        const first = allocate(lock, { listenerPriorities: [], addresses: subnetRequests(site(before)) });
        const then = allocate(first, { listenerPriorities: [], addresses: subnetRequests(site(names)) });
        const places = zonesInOrder(site(before), first.addresses);
        expect(zonesInOrder(site(names), then.addresses)).toEqual([...places, names[joins]]);
      }),
    );
  });
});
