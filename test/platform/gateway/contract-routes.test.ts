import { kongConfiguration } from '../../../lib/platform/gateway/configuration';
import type { KongRoute } from '../../../lib/platform/gateway/document';
import { gatewayVariables } from '../../../lib/platform/gateway/references';
import { documentText } from '../../../lib/platform/gateway/text';
import { problemsIn, resolved } from '../../support/platform';
import { bound, documentOf, ofOne, operations, paths, withContracts } from '../openapi/support';
import { schemaProblems } from './kong-schema';
import { pluginOf, references } from './support';

const routes = [
  { path: '/api/carts', requestsPerMinute: 60 },
  { path: '/api/carts/private', methods: ['GET'], authentication: 'none' },
  {
    path: '/api/v1/carts',
    transform: { path: '/api/carts', removeHeaders: ['X-Legacy'] },
    addHeaders: { 'X-Client': 'legacy' },
  },
];
const platform = withContracts(bound({ routes }), { order: documentOf(paths) });
const document = kongConfiguration(platform, references);

interface Found {
  readonly answer: string;
  readonly rest: string | undefined;
}

/** Who answers a request: the service as the gateway calls it, or the status that the gateway gives itself. Of what matches, the highest wins. */
function ask(method: string, path: string): Found {
  const placed = [
    ...(document.routes ?? []).map((route) => ({ route, service: undefined })),
    ...document.services.flatMap((service) => service.routes.map((route) => ({ route, service }))),
  ];
  const matching = placed
    .flatMap(({ route, service }) =>
      route.paths
        .map((each) => new RegExp(`^${each.slice(1)}`).exec(path))
        .filter((match) => match !== null && route.methods.includes(method))
        .map((match) => ({ route, service, rest: match?.groups?.['rest'] })),
    )
    .sort((a, b) => b.route.regex_priority - a.route.regex_priority);
  const [best] = matching;
  const same = matching.filter(({ route }) => route.regex_priority === best?.route.regex_priority);
  const answers = new Set(same.map(({ route, service }) => service?.name ?? statusOf(route)));
  // What wins among equals is not said, so that all of them must be one.
  expect(answers.size).toBeLessThanOrEqual(1);
  return { answer: [...answers][0] ?? 'nobody', rest: best?.rest };
}

const statusOf = ({ plugins }: KongRoute): string => String(pluginOf(plugins, 'request-termination')?.status_code);

const carts = 'order~api~carts';
const secret = 'order~api~carts~private~~GET';

describe('a request to a service with a contract', () => {
  test.each([
    ['GET', '/api/carts', carts],
    ['POST', '/api/carts', carts],
    ['GET', '/api/carts/7', carts],
    ['DELETE', '/api/carts/7', carts],
    ['GET', '/api/carts/mine', carts],
    ['POST', '/api/carts/7/lines', carts],
    ['GET', '/api/carts/private/7', secret],
    ['GET', '/api/.well-known/ready', '200'],
  ])('%s %s goes to %s', (method, path, expected) => {
    expect(ask(method, path).answer).toBe(expected);
  });

  test.each([
    ['a path that is not there', 'GET', '/api/carts/7/8'],
    ['a path that only begins so', 'GET', '/api/carts/7/lines/1'],
    ['a method that the path has not', 'PUT', '/api/carts/7'],
    ['a method that no path has', 'OPTIONS', '/api/carts'],
    ['HEAD, which is not GET', 'HEAD', '/api/carts'],
    ['a method that only a path with parameters has', 'DELETE', '/api/carts/mine'],
    ['a slash at the end', 'GET', '/api/carts/'],
    ['what is below a route of its own, and not there', 'GET', '/api/carts/private/7/8'],
    ['a method that the route does not take', 'DELETE', '/api/carts/private/7'],
    ['a path of before that is not there today', 'GET', '/api/v1/carts/7/8'],
  ])('fails when it asks for %s: %s %s', (_what, method, path) => {
    expect(ask(method, path).answer).toBe('404');
  });

  test.each([
    ['/api/v1/carts', ''],
    ['/api/v1/carts/7', '/7'],
    ['/api/v1/carts/private/7', '/private/7'],
  ])('of before, for %s, goes on with %j behind the path of today', (path, rest) => {
    expect(ask('GET', path)).toEqual({ answer: 'order~api~v1~carts', rest });
  });

  test('to a path like one of another service goes there', () => {
    expect(ask('GET', '/api/users/7').answer).toBe('user');
    expect(ask('GET', '/api/cartsx').answer).toBe('nobody');
  });
});

describe('what a route is told', () => {
  const service = (name: string) => document.services.find((each) => each.name === name);

  test('holds for all of its paths, which count together', () => {
    expect(service(carts)?.routes.flatMap(({ plugins }) => plugins)).toEqual([]);
    expect(pluginOf(service(carts)?.plugins ?? [], 'rate-limiting')?.minute).toBe(60);
    expect(pluginOf(service(carts)?.plugins ?? [], 'jwt')?.key_claim_name).toBe('kid');
    expect(service(carts)?.routes.map(({ tags }) => tags)).toEqual(service(carts)?.routes.map(() => ['token']));
  });

  test('is no token where none is wanted', () => {
    expect(pluginOf(service(secret)?.plugins ?? [], 'jwt')).toBeUndefined();
    expect(service(secret)?.routes.map(({ tags }) => tags)).toEqual([[]]);
  });

  test('changes requests as without a contract', () => {
    expect(pluginOf(service('order~api~v1~carts')?.plugins ?? [], 'request-transformer')).toMatchObject({
      replace: { uri: '/api/carts$(uri_captures["rest"])' },
      add: { headers: ['X-Client:legacy'] },
    });
  });
});

test('the document is one that Kong takes, under names of their own', () => {
  expect(schemaProblems(document)).toEqual([]);
  const all = [...(document.routes ?? []), ...document.services.flatMap((service) => service.routes)];
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
  expect(new Set(document.services.map(({ name }) => name)).size).toBe(document.services.length);
  expect(all.every(({ regex_priority }) => regex_priority > 0)).toBe(true);
  expect(documentText(document)).not.toContain(`@${gatewayVariables.document}@`);
});

test('two routes of one path share it by their methods', () => {
  const shared = withContracts(
    bound({
      routes: [
        { path: '/api/carts', methods: ['GET'] },
        { path: '/api/carts', methods: ['POST'] },
      ],
    }),
    { order: documentOf({ '/api/carts': operations('get', 'post'), '/api/carts/{id}': ofOne('get') }) },
  );
  const made = kongConfiguration(shared, references);
  expect(
    made.services
      .filter(({ name }) => name.startsWith('order'))
      .map(({ name, routes: open }) => [name, open.map(({ methods, paths: each }) => [methods, each])]),
  ).toEqual([
    ['order~api~carts~~GET', [[['GET'], ['~/api/carts$', '~/api/carts/[^/]+$']]]],
    ['order~api~carts~~POST', [[['POST'], ['~/api/carts$']]]],
  ]);
  expect(made.routes?.map(({ name }) => name)).toEqual([
    'ready',
    'order~api~carts~~GET~~~',
    'order~api~carts~~POST~~~',
  ]);
});

test('a platform without contracts has none of it', () => {
  const plain = kongConfiguration(resolved(bound({ contract: null })), references);
  expect(plain.routes?.map(({ name }) => name)).toEqual(['ready']);
  expect(plain.services.filter(({ plugins }) => plugins !== undefined)).toEqual([]);
});

test('fails when nobody read the contract: the gateway is never open for want of it', () => {
  expect(problemsIn(() => kongConfiguration(resolved(bound()), references))).toEqual([
    {
      path: 'services.order.contract',
      got: 'openapi',
      allowed: 'absent without contracts/retailflow/order.yaml',
      remedy: 'commit the contract, or remove it',
    },
  ]);
});

test('paths of two routes that lack the same methods are closed once', () => {
  const between = withContracts(bound({ routes: [{ path: '/api/carts' }, { path: '/api/carts/private' }] }), {
    order: documentOf({
      '/api/carts/{id}/lines': ofOne('get'),
      '/api/carts/private/{id}': ofOne('get'),
      '/api/carts/private/lines': operations('post'),
    }),
  });
  const names = (kongConfiguration(between, references).routes ?? []).map(({ name }) => name);
  expect(names).toContain('order~api~carts~private~lines~~~GET');
  expect(names).toEqual([...new Set(names)]);
});
