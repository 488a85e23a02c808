import { production } from '../../support/platform';
import { testFaults, testVariations } from '../../support/faults';

const sites = (patch: unknown) => production({ sites: patch });
const primaryRange = (cidr: string) => sites({ primary: { network: { cidr } } });
const recovery = (patch: unknown) => sites({ recovery: patch });
const at = (path: string) => `stages.production.sites.${path}`;

describe('address ranges', () => {
  testFaults([
    ...['10.16.0.0', 'ten', '10.16.0.0/33', '10.300.0.0/16', '010.16.0.0/16', '10.16.0/16', 'fd00::/64'].map(
      (cidr) => ({
        when: `a range reads ${cidr}`,
        patch: primaryRange(cidr),
        answers: [
          {
            path: at('primary.network.cidr'),
            got: cidr,
            allowed: 'an IPv4 range in CIDR notation that begins at its first address, such as 10.16.0.0/16',
            remedy: 'correct the address or the prefix',
          },
        ],
      }),
    ),
    {
      when: 'a range does not begin at its first address',
      patch: primaryRange('10.16.1.0/16'),
      answers: [
        {
          path: at('primary.network.cidr'),
          got: '10.16.1.0/16',
          allowed: 'begins at its first address',
          remedy: 'correct the address or the prefix',
        },
      ],
    },
    {
      when: 'the networks of both sites are one',
      patch: primaryRange('10.32.0.0/16'),
      answers: [
        {
          path: at('recovery.network.cidr'),
          got: '10.32.0.0/16',
          allowed: `apart from 10.32.0.0/16 (${at('primary.network.cidr')})`,
          remedy: 'choose a range that no other site, pod or service range overlaps',
        },
      ],
    },
    {
      when: `a network lies in the other site's pods`,
      patch: primaryRange('10.65.0.0/16'),
      answers: [
        {
          path: at('recovery.network.pods'),
          got: '10.64.0.0/14',
          allowed: `apart from 10.65.0.0/16 (${at('primary.network.cidr')})`,
          remedy: 'choose a range that no other',
        },
      ],
    },
    {
      when: `a cluster's services lie in its own pods`,
      patch: recovery({ network: { services: '10.67.0.0/16' } }),
      answers: [
        {
          path: at('recovery.network.services'),
          got: '10.67.0.0/16',
          allowed: `apart from 10.64.0.0/14 (${at('recovery.network.pods')})`,
          remedy: 'choose a range that no other',
        },
      ],
    },
    {
      when: 'a range is public',
      patch: primaryRange('11.16.0.0/16'),
      answers: [
        {
          path: at('primary.network.cidr'),
          got: '11.16.0.0/16',
          allowed: 'inside 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10',
          remedy: 'choose a private range',
        },
      ],
    },
    {
      when: 'a range is only partly private',
      patch: recovery({ network: { pods: '172.0.0.0/8' } }),
      answers: [
        {
          path: at('recovery.network.pods'),
          got: '172.0.0.0/8',
          allowed: 'inside 10.0.0.0/8',
          remedy: 'choose a private range',
        },
      ],
    },
    ...['10.16.0.0/15', '10.16.0.0/21'].map((cidr) => ({
      when: `a network has the prefix of ${cidr}`,
      patch: primaryRange(cidr),
      answers: [
        {
          path: at('primary.network.cidr'),
          got: cidr,
          allowed: 'a range of prefix /16 to /20',
          remedy: 'a /16 leaves room for every subnet to grow',
        },
      ],
    })),
  ]);
  testVariations([
    { accepts: 'neighbouring ranges', patch: primaryRange('10.31.0.0/16') },
    { accepts: 'the smallest network', patch: primaryRange('10.16.0.0/20') },
    { accepts: 'a range of carriers', patch: recovery({ network: { pods: '100.64.0.0/14' } }) },
  ]);
});

describe('regions and zones', () => {
  testFaults([
    {
      when: 'the region is not known',
      patch: sites({ primary: { region: 'ap-southeast-11' } }),
      answers: [
        {
          path: at('primary.region'),
          got: 'ap-southeast-11',
          allowed: 'a region of aws with availability zones, one of us-east-1',
          remedy: 'did you mean ap-southeast-1?',
        },
      ],
    },
    {
      when: 'the region is another cloud’s',
      patch: recovery({ region: 'eu-west-1' }),
      answers: [
        {
          path: at('recovery.region'),
          got: 'eu-west-1',
          allowed: 'a region of azure with availability zones',
          remedy: 'choose one of them',
        },
      ],
    },
    {
      when: 'the region has no zones',
      patch: recovery({ region: 'northcentralus' }),
      answers: [
        {
          path: at('recovery.region'),
          got: 'northcentralus',
          allowed: 'a region of azure with availability zones',
          remedy: 'southcentralus',
        },
      ],
    },
    {
      when: 'a zone is not one of the region',
      patch: sites({ primary: { zones: ['ap-southeast-1a', 'ap-southeast-1b', 'ap-southeast-1d'] } }),
      answers: [
        {
          path: at('primary.zones'),
          got: 'ap-southeast-1d',
          allowed: 'different ones of ap-southeast-1a, ap-southeast-1b, ap-southeast-1c',
          remedy: 'choose zones of ap-southeast-1',
        },
      ],
    },
    {
      when: 'a zone is named twice',
      patch: sites({ primary: { zones: ['ap-southeast-1a', 'ap-southeast-1b', 'ap-southeast-1a'] } }),
      answers: [
        {
          path: at('primary.zones'),
          got: 'ap-southeast-1a',
          allowed: 'different ones of',
          remedy: 'choose zones of ap-southeast-1',
        },
      ],
    },
    {
      when: 'there is one zone',
      patch: sites({ primary: { zones: ['ap-southeast-1a'] } }),
      answers: [
        { path: at('primary.zones'), got: ['ap-southeast-1a'], allowed: 'at least 2 entries', remedy: 'add to it' },
      ],
    },
    {
      when: `the recovery site is in the primary's metropolitan area`,
      patch: recovery({ region: 'southeastasia' }),
      answers: [
        {
          path: at('recovery.region'),
          got: 'southeastasia',
          allowed: 'at least 300 km from ap-southeast-1, and this is 0 km',
          remedy: 'choose a region of azure in another metropolitan area',
        },
      ],
    },
    {
      when: 'the recovery site is near the primary, across a border',
      patch: sites({
        primary: { region: 'eu-central-2', zones: ['eu-central-2a', 'eu-central-2b', 'eu-central-2c'] },
        recovery: { region: 'italynorth' },
      }),
      answers: [
        {
          path: at('recovery.region'),
          got: 'italynorth',
          allowed: 'at least 300 km from eu-central-2',
          remedy: 'another metropolitan area',
        },
      ],
    },
  ]);
  testVariations([
    { accepts: 'a recovery site far away', patch: recovery({ region: 'japaneast' }) },
    { accepts: 'two zones of three', patch: { ...bySearch(), ...twoZones() } },
  ]);
});

describe('domain', () => {
  testFaults([
    {
      when: 'the domain is outside the hosted zone',
      patch: production({ domain: 'shop.example.org' }),
      answers: [
        {
          path: 'stages.production.domain',
          got: 'shop.example.org',
          allowed: 'example.com or a name under it',
          remedy: 'name the hosted zone that holds the domain',
        },
      ],
    },
    {
      when: `the domain only ends with the hosted zone's letters`,
      patch: production({ domain: 'shopexample.com' }),
      answers: [
        {
          path: 'stages.production.domain',
          got: 'shopexample.com',
          allowed: 'example.com or a name under it',
          remedy: 'name the hosted zone',
        },
      ],
    },
  ]);
  testVariations([{ accepts: 'the hosted zone itself', patch: production({ domain: 'example.com' }) }]);
});

function bySearch() {
  return { searches: { products: { topology: 'single', nodes: 1 } } };
}

function twoZones() {
  return sites({ primary: { zones: ['ap-southeast-1a', 'ap-southeast-1c'] } }) as object;
}

describe('the way out', () => {
  testFaults([
    {
      when: 'there is none, and third parties are called',
      patch: sites({ primary: { network: { nat: 'none' } } }),
      answers: [
        {
          path: at('primary.network.nat'),
          got: 'none',
          allowed:
            'because integrations are declared and push messages are carried by others and what copies objects asks Entra ID for tokens',
          remedy:
            'choose a way out, or remove the integrations and remove the push messages and place no bucket on both sites',
        },
      ],
    },
  ]);
});
