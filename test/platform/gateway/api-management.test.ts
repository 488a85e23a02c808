import retailflowAzure from '../../../platforms/retailflow-azure';
import { kongConfiguration } from '../../../lib/platform/gateway/configuration';
import { isPooled, movesPools, pooledServices, poolId } from '../../../lib/platform/gateway/pools';
import { applyPatch } from '../../../lib/platform/patch';
import type { Definition } from '../../../lib/platform/definition';
import { siteOn } from '../../../lib/platform/platform';
import { problemsOf, resolved, retailflowWith } from '../../support/platform';

const withPatch = (patch: unknown): Definition => applyPatch(retailflowAzure, patch) as Definition;
const told = (definition: Definition) =>
  problemsOf(definition).map(({ allowed, path, remedy }) => [path, allowed, remedy]);
const matching = (...texts: readonly string[]) => texts.map((text) => expect.stringContaining(text) as unknown);

describe('API Management as the gateway', () => {
  test('is accepted on Azure alone', () => {
    expect(problemsOf(retailflowAzure)).toEqual([]);
  });

  test('fails when a site is on AWS, and names what stands there', () => {
    const definition = retailflowWith({
      gateway: { kind: 'api-management', limitsCache: null, units: { min: 2, max: 4, requestsPerUnit: 30_000 } },
    });
    expect(told(definition)).toEqual([
      matching('gateway.kind', 'kong on aws, where primary stands', "choose kind 'kong'"),
    ]);
  });

  test.each<readonly [string, unknown, readonly string[]]>([
    [
      'the keys of tokens are to have other fields',
      { secrets: { 'token-keys': { fields: ['publicKey'] } } },
      ['secrets.token-keys.fields', 'publicKeyC, modulusA, modulusB, modulusC', 'remove it'],
    ],
    [
      'it is to count in a cache',
      { gateway: { limitsCache: 'sessions' } },
      ['gateway.limitsCache', 'absent with api-management', ''],
    ],
    [
      'it has more units than an instance may have',
      { gateway: { units: { min: 2, max: 11 } } },
      ['gateway.units.max', '10', ''],
    ],
    [
      'it has fewer units at most than at least',
      { gateway: { units: { min: 3, max: 2 } } },
      ['gateway.units', 'min not above max', ''],
    ],
    [
      'everybody goes through units of which nobody knows what they pass on',
      { gateway: { units: { requestsPerUnit: null } } },
      ['gateway.units.requestsPerUnit', 'written, because goals.requestsPerUser is', 'or remove goals.requestsPerUser'],
    ],
    [
      'a path is two APIs',
      {
        services: {
          analytics: {
            routes: [
              { path: '/api/reports', methods: ['GET'] },
              { path: '/api/reports/', methods: ['POST'] },
            ],
          },
        },
      },
      ['services.analytics.routes.1.path', 'a path that no other route has', 'give both methods one route'],
    ],
  ])('fails when %s', (_, patch, texts) => {
    expect(told(withPatch(patch))).toEqual([matching(...texts)]);
  });

  test('fails when a route is of connections that stay open', () => {
    const routes = [{ path: '/api/reports', websocket: true }];
    const sockets = { channels: 'sessions' };
    expect(
      told(withPatch({ services: { analytics: { routes, sockets, uses: { caches: ['sessions'] } } } })),
    ).toContainEqual(
      matching('services.analytics.routes.0.websocket', 'false behind api-management', "choose gateway.kind 'kong'"),
    );
  });
});

describe('pools of versions', () => {
  const platform = resolved(retailflowAzure);

  test('are of services with routes whose releases move requests', () => {
    expect(pooledServices(platform, 'primary')).toEqual(['catalog', 'customer', 'inventory', 'order', 'web']);
    expect(isPooled(platform, 'primary', 'analytics')).toBe(false);
    expect(isPooled(platform, 'primary', 'notification')).toBe(false);
    expect(movesPools(platform)).toBe(true);
  });

  test('are of no platform whose gateway is Kong, and of no stage whose releases are plain', () => {
    expect(movesPools(resolved(retailflowWith({})))).toBe(false);
    expect(movesPools(resolved(retailflowAzure, 'development'))).toBe(false);
  });

  test('are found by a name that follows from the definition', () => {
    const site = siteOn(platform, 'azure');
    expect(site && poolId(platform, site, 'order')).toMatch(
      /^\/subscriptions\/[0-9-]{36}\/resourceGroups\/rg-retailflow-azure-production-gateway\/providers\/Microsoft\.ApiManagement\/service\/apim-retailflow-azure-production-\w{6}\/backends\/order$/,
    );
  });
});

describe('the door of the cluster behind it', () => {
  const platform = resolved(retailflowAzure);
  const references = { upstreamUrl: (service: string) => `http://${service}`, cachePort: 6379 };
  const door = kongConfiguration(platform, references);

  test('routes as it would by itself, and asks nothing of requests', () => {
    const routes = door.services.flatMap((each) => each.routes);
    expect(routes.map(({ name }) => name)).toContain('order~api~checkout');
    expect(routes.flatMap(({ plugins }) => plugins)).toEqual([]);
    expect(door.consumers).toEqual([]);
  });

  test('holds no key, leaves who asks as it was told, and still bounds bodies and gives correlation ids', () => {
    expect(JSON.stringify(door)).not.toContain('GATEWAY_TOKEN_PUBLIC_KEY');
    const names = door.plugins.map(({ name }) => name);
    expect(names).toEqual(['correlation-id', 'prometheus', 'request-size-limiting', 'request-transformer']);
  });

  test('answers for health, which API Management asks in place of the edge', () => {
    expect(door.routes?.map(({ paths }) => paths)).toEqual([['~/api/\\.well-known/ready$']]);
  });

  test('is Kong with all of its work wherever no definition says otherwise', () => {
    const alone = kongConfiguration(resolved(retailflowWith({})), references);
    expect(alone.consumers).toHaveLength(1);
    expect(alone.plugins.map(({ name }) => name)).toContain('pre-function');
  });
});

test('Kong behind it lets in what a contract has, and answers 404 to all else', () => {
  const platform = resolved(
    withPatch({ services: { order: { contract: 'openapi', routes: [{ path: '/api/orders' }] } } }),
  );
  const contracts = { order: [{ path: '/api/orders', methods: ['GET'] }] };
  const { routes = [], services } = kongConfiguration(
    { ...platform, contracts },
    { cachePort: 6379, upstreamUrl: String },
  );
  const paths = services.filter(({ name }) => name === 'order~api~orders').flatMap(({ routes: open }) => open);
  expect(paths.map((route) => [route.methods, route.paths])).toEqual([[['GET'], ['~/api/orders$']]]);
  expect(routes.map(({ name, regex_priority }) => [name, regex_priority])).toContainEqual(['order~api~orders~~~', 10]);
});
