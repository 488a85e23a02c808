import { kongConfiguration } from '../../../lib/platform/gateway/configuration';
import { rewrittenExpression } from '../../../lib/platform/gateway/paths';
import { routeTransform } from '../../../lib/platform/nouns/route-transform';
import type { Route } from '../../../lib/platform/nouns/service';
import { problemsIn } from '../../support/platform';
import { schemaProblems } from './kong-schema';
import { cart, pluginOf, references, routesOf, withRoute } from './support';

type Change = Partial<Omit<Route, 'transform'>> & { readonly transform?: object };

const changed = ({ transform, ...rest }: Change) =>
  withRoute({ ...rest, ...(transform === undefined ? {} : { transform: routeTransform.parse(transform) }) });

const document = (change: Change) => kongConfiguration(changed(change), references);

const routeOf = (change: Change) => routesOf(document(change)).find(({ name }) => name.startsWith('order'));

const transformer = (change: Change) => pluginOf(routeOf(change)?.plugins ?? [], 'request-transformer');

const own = [
  'X-Anonymous-Consumer',
  'X-Consumer-Custom-Id',
  'X-Consumer-Id',
  'X-Consumer-Username',
  'X-Credential-Identifier',
];

test('a route that changes nothing has no transformer of its own', () => {
  expect(transformer({})).toBeUndefined();
});

test('takes away, renames and adds, and still takes Kong’s own headers away', () => {
  const change = {
    addHeaders: { 'X-Generation': 'legacy' },
    transform: {
      removeHeaders: ['X-Old-Session'],
      renameHeaders: { 'X-Company': 'X-Account' },
      removeQuery: ['format'],
      renameQuery: { pageNo: 'page' },
      addQuery: { zone: 'utc' },
    },
  };
  expect(transformer(change)).toEqual({
    remove: { headers: [...own, 'X-Old-Session', 'X-Generation'], querystring: ['format', 'zone'] },
    rename: { headers: ['X-Company:X-Account'], querystring: ['pageNo:page'] },
    add: { headers: ['X-Generation:legacy'], querystring: ['zone:utc'] },
  });
  expect(schemaProblems(document(change))).toEqual([]);
});

test('asks the service under another path, and keeps what follows', () => {
  const change = { path: '/api/v1/carts', transform: { path: '/api/carts' } };
  expect(routeOf(change)?.paths).toEqual(['~/api/v1/carts(?<rest>(?:/.*)?)$']);
  expect(transformer(change)).toEqual({
    remove: { headers: own },
    replace: { uri: '/api/carts$(uri_captures["rest"])' },
  });
  expect(schemaProblems(document(change))).toEqual([]);
});

test.each([
  ['/api/v1/carts', ''],
  ['/api/v1/carts/', '/'],
  ['/api/v1/carts/7/items', '/7/items'],
  ['/api/v1/carts-old', undefined],
  ['/api/v1/cartsx/1', undefined],
])('of %s, what follows is %j', (asked, rest) => {
  const found = new RegExp(`^${rewrittenExpression('/api/v1/carts').slice(1)}`).exec(asked);
  expect(found?.groups?.['rest']).toBe(rest);
});

test.each<readonly [string, object]>([
  ['a header with a space', { removeHeaders: ['X Old'] }],
  ['a field with a colon', { addQuery: { 'a:b': 'c' } }],
  ['a path with a slash at its end', { path: '/api/carts/' }],
  ['a path that is code', { path: '/$(1)' }],
])('%s is refused', (_what, transform) => {
  expect(routeTransform.safeParse(transform).success).toBe(false);
});

describe('fails when', () => {
  const at = 'services.order.routes.0';
  test.each<readonly [string, Change, readonly { readonly path: string; readonly got: unknown }[]]>([
    [
      'a route says who asks',
      { transform: { removeHeaders: ['x-user-id'], renameHeaders: { 'X-Company': 'X-Forwarded-For' } } },
      [
        { path: `${at}.transform.removeHeaders`, got: 'x-user-id' },
        { path: `${at}.transform.renameHeaders`, got: 'X-Forwarded-For' },
      ],
    ],
    [
      'a route says which version of a service answers',
      { transform: { renameHeaders: { 'X-Company': 'x-release' } } },
      [{ path: `${at}.transform.renameHeaders`, got: 'x-release' }],
    ],
    [
      'a route adds what the gateway says itself',
      { addHeaders: { 'x-user-id': '1', 'X-Release': 'order-canary', 'X-Correlation-Id': '1', traceparent: '00' } },
      ['x-user-id', 'X-Release', 'X-Correlation-Id', 'traceparent'].map((got) => ({ path: `${at}.addHeaders`, got })),
    ],
    [
      'a header is changed twice',
      { addHeaders: { 'X-Account': '1' }, transform: { renameHeaders: { 'X-Company': 'x-account' } } },
      [{ path: `${at}.transform.renameHeaders`, got: 'x-account' }],
    ],
    [
      'a field is taken away and added',
      { transform: { removeQuery: ['zone'], addQuery: { zone: 'utc' } } },
      [{ path: `${at}.transform.addQuery`, got: 'zone' }],
    ],
    [
      'a value would be run',
      { transform: { addQuery: { zone: '$(os.exit())' } } },
      [{ path: `${at}.transform.addQuery.zone`, got: '$(os.exit())' }],
    ],
    ['a path stays as it is', { transform: { path: cart.path } }, [{ path: `${at}.transform.path`, got: cart.path }]],
  ])('%s', (_what, change, problems) => {
    expect(problemsIn(() => document(change)).map(({ got, path }) => ({ path, got }))).toEqual(problems);
  });
});
