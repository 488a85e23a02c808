import { testFaults, testVariations } from '../../support/faults';

const routes = (...paths: readonly object[]) => ({ services: { analytics: { routes: paths } } });

describe('routes', () => {
  testFaults([
    {
      when: 'the edge is to keep answers that are for one user',
      patch: routes({ path: '/api/reports', methods: ['GET'], authentication: 'token', cacheSeconds: 60 }),
      answers: [
        {
          path: 'services.analytics.routes.0.cacheSeconds',
          got: 60,
          allowed: '0 behind a token, or one user would get the answer of another',
          remedy: 'set it to 0',
        },
      ],
    },
    {
      when: 'the edge is to keep answers to writes',
      patch: routes({ path: '/api/reports', methods: ['GET', 'POST'], authentication: 'none', cacheSeconds: 60 }),
      answers: [
        {
          path: 'services.analytics.routes.0.cacheSeconds',
          got: 60,
          allowed: '0 for anything but GET and HEAD',
          remedy: 'set methods',
        },
      ],
    },
    {
      when: 'two services claim one path',
      patch: { services: { payment: { routes: [{ path: '/api/orders' }] } } },
      answers: [
        {
          path: 'services.payment.routes.0.path',
          got: '/api/orders',
          allowed: 'claimed once, and services.order.routes.2 claims it for order',
          remedy: 'give each path and method to one route',
        },
      ],
    },
    {
      when: 'one service claims a path twice',
      patch: routes({ path: '/api/reports' }, { path: '/api/reports' }),
      answers: [
        {
          path: 'services.analytics.routes.1.path',
          got: '/api/reports',
          allowed: 'claimed once, and services.analytics.routes.0 claims it for analytics',
          remedy: 'give each path and method to one route',
        },
      ],
    },
    {
      when: 'two routes of one path share a method',
      patch: routes(
        { path: '/api/reports', methods: ['GET', 'HEAD'] },
        { path: '/api/reports', methods: ['POST', 'GET'] },
      ),
      answers: [
        {
          path: 'services.analytics.routes.1.path',
          got: '/api/reports',
          allowed: 'claimed once',
          remedy: 'give each path and method to one route',
        },
      ],
    },
    {
      when: 'a route for some methods has the path of one for all',
      patch: routes({ path: '/api/reports' }, { path: '/api/reports', methods: ['POST'] }),
      answers: [
        {
          path: 'services.analytics.routes.1.path',
          got: '/api/reports',
          allowed: 'claimed once',
          remedy: 'give each path and method to one route',
        },
      ],
    },
    {
      when: 'two paths differ in a slash at the end alone',
      patch: routes({ path: '/api/reports' }, { path: '/api/reports/' }),
      answers: [
        {
          path: 'services.analytics.routes.1.path',
          got: '/api/reports/',
          allowed: 'claimed once',
          remedy: 'give each path and method to one route',
        },
      ],
    },
    {
      when: `a route is outside the edge's API path`,
      patch: routes({ path: '/reports' }),
      answers: [
        {
          path: 'services.analytics.routes.0.path',
          got: '/reports',
          allowed: '/api or below it, the path that the edge sends to the gateway',
          remedy: 'put it under /api, or change edge.apiPath',
        },
      ],
    },
    {
      when: `a route's path only begins with the letters of the edge's API path`,
      patch: routes({ path: '/apiary' }),
      answers: [
        {
          path: 'services.analytics.routes.0.path',
          got: '/apiary',
          allowed: '/api or below it',
          remedy: 'put it under /api',
        },
      ],
    },
    {
      when: 'there are routes and no gateway',
      patch: { gateway: null },
      answers: [
        {
          path: 'gateway',
          got: undefined,
          allowed: 'declared, because services have routes',
          remedy: 'declare a gateway, or remove the routes',
        },
        {
          path: 'secrets.token-keys.fields',
          got: [],
          allowed: 'at least one camelCase word, except for the secret of gateway.tokens',
          remedy: 'name what the secret consists of',
        },
        {
          path: 'secrets.token-keys.rotateDays',
          got: undefined,
          allowed: '7 to 730, for every secret but the keys of tokens',
          remedy: 'write in how many days people change it',
        },
      ],
    },
    {
      when: 'a path does not begin with a slash',
      patch: routes({ path: 'api/reports' }),
      answers: [
        {
          path: 'services.analytics.routes.0.path',
          got: 'api/reports',
          allowed: 'a path that begins with /',
          remedy: 'correct the text',
        },
      ],
    },
    {
      when: 'a method is not one of HTTP',
      patch: routes({ path: '/api/reports', methods: ['FETCH'] }),
      answers: [
        {
          path: 'services.analytics.routes.0.methods.0',
          got: 'FETCH',
          allowed: 'one of GET, HEAD, POST',
          remedy: 'choose one of them',
        },
      ],
    },
    {
      when: 'the gateway counts in a cache of several shards',
      patch: { caches: { sessions: { shards: 2 } } },
      answers: [
        {
          path: 'caches.sessions.shards',
          got: 2,
          allowed: '1 for the cache of gateway.limitsCache',
          remedy: 'name a cache with one shard',
        },
      ],
    },
  ]);

  testVariations([
    {
      accepts: 'two routes of one path with different methods',
      patch: routes({ path: '/api/reports', methods: ['GET'] }, { path: '/api/reports', methods: ['POST'] }),
    },
    {
      accepts: 'the methods of one path in two services',
      patch: {
        services: {
          order: { routes: [{ path: '/api/orders', methods: ['GET'] }] },
          analytics: { routes: [{ path: '/api/orders', methods: ['DELETE'] }] },
        },
      },
    },
    { accepts: 'a path inside another', patch: routes({ path: '/api/reports' }, { path: '/api/reports/daily' }) },
    { accepts: 'the API path itself', patch: routes({ path: '/api' }) },
    { accepts: 'an API path with a slash at the end', patch: { edge: { apiPath: '/api/' } } },
    {
      accepts: 'an API path that is the root, where no site is on Azure',
      stage: 'development',
      patch: {
        edge: { apiPath: '/' },
        // They name a page, which is no route then.
        loadTests: null,
        stages: { staging: { loadTests: null } },
        ...routes({ path: '/reports' }),
      },
    },
    { accepts: 'any path without an edge', patch: { edge: null, ...routes({ path: '/reports' }) } },
  ]);
});

describe('times of routes', () => {
  testFaults([
    {
      when: 'a route promises a time that nothing tells',
      patch: { services: { analytics: { routes: [{ path: '/api/reports', p95Milliseconds: 3000 }] } } },
      answers: [
        {
          path: 'services.analytics.routes.0.p95Milliseconds',
          got: 3000,
          allowed: 'absent without api-management',
          remedy: 'or promise services.analytics.p95Milliseconds',
        },
      ],
    },
  ]);
});
