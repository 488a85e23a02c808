import { keeperSettings, keeperVariable } from '../../bin/keeper-settings';
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
    const { databases, latch, site } = keeperSettings(platform, 'recovery', {});
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
  });

  test('of a site on AWS say where its writer is', () => {
    const environment = { KEEPER_STORE: 'postgresql://mainstay_keeper@store.example.com' };
    expect(keeperSettings(platform, 'primary', environment).databases).toEqual({
      store: { host: 'store.example.com', port: 5432, database: 'store', user: 'mainstay_keeper' },
    });
    expect(keeperVariable('order-book')).toBe('KEEPER_ORDER_BOOK');
  });

  test('fail when anything is missing, and say all of it at once', () => {
    expect(problemsOf('primary', { KEEPER_LATCH: 'http://in.the.clear' })).toEqual(['KEEPER_LATCH', 'KEEPER_STORE']);
    expect(problemsOf('third', {})).toEqual(['--site']);
    const alone = resolved(retailflowWith({}), 'development');
    expect(() => keeperSettings(alone, 'primary', {})).toThrow(/--site must be one of primary, of a stage in which/);
  });
});
