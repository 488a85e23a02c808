import { testFaults, testVariations } from '../../support/faults';
import { production } from '../../support/platform';

const office = { address: '203.0.113.10', ranges: ['192.168.16.0/20'], reaches: ['databases'] };
const network = (patch: object) => production({ sites: { primary: { network: patch } } });
const path = 'stages.production.sites.primary.network';

describe('offices', () => {
  testFaults([
    {
      when: 'the router of an office stands on no internet',
      patch: network({ offices: { hq: { ...office, address: '192.168.16.1' } } }),
      answers: [
        {
          path: `${path}.offices.hq.address`,
          got: '192.168.16.1',
          allowed: 'an address on the internet',
          remedy: 'give the public address of the router',
        },
      ],
    },
    {
      when: 'two offices have one router',
      patch: network({ offices: { hq: office, support: { ...office, ranges: ['192.168.32.0/22'] } } }),
      answers: [
        {
          path: `${path}.offices.support.address`,
          got: '203.0.113.10',
          allowed: 'another than that of hq',
          remedy: 'give each office its own router',
        },
      ],
    },
    {
      when: 'both ends of a tunnel have one number',
      patch: network({ offices: { hq: { ...office, asn: 64_520 } } }),
      answers: [
        {
          path: `${path}.offices.hq.asn`,
          got: 64_520,
          allowed: 'another than officesAsn',
          remedy: 'a number of its own',
        },
      ],
    },
    {
      when: 'an office has addresses of the site',
      patch: network({ offices: { hq: { ...office, ranges: ['10.16.128.0/20'] } } }),
      answers: [
        {
          path: `${path}.offices.hq.ranges.0`,
          got: '10.16.128.0/20',
          allowed: 'apart from 10.16.0.0/16',
          remedy: 'choose a range that no other',
        },
      ],
    },
    {
      when: 'an office would take the whole internet',
      patch: network({ offices: { hq: { ...office, ranges: ['0.0.0.0/0'] } } }),
      answers: ['10.16.0.0/16', '10.32.0.0/16', '10.64.0.0/14', '10.33.0.0/16'].reduce<
        { path: string; got: unknown; allowed: string; remedy: string }[]
      >(
        (answers, other, index) => [
          ...answers,
          index === 0
            ? {
                path: `${path}.offices.hq.ranges.0`,
                got: '0.0.0.0/0',
                allowed: `apart from ${other}`,
                remedy: 'choose a range',
              }
            : {
                path: `stages.production.sites.recovery.network.${['', 'cidr', 'pods', 'services'][index]}`,
                got: other,
                allowed: 'apart from 0.0.0.0/0',
                remedy: 'choose a range',
              },
        ],
        [
          {
            path: `${path}.offices.hq.ranges.0`,
            got: '0.0.0.0/0',
            allowed: 'inside 10.0.0.0/8',
            remedy: 'private range',
          },
        ],
      ),
    },
    {
      when: 'there are more offices than a gateway has connections',
      patch: network({
        offices: Object.fromEntries(
          Array.from({ length: 11 }, (_, index) => [
            `office-${index}`,
            { ...office, address: `203.0.113.${index}`, ranges: [`192.168.${index}.0/24`] },
          ]),
        ),
      }),
      answers: [
        { path: `${path}.offices`, got: '11 offices', allowed: 'at most 10 on aws', remedy: 'connect offices' },
      ],
    },
  ]);
  testVariations([{ accepts: 'an office with a range of its own', patch: network({ offices: { hq: office } }) }]);
});
