import { linkWays } from '../../../lib/review/recovery/link';
import type { AwsOutputs, Outputs } from '../../../lib/review/recovery/outputs';
import { addressIn, holds } from '../../../lib/review/recovery/ranges';
import { checks } from '../../../lib/review/recovery/review';
import { changed, recoveryOutputs, type Change } from '../../support/recovery';

let outputs: Outputs<AwsOutputs>;
beforeAll(async () => ({ outputs } = await recoveryOutputs('retailflow', 'production')));

const problems = (change: Change): readonly string[] =>
  checks.network(changed(outputs, change)).map(({ message }) => message);

const withoutAws = (isGone: (id: string, type: string) => boolean): Change => ({
  aws: (each) => (isGone(each.logicalId, each.type) ? undefined : each),
});
const withoutAzure = (isGone: (address: string) => boolean): Change => ({
  azure: (each) => (isGone(each.address) ? undefined : each),
});

test('every way is open, and each by what closes it when it is taken away', () => {
  const ways = linkWays(outputs);
  expect(ways.map(({ found }) => found)).not.toContain(undefined);
  const named = ways.flatMap(({ found = '', way }) =>
    [...found.matchAll(/(cdk|cdktf)\.out [^:;]+: ([^;\s]+)/g)].map(([, tool = '', id = '']) => ({ tool, id, way })),
  );
  expect(named.length).toBeGreaterThan(15);
  const stillOpen = named.filter(({ id, tool }) => {
    const found = problems(tool === 'cdk' ? withoutAws((each) => each === id) : withoutAzure((each) => each === id));
    return found.length === 0;
  });
  expect(stillOpen.map(({ way }) => way)).toEqual([]);
});

describe('fails when', () => {
  test.each<[what: string, change: Change, message: RegExp]>([
    [
      'the transit gateway is not attached',
      withoutAws((_, type) => type === 'AWS::EC2::TransitGatewayAttachment'),
      /answers the recovery site/,
    ],
    [
      'no connection is there',
      withoutAws((_, type) => type === 'AWS::EC2::VPNConnection'),
      /the link has four tunnels.*got 0 on AWS and 4 on Azure/,
    ],
    [
      'a resolver of AWS is gone',
      withoutAws((id) => id.startsWith('LinkDnsInbound')),
      /finds servers of the primary by name/,
    ],
    [
      'a rule of AWS is asked by nobody',
      withoutAws((_, type) => type === 'AWS::Route53Resolver::ResolverRuleAssociation'),
      /the primary finds servers of the recovery site by name/,
    ],
    [
      'the gateway on Azure is gone',
      withoutAzure((address) => address.startsWith('azurerm_virtual_network_gateway.')),
      /got 4 on AWS and 0 on Azure/,
    ],
    [
      'an end of a tunnel is gone',
      withoutAzure((address) => address.includes('Connection2Tunnel1_End')),
      /the tunnel 169\.254\.21\.4\/30 ends on both sites.*peer 169\.254\.21\.5 of system 64512 and the address 169\.254\.21\.6 of system 65010/,
    ],
    [
      'rules of names are asked by nobody on Azure',
      withoutAzure((address) => address.startsWith('azurerm_private_dns_resolver_virtual_network_link')),
      /the recovery site finds servers of the primary by name/,
    ],
    [
      'a subnet of servers has no security group',
      withoutAzure((address) => /association\..*Postgres/.test(address)),
      /go out to databases\.store/,
    ],
    [
      'a route leads elsewhere',
      {
        aws: (each) =>
          each.logicalId.startsWith('LinkDataSubnet2Route')
            ? { ...each, properties: { ...each.properties, DestinationCidrBlock: '10.48.0.0/16' } }
            : each,
      },
      /dataSubnet2 of databases\.store answers the recovery site/,
    ],
    [
      'a rule refuses before the one that lets pass',
      {
        azure: (each) =>
          each.address.endsWith('Postgres_InboundRefuseOthers_1586C7E4')
            ? { ...each, arguments: { ...each.arguments, priority: 100.5 } }
            : each,
      },
      /comes in at the recovery site, on the way back/,
    ],
    [
      'both ends are one system',
      {
        azure: (each) =>
          each.type === 'azurerm_local_network_gateway'
            ? {
                ...each,
                arguments: { ...each.arguments, bgp_settings: { asn: 65010, bgp_peering_address: '169.254.21.1' } },
              }
            : each,
      },
      /ends on both sites/,
    ],
  ])('%s', (_, change, message) => {
    expect(problems(change)).toContainEqual(expect.stringMatching(message));
  });
});

test.each([
  ['10.0.0.0/8', '10.1.0.0/16', true],
  ['10.1.0.0/16', '10.0.0.0/8', false],
  ['10.1.0.0/16', '10.1.0.0/16', true],
  ['Internet', '10.1.0.0/16', false],
  ['::/0', '10.1.0.0/16', false],
])('%s holds %s: %s', (outer, inner, expected) => expect(holds(outer, inner)).toBe(expected));

test('the ends of a tunnel have its first and second address', () => {
  expect([addressIn('169.254.22.4/30', 1), addressIn('169.254.22.4/30', 2)]).toEqual(['169.254.22.5', '169.254.22.6']);
});
