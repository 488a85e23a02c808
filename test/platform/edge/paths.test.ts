import fc from 'fast-check';
import allocations from '../../../allocations/retailflow.json';
import { edgeOf, edgePaths, edgeProblems, loginPaths } from '../../../lib/platform/edge/paths';
import type { Route } from '../../../lib/platform/nouns/service';
import { resolve } from '../../../lib/platform/resolve';
import retailflow from '../../../platforms/retailflow';

const platform = resolve(retailflow, { stage: 'production', allocations });
const { order } = platform.services;
if (order === undefined) throw new Error('retailflow has no order service');
const [cart] = order.routes;
if (cart === undefined) throw new Error('the order service has no routes');

const kept = { ...cart, authentication: 'none', methods: ['GET'], cacheSeconds: 60 } as const;
const withRoutes = (routes: readonly Route[]) => ({ ...platform, services: { order: { ...order, routes } } });

describe('the paths of the edge', () => {
  test('are those of RetailFlow whose answers are kept, then the API', () => {
    expect(edgePaths(platform)).toEqual([
      { path: '/api/categories', cacheSeconds: 300 },
      { path: '/api/products', cacheSeconds: 60 },
      { path: '/api/search', cacheSeconds: 30 },
      { path: '/api', cacheSeconds: 0 },
    ]);
  });

  test('tell apart what lies below a kept path and is not kept', () => {
    const below = { ...cart, path: '/api/carts/private/' };
    expect(edgePaths(withRoutes([kept, below, { ...cart, path: '/api/other' }]))).toEqual([
      { path: '/api/carts/private', cacheSeconds: 0 },
      { path: '/api/carts', cacheSeconds: 60 },
      { path: '/api', cacheSeconds: 0 },
    ]);
  });

  test('are not those that merely begin alike', () => {
    expect(edgePaths(withRoutes([kept, { ...cart, path: '/api/carts-old' }])).map(({ path }) => path)).toEqual([
      '/api/carts',
      '/api',
    ]);
  });

  test('give every route what it declares, whichever of them are tried first', () => {
    const path = fc
      .array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 4 })
      .map((segments) => `/api/${segments.join('/')}`);
    const routes = fc.uniqueArray(fc.record({ path, cacheSeconds: fc.constantFrom(0, 30, 60) }), {
      selector: (route) => route.path,
      maxLength: 15,
    });
    fc.assert(
      fc.property(routes, (given) => {
        const paths = edgePaths(withRoutes(given.map((route) => ({ ...kept, ...route }))));
        for (const route of given) {
          for (const request of [route.path, `${route.path}/x1`]) {
            const first = paths.find(({ path }) => request === path || request.startsWith(`${path}/`));
            expect(first?.cacheSeconds).toBe(route.cacheSeconds);
          }
        }
      }),
    );
  });
});

test('passwords can be guessed where a route says so', () => {
  expect(loginPaths(platform)).toEqual(['/api/registrations', '/api/sessions']);
  expect(loginPaths(withRoutes([cart]))).toEqual([]);
});

describe('fails when', () => {
  const refused = (routes: readonly Route[]): readonly string[] =>
    edgeProblems(withRoutes(routes)).map(({ path }) => path);

  test('the platform has no edge', () => {
    const { edge: _, ...bare } = platform;
    expect(() => edgeOf(bare)).toThrow('edge must be declared for the platform to be served, got nothing');
  });

  test.each<[string, readonly Route[]]>([
    ['behind a token', [{ ...kept, authentication: 'token' }]],
    ['of a route that also writes', [{ ...kept, methods: ['GET', 'POST'] }]],
    ['of a route with every method', [{ ...kept, methods: undefined }]],
    ['of a path that another route writes to', [kept, { ...cart, methods: ['POST'] }]],
  ])('answers are kept %s', (_, routes) => {
    expect(refused(routes)).toEqual(['services.order.routes.0.cacheSeconds']);
  });

  test('not one answer is kept wrongly, nor one by a platform without edge', () => {
    expect(refused([kept, { ...cart, methods: ['POST'], path: '/api/other' }])).toEqual([]);
    const { edge: _, ...bare } = withRoutes([{ ...kept, authentication: 'token' }]);
    expect(edgeProblems(bare)).toEqual([]);
  });
});
