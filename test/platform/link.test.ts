import fc from 'fast-check';
import { contains, overlap, parseRange } from '../../lib/platform/address';
import { linkPlan, recoveryPair } from '../../lib/platform/link';
import retailflow from '../../platforms/retailflow';
import { problemsOf, production, resolved, retailflowWith } from '../support/platform';

const usual = { awsAsn: 64_512, azureAsn: 65_010, inside: ['169.254.21.0/29', '169.254.22.0/29'] } as const;

describe('the plan of a link', () => {
  test('is, by default, the table of Microsoft and AWS, address for address', () => {
    const rows = linkPlan(usual).tunnels.map(
      ({ awsAddress, azureAddress, connection, customBgp, insideCidr, instance, tunnel }) =>
        `${connection}/T${tunnel} ${instance} ${insideCidr} ${awsAddress} ${azureAddress} ${customBgp.primary} ${customBgp.secondary}`,
    );
    expect(rows).toEqual([
      '1/T1 0 169.254.21.0/30 169.254.21.1 169.254.21.2 169.254.21.2 169.254.21.6',
      '1/T2 0 169.254.22.0/30 169.254.22.1 169.254.22.2 169.254.22.2 169.254.21.6',
      '2/T1 1 169.254.21.4/30 169.254.21.5 169.254.21.6 169.254.21.2 169.254.21.6',
      '2/T2 1 169.254.22.4/30 169.254.22.5 169.254.22.6 169.254.21.2 169.254.22.6',
    ]);
  });

  test('names the addresses by which each instance speaks', () => {
    expect(linkPlan(usual).peerings).toEqual([
      ['169.254.21.2', '169.254.22.2'],
      ['169.254.21.6', '169.254.22.6'],
    ]);
  });

  test('holds for any two ranges: no two tunnels share an address, and each speaks by its own and by one of the other instance', () => {
    const block = fc.integer({ min: 0, max: 31 });
    fc.assert(
      fc.property(block, block, (first, second) => {
        const inside = [`169.254.21.${first * 8}/29`, `169.254.22.${second * 8}/29`] as const;
        const { peerings, tunnels } = linkPlan({ ...usual, inside });
        const ranges = tunnels.map(({ insideCidr }) => parseRange(insideCidr));
        for (const [index, range] of ranges.entries()) {
          const [tunnel, given] = [tunnels[index], range];
          if (tunnel === undefined || given === undefined) throw new Error('a tunnel has a range');
          expect(ranges.filter((other) => other !== undefined && overlap(other, given))).toEqual([given]);
          for (const address of [tunnel.awsAddress, tunnel.azureAddress]) {
            expect(contains(given, parseRange(`${address}/32`) ?? { first: 0, prefix: 0 })).toBe(true);
          }
          const { primary, secondary } = tunnel.customBgp;
          expect(peerings[0]).toContain(primary);
          expect(peerings[1]).toContain(secondary);
          expect([primary, secondary][tunnel.instance]).toBe(tunnel.azureAddress);
        }
        expect(new Set(peerings.flat()).size).toBe(4);
      }),
    );
  });

  test('fails when a range is malformed', () => {
    expect(() => linkPlan({ ...usual, inside: ['169.254.21.1/29', '169.254.22.0/29'] })).toThrow(
      '169.254.21.1/29 is no range of addresses',
    );
  });
});

describe('the pair of sites', () => {
  test('is a primary on AWS and a recovery site on Azure', () => {
    const pair = recoveryPair(resolved(retailflow));
    expect([pair?.primary.region, pair?.recovery.region]).toEqual(['ap-southeast-1', 'eastasia']);
  });

  test('is nothing where there is one site', () => {
    expect(recoveryPair(resolved(retailflow, 'development'))).toBeUndefined();
  });
});

describe('the checks of a link', () => {
  const problems = (link: object) =>
    problemsOf(retailflowWith(production({ sites: { recovery: { link } } }))).map(
      ({ allowed, path }) => `${path.replace('stages.production.sites.recovery.', '')} must be ${allowed}`,
    );

  test('pass what is usual', () => {
    expect(problems({})).toEqual([]);
  });

  test.each([
    [{ azureAsn: 64_512 }, ['link.azureAsn must be another than awsAsn, which is 64512']],
    [{ azureAsn: 65_515 }, ['link.azureAsn must be a number that Azure does not keep for itself']],
    [{ awsAsn: 7224 }, ['link.awsAsn must be a private number: 64512 to 65534, or 4200000000 to 4294967294']],
    [
      { inside: ['169.254.169.248/29', '169.254.22.0/29'] },
      ['link.inside.0 must be a range of prefix /29 between 169.254.21.0 and 169.254.22.255'],
    ],
    [
      { inside: ['169.254.0.0/29', '169.254.22.0/29'] },
      ['link.inside.0 must be a range of prefix /29 between 169.254.21.0 and 169.254.22.255'],
    ],
    [
      { inside: ['169.254.21.0/30', '169.254.22.0/29'] },
      ['link.inside.0 must be a range of prefix /29 between 169.254.21.0 and 169.254.22.255'],
    ],
    [{ inside: ['169.254.21.0/29', '169.254.21.0/29'] }, ['link.inside.1 must be apart from 169.254.21.0/29']],
  ])('fail when the link is %j', (link, expected) => {
    expect(problems(link)).toEqual(expected);
  });
});
