import { testFaults, testVariations } from '../../support/faults';

/** Loads name paths that are none here. */
const noLoad = { loadTests: null, stages: { staging: { loadTests: null } } };

describe('the edge on Azure', () => {
  testFaults([
    {
      when: 'a route answers more slowly than Front Door waits',
      patch: {
        services: { analytics: { timeoutSeconds: 240 } },
        queues: { 'analytics-events': { visibilitySeconds: 300 } },
      },
      answers: [
        {
          path: 'services.analytics.timeoutSeconds',
          got: 240,
          allowed: 'less than 240 for a service with routes on azure',
          remedy: 'answer at once',
        },
      ],
    },
    {
      when: 'more paths are kept for the same time than a route of Front Door takes',
      patch: {
        ...noLoad,
        services: {
          catalog: {
            routes: Array.from({ length: 13 }, (_, index) => ({
              path: `/api/products-${index}`,
              authentication: 'none',
              methods: ['GET'],
              cacheSeconds: 60,
            })),
          },
        },
      },
      answers: [
        {
          path: 'services',
          got: '13 paths with cacheSeconds 60',
          allowed: 'at most 12 paths with the same cacheSeconds on azure',
          remedy: 'put them below one path',
        },
      ],
    },
    {
      when: 'the firewall is to count further than an application gateway does',
      patch: { edge: { firewall: { requestsPerAddress: 5001 } } },
      answers: [
        { path: 'edge.firewall.requestsPerAddress', got: 5001, allowed: 'at most 5000 on azure', remedy: 'lower it' },
      ],
    },
    {
      when: 'assets are not public',
      patch: { buckets: { assets: { dataClass: 'internal' } } },
      answers: [
        {
          path: 'buckets.assets.dataClass',
          got: 'internal',
          allowed: 'public on azure, where Front Door reads assets without an identity',
          remedy: 'keep what is not public in another bucket',
        },
      ],
    },
    {
      when: 'what lies below kept paths is not kept in more places than a route of Front Door takes',
      patch: {
        ...noLoad,
        services: {
          catalog: {
            routes: [
              { path: '/api/products', authentication: 'none', methods: ['GET'], cacheSeconds: 60 },
              ...Array.from({ length: 12 }, (_, index) => ({ path: `/api/products/stock-${index}` })),
            ],
          },
        },
      },
      answers: [
        {
          path: 'services',
          got: '13 paths with cacheSeconds 0',
          allowed: 'at most 12 paths with the same cacheSeconds on azure',
          remedy: 'put them below one path',
        },
      ],
    },
    {
      when: 'the site has no copy of the assets',
      patch: { buckets: { assets: { on: ['primary'] } } },
      answers: [{ path: 'buckets.assets.on', got: ['primary'], allowed: 'with recovery', remedy: 'add recovery' }],
    },
    {
      when: 'the API is everywhere, and leaves no place to the assets',
      patch: { ...noLoad, edge: { apiPath: '/' } },
      answers: [
        { path: 'edge.apiPath', got: '/', allowed: 'a path below / on azure', remedy: 'put the API below /api' },
      ],
    },
  ]);

  testVariations([
    {
      accepts: 'all of it in a stage without a site on Azure',
      stage: 'development',
      patch: {
        ...noLoad,
        buckets: { assets: { dataClass: 'internal', on: ['primary'] } },
        edge: { apiPath: '/', firewall: { requestsPerAddress: 5001 } },
      },
    },
    {
      accepts: 'a slow service without routes',
      patch: {
        services: { notification: { timeoutSeconds: 250 } },
        queues: { notifications: { visibilitySeconds: 300 }, 'order-updates': { visibilitySeconds: 300 } },
      },
    },
    {
      accepts: 'as many requests as an application gateway counts',
      patch: { edge: { firewall: { requestsPerAddress: 5000 } } },
    },
  ]);
});
