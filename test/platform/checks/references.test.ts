import { usesNoun, type UseKind } from '../../../lib/platform/definition';
import { resolved } from '../../support/platform';
import { testFaults, testVariations, type Fault } from '../../support/faults';
import retailflow from '../../../platforms/retailflow';

const platform = resolved(retailflow);

const oneOf = (noun: keyof typeof platform & (typeof usesNoun)[UseKind]): string => {
  const known = Object.keys(platform[noun]);
  return known.length === 0 ? `a name in ${noun}, of which there are none` : `one of ${known.join(', ')}`;
};

const uses: readonly Fault[] = (Object.keys(usesNoun) as UseKind[]).map((kind) => ({
  when: `uses.${kind} names what the definition does not declare`,
  patch: { services: { analytics: { uses: { [kind]: ['nowhere'] } } } },
  answers: [
    {
      path: `services.analytics.uses.${kind}`,
      got: 'nowhere',
      allowed: oneOf(usesNoun[kind]),
      remedy: `declare ${usesNoun[kind]}.nowhere`,
    },
  ],
}));

const step = { name: 'pack', service: 'warehouse', compensation: 'unpack' };

describe('references', () => {
  testFaults([
    ...uses,
    {
      when: 'a reference is misspelled, and the name that was meant is near',
      patch: { services: { analytics: { uses: { databases: ['stroe'] } } } },
      answers: [
        {
          path: 'services.analytics.uses.databases',
          got: 'stroe',
          allowed: 'one of analytics-backup, store',
          remedy: 'did you mean store? If not, declare databases.stroe',
        },
      ],
    },
    {
      when: 'a reference is to a noun of which there is none',
      patch: { searches: { products: null }, services: { catalog: { uses: { searches: ['products'] } } } },
      answers: [
        {
          path: 'services.catalog.uses.searches',
          got: 'products',
          allowed: 'a name in searches, of which there are none',
          remedy: 'declare searches.products',
        },
      ],
    },
    {
      when: 'an event store lies in an unknown database',
      patch: { eventStores: { orders: { database: 'ledger' } } },
      answers: [
        {
          path: 'eventStores.orders.database',
          got: 'ledger',
          allowed: 'one of analytics-backup, store',
          remedy: 'declare databases.ledger',
        },
      ],
    },
    {
      when: 'an event store belongs to an unknown service',
      patch: { eventStores: { orders: { owner: 'oder' } } },
      answers: [
        {
          path: 'eventStores.orders.owner',
          got: 'oder',
          allowed: 'one of analytics, catalog, notification, order, payment, user',
          remedy: 'did you mean order?',
        },
      ],
    },
    {
      when: 'a topic has an unknown subscriber',
      patch: { topics: { 'order-events': { subscribers: ['analytics-events', 'order-update'] } } },
      answers: [
        {
          path: 'topics.order-events.subscribers',
          got: 'order-update',
          allowed: 'order-updates',
          remedy: 'did you mean order-updates?',
        },
      ],
    },
    {
      when: 'a workflow step is done by an unknown service',
      patch: { workflows: { 'order-saga': { steps: [step] } } },
      answers: [
        {
          path: 'workflows.order-saga.steps.0.service',
          got: 'warehouse',
          allowed: 'one of analytics, catalog',
          remedy: 'declare services.warehouse',
        },
      ],
    },
    {
      when: 'a workflow notifies an unknown queue',
      patch: { workflows: { 'order-saga': { notifies: 'notification' } } },
      answers: [
        {
          path: 'workflows.order-saga.notifies',
          got: 'notification',
          allowed: 'one of analytics-events, notifications',
          remedy: 'did you mean notifications?',
        },
      ],
    },
    {
      when: 'the gateway verifies tokens with an unknown secret',
      patch: { gateway: { tokens: { secret: 'jwt' } } },
      answers: [
        { path: 'gateway.tokens.secret', got: 'jwt', allowed: 'token-keys', remedy: 'declare secrets.jwt' },
        {
          path: 'secrets.token-keys.fields',
          got: [],
          allowed: 'except for the secret of gateway.tokens',
          remedy: 'name',
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
      when: 'the gateway counts in an unknown cache',
      patch: { gateway: { limitsCache: 'session' } },
      answers: [
        { path: 'gateway.limitsCache', got: 'session', allowed: 'catalog, sessions', remedy: 'did you mean sessions?' },
      ],
    },
    {
      when: 'the edge serves an unknown bucket',
      patch: { edge: { assets: 'asset' } },
      answers: [{ path: 'edge.assets', got: 'asset', allowed: 'archive, assets', remedy: 'did you mean assets?' }],
    },
    {
      when: 'a database is fed by what the definition does not declare',
      patch: {
        databases: {
          reports: {
            engine: 'sqlserver',
            capacity: { vcpu: 2, memoryGiB: 8 },
            fedBy: { database: 'stores', function: 'feed-analytic' },
            on: ['recovery'],
          },
        },
      },
      answers: [
        {
          path: 'databases.reports.fedBy.database',
          got: 'stores',
          allowed: 'reports, store',
          remedy: 'did you mean store?',
        },
        {
          path: 'databases.reports.fedBy.function',
          got: 'feed-analytic',
          allowed: 'one of feed-analytics',
          remedy: 'did you mean feed-analytics?',
        },
      ],
    },
    {
      when: 'a function uses and copies from what the definition does not declare',
      patch: { functions: { 'feed-archive': { uses: { writes: ['archiv'] }, copiesFrom: ['orders'] } } },
      answers: [
        {
          path: 'functions.feed-archive.copiesFrom',
          got: 'orders',
          allowed: 'one of analytics, catalog, notification, order',
          remedy: 'did you mean order?',
        },
        {
          path: 'functions.feed-archive.uses.writes',
          got: 'archiv',
          allowed: 'one of archive',
          remedy: 'did you mean archive?',
        },
      ],
    },
    {
      when: 'a function names a service twice',
      patch: { functions: { 'feed-archive': { copiesFrom: ['order', 'order'] } } },
      answers: [
        {
          path: 'functions.feed-archive.copiesFrom',
          got: 'order',
          allowed: 'each name stands once',
          remedy: 'remove the repetition',
        },
      ],
    },
    {
      when: 'a use names a part twice',
      patch: { services: { analytics: { uses: { databases: ['store', 'store'] } } } },
      answers: [
        {
          path: 'services.analytics.uses.databases',
          got: 'store',
          allowed: 'each name stands once',
          remedy: 'remove the repetition',
        },
      ],
    },
    {
      when: 'a topic has a subscriber twice',
      patch: { topics: { 'order-events': { subscribers: ['order-updates', 'order-updates'] } } },
      answers: [
        {
          path: 'topics.order-events.subscribers',
          got: 'order-updates',
          allowed: 'each name stands once',
          remedy: 'remove the repetition',
        },
      ],
    },
    {
      when: 'a service calls itself',
      patch: { services: { analytics: { uses: { calls: ['analytics'] } } } },
      answers: [
        {
          path: 'services.analytics.uses.calls',
          got: 'analytics',
          allowed: 'the name of another service',
          remedy: 'call the function inside the service',
        },
      ],
    },
  ]);

  testVariations([
    {
      accepts: 'two services that call each other',
      patch: { services: { user: { uses: { calls: ['catalog'] } }, catalog: { uses: { calls: ['user'] } } } },
    },
    {
      accepts: 'a queue that its own sender reads',
      patch: { services: { order: { uses: { sends: ['orders'], receives: ['orders'] } } } },
    },
  ]);
});
