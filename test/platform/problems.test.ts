import { production } from '../support/platform';
import { testFaults, type Fault } from '../support/faults';

const spec = { engine: 'postgres', capacity: { vcpu: 2, memoryGiB: 16 } };

const unknownProperty = (path: string, patch: unknown, got: unknown, remedy: string): Fault => ({
  when: `there is a property ${path}`,
  patch,
  answers: [{ path, got, allowed: 'absent, there is no such property', remedy }],
});

describe('unknown properties', () => {
  testFaults([
    unknownProperty('service', { service: {} }, {}, 'did you mean services? If not, remove it'),
    unknownProperty(
      'databases.store.readReplica',
      { databases: { store: { readReplica: 3 } } },
      3,
      'did you mean readReplicas?',
    ),
    unknownProperty(
      'databases.store.capacity.memory',
      { databases: { store: { capacity: { memory: 3 } } } },
      3,
      'remove it',
    ),
    unknownProperty(
      'services.order.uses.database',
      { services: { order: { uses: { database: ['store'] } } } },
      ['store'],
      'did you mean databases?',
    ),
    unknownProperty(
      'services.order.routes.0.method',
      { services: { order: { routes: [{ path: '/api/orders', method: 'GET' }] } } },
      'GET',
      'did you mean methods?',
    ),
    unknownProperty(
      'services.order.release.bakeminutes',
      { services: { order: { release: { bakeminutes: 5 } } } },
      5,
      'did you mean bakeMinutes?',
    ),
    unknownProperty(
      'services.notification.release.bakeMinutes',
      { services: { notification: { release: { kind: 'rolling', bakeMinutes: 5 } } } },
      5,
      'remove it',
    ),
    unknownProperty('goals.p95', { goals: { p95: 300 } }, 300, 'remove it'),
    unknownProperty('gateway.token', { gateway: { token: {} } }, {}, 'did you mean tokens?'),
    unknownProperty('stages.production.protectd', production({ protectd: true }), true, 'did you mean protected?'),
    unknownProperty(
      'stages.production.sites.primary.network.interfaceEndpoint',
      production({ sites: { primary: { network: { interfaceEndpoint: false } } } }),
      false,
      'did you mean interfaceEndpoints?',
    ),
    unknownProperty(
      'workflows.order-saga.steps.0.compensation.nothing',
      {
        workflows: {
          'order-saga': {
            steps: [
              { name: 'pay', service: 'payment', compensation: { none: 'it is the very last step', nothing: true } },
            ],
          },
        },
      },
      true,
      'remove it',
    ),
  ]);
});

interface Value {
  readonly what: string;
  readonly path: string;
  readonly patch: unknown;
  readonly got: unknown;
  readonly allowed: string;
  readonly remedy: string;
}

const testValues = (values: readonly Value[]): void =>
  testFaults(values.map(({ what, patch, ...answer }) => ({ when: what, patch, answers: [answer] })));

describe('values of a wrong type', () => {
  testValues([
    {
      what: 'a number is a text',
      path: 'databases.store.readReplicas',
      patch: { databases: { store: { readReplicas: 'two' } } },
      got: 'two',
      allowed: 'of type number',
      remedy: 'give a value of that type',
    },
    {
      what: 'a whole number is broken',
      path: 'databases.store.readReplicas',
      patch: { databases: { store: { readReplicas: 1.5 } } },
      got: 1.5,
      allowed: 'of type int',
      remedy: 'give a value of that type',
    },
    {
      what: 'a number is none',
      path: 'databases.store.readReplicas',
      patch: { databases: { store: { readReplicas: Number.NaN } } },
      got: Number.NaN,
      allowed: 'of type number',
      remedy: 'give a value of that type',
    },
    {
      what: 'an object is a text',
      path: 'databases.store',
      patch: { databases: { store: 'postgres' } },
      got: 'postgres',
      allowed: 'of type object',
      remedy: 'give a value of that type',
    },
    {
      what: 'a list is a text',
      path: 'services.order.uses.databases',
      patch: { services: { order: { uses: { databases: 'store' } } } },
      got: 'store',
      allowed: 'of type array',
      remedy: 'give a value of that type',
    },
    {
      what: 'a service is a text',
      path: 'services.order',
      patch: { services: { order: 'order' } },
      got: 'order',
      allowed: 'of type object',
      remedy: 'give a value of that type',
    },
    {
      what: 'a truth value is a text',
      path: 'stages.production.protected',
      patch: production({ protected: 'yes' }),
      got: 'yes',
      allowed: 'of type boolean',
      remedy: 'give a value of that type',
    },
    {
      what: 'a value is of no type of a union',
      path: 'workflows.order-saga.steps.0.compensation',
      patch: { workflows: { 'order-saga': { steps: [{ name: 'pay', service: 'payment', compensation: 3 }] } } },
      got: 3,
      allowed: 'of type string or object',
      remedy: 'give a value of one of these types',
    },
    {
      what: 'an engine is not one of the known',
      path: 'databases.store.engine',
      patch: { databases: { store: { ...spec, engine: 'mysql' } } },
      got: 'mysql',
      allowed: 'one of postgres, sqlserver',
      remedy: 'choose one of them',
    },
    {
      what: 'a choice is not one of the offered',
      path: 'stages.production.logDays',
      patch: production({ logDays: 8 }),
      got: 8,
      allowed: 'one of 7, 14, 30, 90, 180, 365, 400, 731',
      remedy: 'choose one of them',
    },
    {
      what: 'a domain is not a host name',
      path: 'stages.production.domain',
      patch: production({ domain: 'not a host' }),
      got: 'not a host',
      allowed: 'a valid hostname',
      remedy: 'correct the text',
    },
    {
      what: 'an account id has eleven digits',
      path: 'stages.production.sites.primary.account',
      patch: production({ sites: { primary: { account: '11112222333' } } }),
      got: '11112222333',
      allowed: '12 digits',
      remedy: 'correct the text',
    },
    {
      what: 'an address of people is none',
      path: 'stages.production.alarms.email',
      patch: production({ alarms: { email: 'on-call' } }),
      got: 'on-call',
      allowed: 'a valid email address',
      remedy: 'correct the text',
    },
    {
      what: 'more is kept than the clouds keep',
      path: 'databases.store.backupRetentionDays',
      patch: { databases: { store: { backupRetentionDays: 36 } } },
      got: 36,
      allowed: 'at most 35',
      remedy: 'lower it',
    },
    {
      what: 'a share is nothing',
      path: 'goals.errorPercent',
      patch: { goals: { errorPercent: 0 } },
      got: 0,
      allowed: 'more than 0',
      remedy: 'raise it',
    },
  ]);
});

describe('missing values', () => {
  testValues(
    [
      ['databases.store.capacity', { databases: { store: { capacity: null } } }, 'of type object'],
      ['databases.store.engine', { databases: { store: { engine: null } } }, 'one of postgres, sqlserver'],
      ['services.order.scale', { services: { order: { scale: null } } }, 'of type object'],
      ['services.order.scale.min', { services: { order: { scale: { min: null } } } }, 'of type number'],
      ['gateway.limitsCache', { gateway: { limitsCache: null } }, 'of type string'],
      ['goals', { goals: null }, 'of type object'],
      ['owner.team', { owner: { team: null } }, 'of type string'],
      ['stages.production.domain', production({ domain: null }), 'of type string'],
      ['stages.production.sites.primary', production({ sites: { primary: null } }), 'of type object'],
    ].map(([path, patch, allowed]) => ({
      what: `${String(path)} is missing`,
      path: String(path),
      patch,
      got: undefined,
      allowed: String(allowed),
      remedy: 'add it',
    })),
  );
});
