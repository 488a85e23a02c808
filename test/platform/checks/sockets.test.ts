import { sockets as schema } from '../../../lib/platform/nouns/service';
import { testFaults, testVariations } from '../../support/faults';
import { production } from '../../support/platform';

const alone = { goals: { recovery: null }, ...(production({ sites: { recovery: null } }) as object) };
const way = { path: '/api/carts/live', methods: ['GET'], websocket: true };
const order = (patch: object) => ({ services: { order: patch } });
const sockets = { channels: 'sessions', perTask: 2000 };

test('a connection may be silent for less time than CloudFront allows', () => {
  expect(schema.safeParse({ channels: 'sessions', idleSeconds: 570 }).success).toBe(true);
  expect(schema.safeParse({ channels: 'sessions', idleSeconds: 600 }).success).toBe(false);
});

describe('sockets', () => {
  testFaults([
    {
      when: 'a route becomes connections that nobody describes',
      patch: { ...alone, ...order({ routes: [way] }) },
      answers: [
        {
          path: 'services.order.sockets',
          got: undefined,
          allowed: 'declared, because a route has websocket: true',
          remedy: 'declare sockets: { channels }',
        },
      ],
    },
    {
      when: 'connections are described to which no route leads',
      patch: { ...alone, ...order({ sockets }) },
      answers: [
        {
          path: 'services.order.routes',
          got: ['/api/carts', '/api/checkout', '/api/orders'],
          allowed: 'with one that has websocket: true',
          remedy: 'mark the route by which clients connect',
        },
      ],
    },
    {
      when: 'a connection begins as something else than a GET',
      patch: { ...alone, ...order({ sockets, routes: [{ ...way, methods: ['GET', 'POST'] }] }) },
      answers: [
        {
          path: 'services.order.routes.0.methods',
          got: ['GET', 'POST'],
          allowed: `['GET'] for a route with websocket: true`,
          remedy: 'give other requests a route of their own',
        },
      ],
    },
    {
      when: 'tasks talk over a cache that they do not use',
      patch: { ...alone, ...order({ sockets: { ...sockets, channels: 'catalog' }, routes: [way] }) },
      answers: [
        {
          path: 'services.order.sockets.channels',
          got: 'catalog',
          allowed: 'one of sessions',
          remedy: 'add catalog to its uses.caches',
        },
      ],
    },
    {
      when: 'tasks talk over a cache that there is not',
      patch: { ...alone, ...order({ sockets: { ...sockets, channels: 'session' }, routes: [way] }) },
      answers: [
        {
          path: 'services.order.sockets.channels',
          got: 'session',
          allowed: 'one of catalog, sessions',
          remedy: 'sessions',
        },
        { path: 'services.order.sockets.channels', got: 'session', allowed: 'one of sessions', remedy: 'add session' },
      ],
    },
    {
      when: 'there is not a place for everybody',
      patch: { ...alone, ...order({ sockets: { ...sockets, perTask: 1000 }, routes: [way] }) },
      answers: [
        {
          path: 'services.order.sockets.perTask',
          got: 1000,
          allowed: 'enough for goals.concurrentUsers, which is 50000: 30 tasks hold 30000',
          remedy: 'raise it or scale.max',
        },
      ],
    },
    {
      when: 'a site counts no connections',
      patch: order({ sockets, routes: [way] }),
      answers: [
        {
          path: 'services.order.sockets',
          got: 'declared',
          allowed: 'absent on azure with runtime aks',
          remedy: 'use a site on aws',
        },
      ],
    },
  ]);
  testVariations([
    { accepts: 'a place for everybody on a site on AWS', patch: { ...alone, ...order({ sockets, routes: [way] }) } },
    {
      accepts: 'the same where services are pods',
      patch: {
        ...order({ sockets, routes: [way] }),
        goals: { recovery: null },
        stages: { production: { sites: { primary: { runtime: 'eks' }, recovery: null } } },
      },
    },
  ]);
});
