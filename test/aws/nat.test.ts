import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { NamedAwsSite } from '../../lib/aws/locked-addresses';
import { egressZones, natSettings, requireWayToAws, type Nat } from '../../lib/aws/nat';
import { awsSite } from '../../lib/platform/nouns/site';
import { account, region, zones } from '../support/aws';

const site = (nat: Nat, interfaceEndpoints: boolean): NamedAwsSite => ({
  ...awsSite.parse({
    cloud: 'aws',
    account,
    region,
    zones,
    network: { cidr: '10.16.0.0/16', nat, interfaceEndpoints },
  }),
  siteName: 'primary',
});

describe('the zones in which traffic leaves', () => {
  test.each([
    ['regional', zones],
    ['per-zone', zones],
    ['single', ['ap-southeast-1a']],
    ['none', []],
  ] as const)('%s: %s', (nat, expected) => {
    expect(egressZones(nat, zones)).toEqual(expected);
  });
});

describe('the gateways', () => {
  const addresses = zones.map((zone) => ({ zone, allocationId: `eipalloc-${zone}` }));

  test.each([
    ['per-zone', addresses, 3],
    ['single', addresses.slice(0, 1), 1],
  ] as const)('%s: one an address', (nat, given, count) => {
    const settings = natSettings(nat, given);
    expect(settings.natGateways).toBe(count);
    expect(settings.natGatewayProvider).toBeInstanceOf(ec2.NatGatewayProvider);
  });

  test('regional: one for all zones', () => {
    const settings = natSettings('regional', addresses);
    expect(settings.natGateways).toBeUndefined();
    expect(settings.natGatewayProvider).toBeInstanceOf(ec2.RegionalNatGatewayProvider);
  });

  test('none: none', () => {
    expect(natSettings('none', [])).toEqual({ natGateways: 0 });
  });
});

describe('the way to AWS', () => {
  test.each([
    ['none', true],
    ['single', false],
    ['per-zone', true],
  ] as const)('is there with nat %s and endpoints %s', (nat, endpoints) => {
    expect(() => requireWayToAws(site(nat, endpoints))).not.toThrow();
  });

  test('fails when there is neither a way out nor an endpoint', () => {
    expect(() => requireWayToAws(site('none', false))).toThrow(
      "sites.primary.network.interfaceEndpoints must be true while nat is 'none', got false: turn it on, or give the site a way out",
    );
  });
});
