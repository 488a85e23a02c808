import fc from 'fast-check';
import { azureName, azureIdentity, sitePrefix } from '../../lib/platform/azure-names';
import { azurePair, copiesOf, isHome, whereIs, whereShared } from '../../lib/platform/azure-sites';
import { sitesOn } from '../../lib/platform/platform';
import retailflow from '../../platforms/retailflow';
import techflow from '../../platforms/techflow';
import { resolved } from '../support/platform';
import { twoAzureSites } from '../support/two-azure-sites';

const two = resolved(twoAzureSites());
const alone = resolved(techflow, 'development');
const mixed = resolved(retailflow);
const [primary, recovery] = sitesOn(two, 'azure');
if (primary === undefined || recovery === undefined) throw new Error('there must be two sites on azure');
const [only] = sitesOn(alone, 'azure');
const [other] = sitesOn(mixed, 'azure');
if (only === undefined || other === undefined) throw new Error('there must be a site on azure');

describe('names of sites on Azure', () => {
  test.each([
    ['a site alone', alone, only, 'techflow-development'],
    ['a recovery site of a primary on another cloud', mixed, other, 'retailflow-production'],
    ['the first of two', two, primary, 'techflow-production'],
    ['the second of two', two, recovery, 'techflow-production-recovery'],
  ])('%s', (_which, platform, site, prefix) => {
    expect(sitePrefix(whereIs(platform, site))).toBe(prefix);
    expect(whereIs(platform, site)).toMatchObject({ region: site.region, subscription: site.subscription });
  });

  test('tell two sites apart, whatever the resource', () => {
    const resources = [
      'cluster',
      'key-vault',
      'storage-account',
      'grafana',
      'managed-redis',
      'resource-group',
    ] as const;
    fc.assert(
      fc.property(
        fc.constantFrom(...resources),
        fc.array(fc.stringMatching(/^[a-z]{1,20}$/), { maxLength: 2 }),
        (resource, words) => {
          const [first, second] = [primary, recovery].map((site) => azureName(resource, whereIs(two, site), ...words));
          expect(second).not.toBe(first);
        },
      ),
    );
  });
});

describe('what two sites on Azure share', () => {
  test('stands with the first, and each alone has its own', () => {
    expect(whereShared(two, recovery)).toEqual(whereIs(two, primary));
    expect(azureIdentity(whereShared(two, recovery), 'user')).toBe('id-techflow-production-user');
    expect([isHome(two, primary), isHome(two, recovery), isHome(alone, only), isHome(mixed, other)]).toEqual([
      true,
      false,
      true,
      true,
    ]);
    expect([azurePair(alone), azurePair(mixed)]).toEqual([undefined, undefined]);
    expect(azurePair(two)).toEqual({ primary, recovery });
  });

  test('is copied to where the second stands, without being asked', () => {
    const unsaid = resolved(twoAzureSites({}, { sites: { primary: { copies: null } } }));
    const [first, second] = sitesOn(unsaid, 'azure');
    expect(first && copiesOf(unsaid, first)).toEqual({ region: 'northeurope', messagesLagSeconds: 300 });
    expect(second && copiesOf(unsaid, second)).toBeUndefined();
    expect(copiesOf(alone, only)).toBeUndefined();
  });
});
