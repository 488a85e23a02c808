import { PlatformError } from '../../../lib/platform/error';
import {
  gatewayOf,
  kongConfiguration,
  longestSilenceSeconds,
  longestTimeoutSeconds,
} from '../../../lib/platform/gateway/configuration';
import { gatewayPlugins } from '../../../lib/platform/gateway/plugins';
import { documentText, maximumDocumentBytes } from '../../../lib/platform/gateway/text';
import type { Route } from '../../../lib/platform/nouns/service';
import type { Platform } from '../../../lib/platform/platform';
import { schemaProblems } from './kong-schema';
import { cart, platform, pluginOf, references, routeFor, routesOf, withOrder, withRoute } from './support';

const document = kongConfiguration(platform, references);

const refusal = (changed: Platform): readonly string[] => {
  try {
    kongConfiguration(changed, references);
  } catch (error) {
    if (error instanceof PlatformError) return error.problems.map(({ path }) => path);
    throw error;
  }
  return [];
};

describe('the document', () => {
  test('has only fields that Kong 3.9 knows, with the types it wants', () => {
    expect(schemaProblems(document)).toEqual([]);
  });

  test.each<[string, object]>([
    ['an unknown field', { ...document, routers: [] }],
    ['an unknown plugin', { ...document, plugins: [{ name: 'acl', config: {} }] }],
    ['an unknown field of a plugin', { ...document, plugins: [{ name: 'jwt', config: { key_claim: 'iss' } }] }],
    ['a wrong type', { ...document, plugins: [{ name: 'jwt', config: { run_on_preflight: 'yes' } }] }],
    [
      'a value that is not a choice',
      { ...document, plugins: [{ name: 'rate-limiting', config: { limit_by: 'user' } }] },
    ],
    [
      'a wrong type inside a record',
      { ...document, plugins: [{ name: 'rate-limiting', config: { redis: { port: '6379' } } }] },
    ],
  ])('fails when the table meets %s', (_, wrong) => {
    expect(schemaProblems(wrong)).toHaveLength(1);
  });

  test('is the same for the same platform, in whatever order its services stand', () => {
    const reversed = { ...platform, services: Object.fromEntries(Object.entries(platform.services).reverse()) };
    expect(documentText(kongConfiguration(reversed, references))).toBe(documentText(document));
  });

  test('configures only plugins that the gateway loads', () => {
    const routes = [...routesOf(document), ...(document.routes ?? [])];
    const used = [...document.plugins, ...routes.flatMap(({ plugins }) => plugins)].map(({ name }) => name);
    expect([...new Set(used)].sort()).toEqual([...gatewayPlugins].sort());
  });

  test('answers by itself, under one path and for those who read alone, to whoever asks whether the edge reaches it', () => {
    expect(document.routes).toMatchObject([
      {
        name: 'ready',
        methods: ['GET', 'HEAD'],
        paths: ['~/api/\\.well-known/ready$'],
        plugins: [{ name: 'request-termination', config: { status_code: 200 } }],
      },
    ]);
    expect(routesOf(document).map(({ name }) => name)).not.toContain('ready');
  });

  test('names no value of a secret, and takes the keys and the host from the start', () => {
    const text = documentText(document);
    expect(document.consumers[0]?.jwt_secrets).toEqual([
      { key: 'a', algorithm: 'RS256', rsa_public_key: '@GATEWAY_TOKEN_PUBLIC_KEY_A@' },
      { key: 'b', algorithm: 'RS256', rsa_public_key: '@GATEWAY_TOKEN_PUBLIC_KEY_B@' },
      { key: 'c', algorithm: 'RS256', rsa_public_key: '@GATEWAY_TOKEN_PUBLIC_KEY_C@' },
    ]);
    expect(text).toContain('"username":"{vault://env/gateway-cache-user}"');
    expect(text).toContain('"password":"{vault://env/gateway-cache-password}"');
    expect(text).not.toContain('BEGIN PUBLIC KEY');
  });

  test('has a service for each service with routes, and none for the others', () => {
    expect(document.services.map(({ name }) => name)).toEqual(['analytics', 'catalog', 'order', 'payment', 'user']);
  });
});

describe('a service', () => {
  test('is reached over verified TLS, within its own time', () => {
    const [, , , payment] = document.services;
    expect(payment).toMatchObject({
      name: 'payment',
      url: 'https://payment.services.shop.example.com:8443',
      connect_timeout: 2000,
      read_timeout: 20_000,
      write_timeout: 20_000,
      retries: 1,
      tls_verify: true,
      tls_verify_depth: 4,
    });
  });

  test('has no TLS settings behind an address without TLS, which Kong would refuse', () => {
    const plain = kongConfiguration(platform, { ...references, upstreamUrl: (service) => `http://${service}:80` });
    expect(plain.services[0]).not.toHaveProperty('tls_verify');
    expect(plain.services[0]).not.toHaveProperty('tls_verify_depth');
  });
});

describe('a route', () => {
  test('with a token checks it and counts per user', () => {
    const { plugins, tags } = routeFor(document, '/api/orders');
    expect(tags).toEqual(['token']);
    expect(pluginOf(plugins, 'jwt')).toEqual({
      key_claim_name: 'kid',
      claims_to_verify: ['exp'],
      maximum_expiration: 3660,
      run_on_preflight: true,
      uri_param_names: [],
      cookie_names: [],
      header_names: ['authorization'],
    });
    expect(pluginOf(plugins, 'rate-limiting')).toMatchObject({
      minute: 300,
      limit_by: 'header',
      header_name: 'X-User-Id',
    });
  });

  test('without a token checks none and counts per address', () => {
    const { plugins, tags } = routeFor(document, '/api/sessions');
    expect(tags).toEqual([]);
    expect(pluginOf(plugins, 'jwt')).toBeUndefined();
    const limit = pluginOf(plugins, 'rate-limiting');
    expect(limit).toMatchObject({ minute: 30, limit_by: 'ip' });
    expect(limit).not.toHaveProperty('header_name');
  });

  test('counts in Redis over verified TLS, and lets requests pass while it is away', () => {
    expect(pluginOf(routeFor(document, '/api/orders').plugins, 'rate-limiting')).toMatchObject({
      policy: 'redis',
      fault_tolerant: true,
      hide_client_headers: false,
      redis: {
        host: '@GATEWAY_CACHE_HOST@',
        server_name: '@GATEWAY_CACHE_HOST@',
        port: 6379,
        ssl: true,
        ssl_verify: true,
        timeout: 200,
      },
    });
  });

  test('counts without encryption where a proxy beside the gateway encrypts, in the cache that is named', () => {
    const beside = kongConfiguration(platform, { ...references, cacheHost: 'limits.shop', cacheTls: false });
    const redis = pluginOf(routeFor(beside, '/api/orders').plugins, 'rate-limiting')?.redis;
    expect(redis).toMatchObject({ host: 'limits.shop', port: 6379, ssl: false, ssl_verify: false });
    expect(redis).not.toHaveProperty('server_name');
    expect(JSON.stringify(beside)).not.toContain('GATEWAY_CACHE_HOST');
  });

  test('without a limit of its own has the gateway’s', () => {
    const { requestsPerMinute: _, ...unlimited } = cart;
    const changed = kongConfiguration(withOrder({ routes: [unlimited] }), references);
    const route = routesOf(changed).find(({ name }) => name.startsWith('order'));
    expect(pluginOf(route?.plugins ?? [], 'rate-limiting')?.minute).toBe(600);
  });

  test('keeps path and host as they are decided, and buffers both ways', () => {
    expect(routeFor(document, '/api/orders')).toMatchObject({
      strip_path: false,
      preserve_host: false,
      request_buffering: true,
      response_buffering: true,
    });
  });

  test('names every method where the platform names none, since Kong ranks a route with methods before one without', () => {
    expect(routeFor(document, '/api/orders').methods).toEqual([
      'DELETE',
      'GET',
      'HEAD',
      'OPTIONS',
      'PATCH',
      'POST',
      'PUT',
    ]);
    expect(routeFor(document, '/api/products').methods).toEqual(['GET']);
  });

  test('adds its headers in place of what a client sends, and still takes Kong’s own away', () => {
    const changed = kongConfiguration(withRoute({ addHeaders: { 'X-Region': 'sea', 'X-Api': '2' } }), references);
    const route = routesOf(changed).find(({ name }) => name.startsWith('order'));
    const transformer = pluginOf(route?.plugins ?? [], 'request-transformer');
    expect(transformer?.add).toEqual({ headers: ['X-Api:2', 'X-Region:sea'] });
    expect(transformer?.remove.headers).toEqual(expect.arrayContaining(['X-Api', 'X-Region', 'X-Consumer-Username']));
  });

  test('without headers to add leaves the platform’s transformation in force', () => {
    expect(pluginOf(routeFor(document, '/api/orders').plugins, 'request-transformer')).toBeUndefined();
    expect(pluginOf(document.plugins, 'request-transformer')?.remove.headers).toContain('X-Consumer-Username');
  });
});

describe('every request', () => {
  test('is numbered, measured and bounded', () => {
    expect(pluginOf(document.plugins, 'correlation-id')).toEqual({
      header_name: 'X-Correlation-Id',
      generator: 'uuid#counter',
      echo_downstream: true,
    });
    expect(pluginOf(document.plugins, 'prometheus')).toBeDefined();
    expect(pluginOf(document.plugins, 'request-size-limiting')).toEqual({
      allowed_payload_size: 10,
      size_unit: 'megabytes',
    });
  });
});

describe('fails when', () => {
  test('the platform has no gateway', () => {
    const { gateway: _, ...bare } = platform;
    expect(() => gatewayOf(bare)).toThrow('gateway must be declared for requests to be routed, got nothing');
  });

  test('the cache that counts has shards', () => {
    const sessions = platform.caches['sessions'];
    if (sessions === undefined) throw new Error('retailflow has no sessions cache');
    const sharded = { ...platform, caches: { ...platform.caches, sessions: { ...sessions, shards: 3 } } };
    expect(refusal(sharded)).toEqual(['caches.sessions.shards']);
  });

  test('a service with routes speaks gRPC', () => {
    expect(refusal(withOrder({ protocol: 'grpc' }))).toEqual(['services.order.protocol']);
  });

  test('a path has an empty segment', () => {
    expect(refusal(withRoute({ path: '/api//carts' }))).toEqual(['services.order.routes.0.path']);
  });

  test.each([
    [{ 'X Region': 'sea' }, 'services.order.routes.0.addHeaders'],
    [{ 'X-Region': '$(os.getenv("X"))' }, 'services.order.routes.0.addHeaders.X-Region'],
    [{ 'X-Region': '' }, 'services.order.routes.0.addHeaders.X-Region'],
  ])('a route adds the headers %j', (addHeaders, path) => {
    expect(refusal(withRoute({ addHeaders }))).toEqual([path]);
  });

  test('the document does not fit into a task definition', () => {
    const many = Array.from({ length: 120 }, (_, index): Route => ({ ...cart, path: `/api/carts/${index}` }));
    const large = kongConfiguration(withOrder({ routes: many }), references);
    expect(() => documentText(large)).toThrow(/at most 61440 bytes \(60 KiB\)/);
    expect(Buffer.byteLength(documentText(document))).toBeLessThan(maximumDocumentBytes);
  });
});

describe('routes that become connections', () => {
  const made = kongConfiguration(
    withOrder({
      routes: [cart, { ...cart, path: '/api/carts/live', methods: ['GET'], websocket: true }],
      sockets: { channels: 'sessions', idleSeconds: 300, perTask: 1000, stickySeconds: 3600 },
    }),
    references,
  );
  const [plain, connected] = ['order', 'order~sockets'].map((name) =>
    made.services.find((service) => service.name === name),
  );

  test('may be silent for longer than an answer may take', () => {
    expect(plain).toMatchObject({ read_timeout: 15_000, write_timeout: 15_000 });
    expect(connected).toMatchObject({ read_timeout: 300_000, write_timeout: 300_000, url: plain?.url });
  });

  test('are apart from the routes that do not', () => {
    expect(plain?.routes.map(({ name }) => name)).toEqual(['order~api~carts']);
    expect(connected?.routes.map(({ name }) => name)).toEqual(['order~api~carts~live~~GET']);
  });

  test('are the longest silence that the platform has', () => {
    expect(longestSilenceSeconds(platform)).toBe(longestTimeoutSeconds(platform));
    const sockets = { channels: 'sessions', idleSeconds: 300, perTask: 1000, stickySeconds: 3600 };
    expect(longestSilenceSeconds(withOrder({ sockets }))).toBe(300);
  });
});
