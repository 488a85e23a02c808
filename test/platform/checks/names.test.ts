import { azureIdentity } from '../../../lib/platform/azure-names';
import { cacheUser, databaseUser, eventTable } from '../../../lib/platform/names';
import { problemsOf, production, retailflowWith } from '../../support/platform';
import { testFaults, testVariations } from '../../support/faults';
import retailflow from '../../../platforms/retailflow';

const service = { scale: { min: 1, max: 2 } };

describe('lengths of names', () => {
  testFaults([
    {
      when: 'a service with a cache has too long a name for AWS',
      patch: { services: { 'loyalty-programme-accounts': { ...service, uses: { caches: ['sessions'] } } } },
      answers: [
        {
          path: 'services.loyalty-programme-accounts',
          got: 'retailflow-production-loyalty-programme-accounts',
          allowed: 'at most 40 characters as an ElastiCache user id on aws, and this is 48',
          remedy: 'shorten the name of the part, the platform or the stage',
        },
      ],
    },
    {
      when: 'the name of a part is longer than any cloud bears',
      patch: { services: { ['s'.repeat(33)]: service } },
      answers: [
        {
          path: `services.${'s'.repeat(33)}`,
          got: 's'.repeat(33),
          allowed: 'at most 32 characters',
          remedy: 'rename it',
        },
      ],
    },
    {
      when: 'the name of the platform is too long',
      patch: { name: 'p'.repeat(21) },
      answers: [{ path: 'name', got: 'p'.repeat(21), allowed: 'at most 20 characters', remedy: 'shorten it' }],
    },
  ]);

  test('fails when the name of a stage is too long for Azure', () => {
    const stage = 's'.repeat(110);
    const definition = retailflowWith({ stages: { [stage]: retailflow.stages['production'] } });
    expect(problemsOf(definition, stage)).toContainEqual({
      path: `stages.${stage}`,
      got: `id-retailflow-${stage}-migration`,
      allowed: 'at most 63 characters as a user of PostgreSQL on azure, and this is 134',
      remedy: 'shorten the name of the part, the platform or the stage',
    });
    expect(problemsOf(definition, stage)).toContainEqual({
      path: 'services.payment',
      got: `id-retailflow-${stage}-payment`,
      allowed: 'at most 128 characters as a managed identity on azure, and this is 132',
      remedy: 'shorten the name of the part, the platform or the stage',
    });
  });

  test('fails when the name of a stage is too long for a role and for the gateway in a cache on AWS', () => {
    const stage = 's'.repeat(47);
    const { sites, ...rest } = retailflow.stages['production'] ?? {};
    const definition = retailflowWith({
      goals: { recovery: null },
      services: Object.fromEntries(Object.keys(retailflow.services).map((name) => [name, { uses: { caches: [] } }])),
      stages: { [stage]: { ...rest, sites: { primary: sites?.primary } } },
    });
    expect(problemsOf(definition, stage)).toEqual([
      {
        path: `stages.${stage}`,
        got: `gateway-retailflow-${stage}`,
        allowed: 'at most 40 characters as an ElastiCache user id on aws, and this is 66',
        remedy: 'shorten the name of the part, the platform or the stage',
      },
      {
        path: `stages.${stage}`,
        got: `retailflow-${stage}-deploy`,
        allowed: 'at most 64 characters as an IAM role name on aws, and this is 65',
        remedy: 'shorten the name of the part, the platform or the stage',
      },
    ]);
  });

  testVariations([
    {
      accepts: 'a long name of a service without a cache',
      patch: { services: { 'loyalty-programme-accounts': service } },
    },
    {
      accepts: 'a long name on a platform without AWS',
      patch: {
        ...(production({
          hostedZone: { cloud: 'azure', id: null, resourceGroup: 'dns', name: 'shop.example.com' },
          sites: { recovery: null, primary: { ...retailflow.stages['production']?.sites.recovery } },
        }) as object),
        goals: { recovery: null },
        flags: { storefront: { rollout: { minutes: 0, bakeMinutes: 0 } } },
        telemetry: null,
        services: { 'loyalty-programme-accounts': { ...service, uses: { caches: ['sessions'] } } },
      },
    },
  ]);

  test('fits into PostgreSQL, which cuts names off at 63 characters', () => {
    const longest = 'n'.repeat(32);
    expect(databaseUser(longest).length).toBeLessThanOrEqual(63);
    expect(eventTable(longest).length).toBeLessThanOrEqual(63);
  });

  test('spells each the same way everywhere', () => {
    const platform = { name: 'retailflow', stageName: 'production' };
    expect(databaseUser('order-desk')).toBe('svc_order_desk');
    expect(eventTable('stock-moves')).toBe('stock_moves_events');
    expect(cacheUser(platform, 'order-desk')).toBe('retailflow-production-order-desk');
    expect(azureIdentity({ name: 'retailflow', site: 'production' }, 'order-desk')).toBe(
      'id-retailflow-production-order-desk',
    );
  });
});

describe('forms of names', () => {
  testFaults([
    ...['Order', 'order_desk', '1st', 'order-', 'order--desk', '-order'].map((name) => ({
      when: `a service is called ${name}`,
      patch: { services: { [name]: service } },
      answers: [
        {
          path: `services.${name}`,
          got: name,
          allowed: 'lower-case words joined by hyphens, beginning with a letter',
          remedy: 'rename it',
        },
      ],
    })),
    {
      when: 'a variable has lower-case letters',
      patch: { services: { order: { environment: { logLevel: 'info' } } } },
      answers: [
        {
          path: 'services.order.environment.logLevel',
          got: 'logLevel',
          allowed: 'upper-case words joined by underscores',
          remedy: 'rename it',
        },
      ],
    },
    {
      when: 'two names differ in a hyphen alone',
      patch: { queues: { 'order-s': {} } },
      answers: [
        {
          path: 'queues.orders',
          got: 'orders',
          allowed: 'different from order-s in more than hyphens',
          remedy: 'rename one of the two',
        },
      ],
    },
  ]);

  test('fails when a stage is not called as a part may be', () => {
    const definition = retailflowWith({ stages: { Production_2: retailflow.stages['production'] } });
    expect(problemsOf(definition, 'Production_2')).toEqual([
      {
        path: 'stages.Production_2',
        got: 'Production_2',
        allowed: 'lower-case words joined by hyphens, beginning with a letter',
        remedy: 'rename the stage',
      },
    ]);
  });

  test('fails when a stage is called as a second site of another is', () => {
    const definition = retailflowWith({ stages: { 'test-recovery': retailflow.stages['production'] } });
    expect(problemsOf(definition, 'test-recovery').map(({ got, path }) => [path, got])).toEqual([
      ['stages.test-recovery', 'test-recovery'],
    ]);
  });

  testVariations([{ accepts: 'one name in two nouns', patch: { queues: { sessions: {} } } }]);
});

describe('variables', () => {
  testFaults([
    {
      when: 'a setting has the name of a variable that the platform sets',
      patch: { services: { order: { environment: { DATABASE_STORE_HOST: 'localhost' } } } },
      answers: [
        {
          path: 'services.order.environment.DATABASE_STORE_HOST',
          got: 'DATABASE_STORE_HOST',
          allowed: 'a variable that one thing alone gives to it',
          remedy: 'rename the variable, the platform sets it',
        },
      ],
    },
    {
      when: 'two parts give a service the same variable',
      patch: {
        databases: { 'store-reader': { engine: 'postgres', capacity: { vcpu: 2, memoryGiB: 16 } } },
        services: { order: { uses: { databases: ['store', 'store-reader'] } } },
      },
      answers: [
        {
          path: 'services.order.uses',
          got: 'DATABASE_STORE_READER_HOST',
          allowed: 'a variable that one thing alone gives to it',
          remedy: 'rename one of the parts from which it is made',
        },
      ],
    },
    {
      when: 'a password has the name of a setting, on the clouds that use passwords',
      patch: { services: { order: { environment: { CACHE_SESSIONS_PASSWORD: 'x' } } } },
      answers: [
        {
          path: 'services.order.environment.CACHE_SESSIONS_PASSWORD',
          got: 'CACHE_SESSIONS_PASSWORD',
          allowed: 'a variable that one thing alone gives',
          remedy: 'rename the variable',
        },
      ],
    },
  ]);
  testVariations([
    {
      accepts: 'two such parts in different services',
      patch: {
        databases: { 'store-reader': { engine: 'postgres', capacity: { vcpu: 2, memoryGiB: 16 } } },
        services: { notification: { uses: { databases: ['store-reader'] } } },
      },
    },
  ]);
});
