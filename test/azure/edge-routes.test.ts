import { cacheOf, edgeRoutes, frontDoorDuration, leaderRoute } from '../../lib/azure/edge-routes';
import { headerRules, routeRules } from '../../lib/azure/edge-rules';
import { filePattern } from '../../lib/azure/edge-pages';
import { responseSeconds } from '../../lib/azure/edge';

const paths = [
  { path: '/api/products/stock', cacheSeconds: 0 },
  { path: '/api/products', cacheSeconds: 60 },
  { path: '/api/search', cacheSeconds: 60 },
  { path: '/api/news', cacheSeconds: 300 },
  { path: '/api', cacheSeconds: 0 },
];
const routes = edgeRoutes(paths, 86_400);

describe('routes of Front Door', () => {
  test('put together what is kept equally long', () => {
    expect(routes).toEqual([
      { name: 'files', to: 'assets', patterns: ['/*'], cacheSeconds: 86_400 },
      {
        name: 'api',
        to: 'gateway',
        patterns: ['/api/products/stock', '/api/products/stock/*', '/api', '/api/*'],
        cacheSeconds: 0,
      },
      {
        name: 'kept60',
        to: 'gateway',
        patterns: ['/api/products', '/api/products/*', '/api/search', '/api/search/*'],
        cacheSeconds: 60,
      },
      { name: 'kept300', to: 'gateway', patterns: ['/api/news', '/api/news/*'], cacheSeconds: 300 },
    ]);
  });

  test('keep nothing of the rest of the API, and all of a question where something is kept', () => {
    expect(routes.map((route) => cacheOf(route)?.queryStringCachingBehavior)).toEqual([
      'IgnoreQueryString',
      undefined,
      'UseQueryString',
      'UseQueryString',
    ]);
  });

  test('keep files for a second where the definition says for none: Front Door would choose days by itself', () => {
    expect(edgeRoutes(paths, 0)[0]).toMatchObject({ name: 'files', cacheSeconds: 1 });
  });
});

describe('routes where a service makes the pages', () => {
  const site = edgeRoutes(paths, 86_400, { files: ['/_next/static', '/fonts'] });

  test('lead files to the bucket, and everything that nothing else claims to the service, of which nothing is kept', () => {
    expect(site.slice(0, 2)).toEqual([
      {
        name: 'files',
        to: 'assets',
        patterns: ['/_next/static', '/_next/static/*', '/fonts', '/fonts/*'],
        cacheSeconds: 86_400,
        madePages: true,
      },
      { name: 'pages', to: 'gateway', patterns: ['/*'], cacheSeconds: 0, madePages: true },
    ]);
    expect(site.slice(2)).toEqual(routes.slice(1));
    expect(site.slice(1, 2).map(cacheOf)).toEqual([undefined]);
  });

  test('show no page in place of a file', () => {
    const [files] = site;
    const { File, ...rest } = files === undefined ? {} : routeRules(files, { container: 'assets' });
    expect(File).toEqual({
      actions: {
        urlRewriteAction: { sourcePattern: '/', destination: '/assets/', preserveUnmatchedPath: true },
      },
    });
    expect(Object.keys(rest)).toEqual(['Strangers', 'Keep']);
  });

  test('let pages say themselves what they may load, and nothing else', () => {
    const names = (rules: object): readonly string[] => JSON.stringify(rules).match(/"headerName":"[^"]+"/g) ?? [];
    const [all, own] = [names(headerRules()), names(headerRules(['Content-Security-Policy']))];
    expect(all.filter((name) => !own.includes(name))).toEqual(['"headerName":"Content-Security-Policy"']);
  });
});

describe('the route of the latch', () => {
  test('leads to one object, which nobody on the way keeps', () => {
    expect(leaderRoute.patterns).toEqual(['/.well-known/mainstay-leader.json']);
    expect(cacheOf(leaderRoute)).toBeUndefined();
    expect(routeRules(leaderRoute, { container: 'assets' })).toEqual({
      Object: {
        actions: {
          urlRewriteAction: {
            sourcePattern: '/',
            destination: '/mainstay-leader/leader.json',
            preserveUnmatchedPath: false,
          },
        },
      },
    });
  });
});

describe('rules of a route', () => {
  const rules = Object.fromEntries(routes.map((route) => [route.name, routeRules(route, { container: 'assets' })]));

  test('are none where nothing is kept', () => {
    expect(rules['api']).toEqual({});
  });

  test('let nobody be known to whom the answer is not theirs alone', () => {
    for (const name of ['files', 'kept60', 'kept300']) {
      expect(rules[name]).toMatchObject({
        Strangers: {
          actions: {
            requestHeaderAction: [
              { headerAction: 'Delete', headerName: 'Authorization' },
              { headerAction: 'Delete', headerName: 'Cookie' },
            ],
          },
        },
        Keep: { actions: { routeConfigurationOverrideAction: { cacheBehavior: 'OverrideIfOriginMissing' } } },
      });
    }
    expect(rules['kept60']?.['Keep']?.actions.routeConfigurationOverrideAction?.cacheDuration).toBe('00:01:00');
  });

  test('find files in their container, and one file for all pages', () => {
    expect(rules['files']).toMatchObject({
      Page: {
        conditions: { urlPathCondition: [{ negateCondition: true }] },
        actions: { urlRewriteAction: { destination: '/assets/index.html', preserveUnmatchedPath: false } },
      },
      File: {
        conditions: { urlPathCondition: [{ negateCondition: false }] },
        actions: { urlRewriteAction: { destination: '/assets/', preserveUnmatchedPath: true } },
      },
    });
    expect(rules['kept60']).not.toHaveProperty('File');
  });
});

describe('headers of every answer', () => {
  const actions = Object.values(headerRules()).flatMap(
    ({ actions: { responseHeaderAction } }) =>
      responseHeaderAction as readonly { headerAction: string; headerName: string; value?: string }[],
  );

  test('are those of the platform on every cloud', () => {
    expect(
      actions.filter(({ headerAction }) => headerAction === 'Overwrite').map(({ headerName }) => headerName),
    ).toEqual([
      'Content-Security-Policy',
      'Permissions-Policy',
      'Referrer-Policy',
      'Strict-Transport-Security',
      'X-Content-Type-Options',
      'X-Frame-Options',
    ]);
    expect(actions.find(({ headerName }) => headerName === 'Strict-Transport-Security')?.value).toBe(
      'max-age=63072000; includeSubDomains; preload',
    );
  });

  test('say nothing of what runs behind the edge', () => {
    expect(actions.filter(({ headerAction }) => headerAction === 'Delete')).toEqual([
      { headerAction: 'Delete', headerName: 'Server' },
      { headerAction: 'Delete', headerName: 'X-Powered-By' },
    ]);
  });

  test('are told in rules of five at most', () => {
    for (const { actions: each } of Object.values(headerRules())) {
      expect(each.responseHeaderAction).toHaveProperty('length', expect.any(Number));
      expect((each.responseHeaderAction as readonly unknown[]).length).toBeLessThanOrEqual(5);
    }
  });
});

test.each([
  ['/main.3f2a.js', true],
  ['/images/shoes.webp', true],
  ['/.well-known/security', true],
  ['/', false],
  ['/shoes', false],
  ['/v1.2/shoes', false],
  ['/account/.well-known/shoes', false],
])('%s is a file: %s', (path, isFile) => {
  expect(new RegExp(filePattern('/')).test(path)).toBe(isFile);
  expect(new RegExp(filePattern('')).test(path.slice(1))).toBe(isFile);
});

test.each([
  [1, '00:00:01'],
  [60, '00:01:00'],
  [3661, '01:01:01'],
  [86_399, '23:59:59'],
  [86_400, '1.00:00:00'],
  [31_536_000, '365.00:00:00'],
])('%d seconds are %s', (seconds, text) => {
  expect(frontDoorDuration(seconds)).toBe(text);
});

test.each([
  [1, 16],
  [60, 70],
  [239, 240],
])('an answer that takes %d seconds is waited for %d', (longest, waits) => {
  expect(responseSeconds(longest)).toBe(waits);
});
