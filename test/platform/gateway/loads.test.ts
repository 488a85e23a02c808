import fc from 'fast-check';
import { admittedPerMinute, loadMark } from '../../../lib/platform/load-tests/admitted';
import { kongConfiguration } from '../../../lib/platform/gateway/configuration';
import type { KongDeclarative, KongPlugin } from '../../../lib/platform/gateway/document';
import { loadsPlugin } from '../../../lib/platform/gateway/loads';
import type { Route } from '../../../lib/platform/nouns/service';
import retailflowAzure from '../../../platforms/retailflow-azure';
import { resolved, retailflowWith } from '../../support/platform';
import { anyRoutes, spread } from './any-routes';
import { schemaProblems } from './kong-schema';
import { cart, platform, pluginOf, references, routesOf, withOrder } from './support';

const loadPerMinute = 37_500;
const open: Route = { ...cart, authentication: 'none', requestsPerMinute: 60 };
const mixed = withOrder({ routes: [open, { ...cart, path: '/api/orders' }] });
const document = kongConfiguration(mixed, { ...references, loadPerMinute });

const isMark = ({ name }: KongPlugin) => name === loadsPlugin;

/** Who asks, as Kong finds out: the consumer of a key, whoever stands for those without, or nobody where no plugin looks. */
function consumerOf({ consumers }: KongDeclarative, plugins: readonly KongPlugin[], sent: string | undefined) {
  const looks = pluginOf(plugins, 'key-auth');
  if (looks === undefined) return undefined;
  const known = consumers.find(({ keyauth_credentials: keys = [] }) => keys.some(({ key }) => key === sent));
  return known ?? consumers.find(({ username }) => username === looks.anonymous);
}

/** The limit that holds for a request: Kong puts that of a consumer before that of a route. */
function limitFor(made: KongDeclarative, plugins: readonly KongPlugin[], sent?: string) {
  const own = consumerOf(made, plugins, sent)?.plugins ?? [];
  return (pluginOf(own, 'rate-limiting') ?? pluginOf(plugins, 'rate-limiting'))?.minute;
}

test('an open route looks for the mark in one header alone, and hands it to no service', () => {
  const [first] = routesOf(document).filter(({ plugins }) => plugins.some(isMark));
  expect(pluginOf(first?.plugins ?? [], 'key-auth')).toEqual({
    key_names: ['x-amzn-waf-load-test'],
    key_in_header: true,
    key_in_query: false,
    key_in_body: false,
    hide_credentials: true,
    anonymous: 'everybody',
  });
});

test('load tests may ask as often as they need together, an address each, and have nothing else', () => {
  expect(document.consumers.slice(1)).toEqual([
    { username: 'everybody' },
    {
      username: 'load-tests',
      keyauth_credentials: [{ key: loadMark.value }],
      plugins: [
        expect.objectContaining({
          name: 'rate-limiting',
          config: expect.objectContaining({ minute: loadPerMinute, limit_by: 'ip', policy: 'redis' }),
        }),
      ],
    },
  ]);
  expect(schemaProblems(document)).toEqual([]);
});

test.each([
  ['nothing', undefined, 60],
  ['another value', 'admitted2', 60],
  ['the value in capitals', 'ADMITTED', 60],
  ['the mark', 'admitted', loadPerMinute],
])('at an open route, %s in the header: %s allows %i', (_, sent, minute) => {
  const route = routesOf(document).find(({ name }) => name === 'order~api~carts');
  expect(limitFor(document, route?.plugins ?? [], sent)).toBe(minute);
});

test('of any platform, the mark is asked for at open routes alone, and without it every route is as it would be', () => {
  fc.assert(
    fc.property(anyRoutes, fc.integer({ min: 1, max: 5 }), (routes, count) => {
      const any = { ...platform, services: spread(routes, count) };
      const plain = kongConfiguration(any, references);
      const loaded = kongConfiguration(any, { ...references, loadPerMinute });
      expect(schemaProblems(loaded)).toEqual([]);
      for (const { plugins } of routesOf(loaded)) {
        const isOpen = pluginOf(plugins, 'jwt') === undefined;
        expect(plugins.filter(isMark)).toHaveLength(isOpen ? 1 : 0);
        const own = pluginOf(plugins, 'rate-limiting')?.minute;
        expect(limitFor(loaded, plugins)).toBe(own);
        expect(limitFor(loaded, plugins, loadMark.value)).toBe(isOpen ? loadPerMinute : own);
      }
      const unmarked = loaded.services.map((service) => ({
        ...service,
        routes: service.routes.map((route) => ({ ...route, plugins: route.plugins.filter((each) => !isMark(each)) })),
      }));
      expect({ ...loaded, consumers: plain.consumers, services: unmarked }).toEqual(plain);
    }),
    { numRuns: 40 },
  );
});

test('a service with a contract asks at once for all that is open of a route', () => {
  const contracts = { order: [{ path: '/api/carts', methods: ['GET'] }] };
  const made = kongConfiguration(
    { ...withOrder({ contract: 'openapi', routes: [open] }), contracts },
    { ...references, loadPerMinute },
  );
  const plugins = made.services.find(({ name }) => name === 'order~api~carts')?.plugins ?? [];
  expect([limitFor(made, plugins), limitFor(made, plugins, loadMark.value)]).toEqual([60, loadPerMinute]);
});

test('a gateway that no load test asks knows no mark', () => {
  const plain = JSON.stringify(kongConfiguration(mixed, references));
  expect(plain).not.toMatch(/key-?auth|x-amzn-waf|load-tests/);
});

test('Kong behind API Management, which counts, knows none either', () => {
  const made = kongConfiguration(resolved(retailflowAzure, 'staging'), { ...references, loadPerMinute });
  expect(made.consumers).toEqual([]);
  expect(JSON.stringify(made)).not.toContain('key-auth');
});

describe('how often load tests may ask', () => {
  const staging = resolved(retailflowWith({}), 'staging');

  test('is a quarter more than all of them make together', () => {
    expect(admittedPerMinute(staging, 'primary')).toBe(37_500);
    const [test] = Object.values(staging.loadTests);
    if (test === undefined) throw new Error('RetailFlow has a load test');
    const two = { ...staging, loadTests: { one: test, two: { ...test, times: 2 } } };
    expect(admittedPerMinute(two, 'primary')).toBe(3 * 37_500);
  });

  test('is nothing at the other site, and in a stage that runs none', () => {
    expect(admittedPerMinute(staging, 'recovery')).toBeUndefined();
    expect(admittedPerMinute(platform, 'primary')).toBeUndefined();
  });
});
