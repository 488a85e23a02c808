import { failoverStore, keepsFailover } from '../../lib/platform/failover-store';
import { sitesOf, type Platform } from '../../lib/platform/platform';
import { resolved, retailflowWith } from '../support/platform';

const production = resolved(retailflowWith({}), 'production');
const [primary, recovery] = sitesOf(production);
if (primary === undefined || recovery?.cloud !== 'azure') throw new Error('RetailFlow must recover on azure');

describe('where a failover keeps latch and journal', () => {
  test('is the recovery site on Azure, in the account of what its edge serves', () => {
    expect(failoverStore(production, recovery)).toEqual({
      latch: expect.stringMatching(/^https:\/\/\w+\.blob\.core\.windows\.net\/mainstay-leader\/leader\.json$/),
      journal: expect.stringMatching(/^https:\/\/\w+\.blob\.core\.windows\.net\/mainstay-failover\/journal\.jsonl$/),
    });
  });

  test('is never the primary, which is what may be lost', () => {
    expect(failoverStore(production, primary)).toBeUndefined();
    expect(keepsFailover(production, { ...recovery, siteName: 'primary' })).toBe(false);
  });

  test.each<[string, Partial<Platform>]>([
    ['nothing is served', { edge: undefined }],
    ['no database has a second place', { databases: {} }],
  ])('is nowhere where %s', (_, given) => {
    expect(keepsFailover({ ...production, ...given }, recovery)).toBe(false);
  });

  test('is nowhere where the site does without an edge', () => {
    const waives = { ...recovery.waives, edge: { reason: 'it has none, and people use the API', minutes: 0 } };
    expect(keepsFailover(production, { ...recovery, waives })).toBe(false);
  });

  test('has names that no bucket of the platform has', () => {
    for (const name of Object.keys(production.buckets)) expect(name).not.toMatch(/^mainstay-/);
  });
});
