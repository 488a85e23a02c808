import { keeperSettings } from '../../bin/keeper-settings';
import { keeperVariables } from '../../lib/platform/keeper-process';
import { resolved, retailflowWith } from '../support/platform';

const platform = resolved(retailflowWith({}), 'production');
const problemsOf = (site: string, environment: Record<string, string>): readonly string[] => {
  try {
    keeperSettings(platform, site, environment);
    return [];
  } catch (error) {
    return (error as { problems: readonly { path: string }[] }).problems.map(({ path }) => path);
  }
};

describe('settings of a keeper', () => {
  test('are known of a site on Azure, and the latch is read from its edge', () => {
    const { databases, latch, leaseSeconds, site } = keeperSettings(platform, 'recovery', {});
    expect(site.siteName).toBe('recovery');
    expect(databases).toEqual({
      store: {
        host: expect.stringMatching(/\.writer\.postgres\.database\.azure\.com$/),
        port: 5432,
        database: 'store',
        user: 'mainstay_keeper',
      },
    });
    expect(latch).toBe('https://recovery.shop.example.com/.well-known/mainstay-leader.json');
    expect(leaseSeconds).toBe(300);
    expect(keeperSettings(platform, 'recovery', { KEEPER_LEASE_SECONDS: '120' }).leaseSeconds).toBe(120);
  });

  test('of a site on AWS say where its writer is', () => {
    const environment = { KEEPER_STORE: 'postgresql://mainstay_keeper@store.example.com' };
    expect(keeperSettings(platform, 'primary', environment).databases).toEqual({
      store: { host: 'store.example.com', port: 5432, database: 'store', user: 'mainstay_keeper' },
    });
    expect(keeperVariables.database('order-book')).toBe('KEEPER_ORDER_BOOK');
  });

  test('fail when anything is missing, and say all of it at once', () => {
    expect(problemsOf('primary', { KEEPER_LATCH: 'http://in.the.clear' })).toEqual(['KEEPER_LATCH', 'KEEPER_STORE']);
    expect(problemsOf('third', {})).toEqual(['--site']);
    for (const lease of ['49', '86401', '120.5', 'long']) {
      expect(problemsOf('recovery', { KEEPER_LEASE_SECONDS: lease })).toEqual(['KEEPER_LEASE_SECONDS']);
    }
    const alone = resolved(retailflowWith({}), 'development');
    expect(() => keeperSettings(alone, 'primary', {})).toThrow(/--site must be one of primary, of a stage in which/);
  });
});
