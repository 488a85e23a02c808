import { resolved, retailflowWith } from '../support/platform';
import { testFaults, testVariations } from '../support/faults';
import retailflow from '../../platforms/retailflow';

const development = (patch: unknown) => ({ stages: { development: patch } });
const reason = 'developers run it in a container beside the service';

describe('a stage', () => {
  testFaults([
    {
      when: 'an override names a part that is not declared',
      patch: development({ overrides: { databases: { stroe: { readReplicas: 0 } } } }),
      stage: 'development',
      answers: [
        {
          path: 'stages.development.overrides.databases.stroe',
          got: 'stroe',
          allowed: 'one of store',
          remedy: 'did you mean store? If not, name a part that the definition declares',
        },
      ],
    },
    {
      when: 'an omission names a part that is not declared',
      patch: development({ omits: { searches: { catalogue: { reason } } } }),
      stage: 'development',
      answers: [
        {
          path: 'stages.development.omits.searches.catalogue',
          got: 'catalogue',
          allowed: 'one of products',
          remedy: 'name a part that the definition declares',
        },
      ],
    },
    {
      when: 'an omission names a part of a noun of which there is none',
      patch: { topics: null, ...development({ omits: { topics: { 'order-events': { reason } } } }), ...unpublished() },
      stage: 'development',
      answers: [
        {
          path: 'stages.development.omits.topics.order-events',
          got: 'order-events',
          allowed: 'a name in topics, of which there are none',
          remedy: 'name a part that the definition declares',
        },
      ],
    },
    {
      when: 'an omission has no reason worth reading',
      patch: development({ omits: { searches: { products: { reason: 'cheap' } } } }),
      stage: 'development',
      answers: [
        {
          path: 'stages.development.omits.searches.products.reason',
          got: 'cheap',
          allowed: 'at least 20 characters',
          remedy: 'write more',
        },
      ],
    },
    {
      when: 'an omission has no reason',
      patch: development({ omits: { searches: { products: { reason: null } } } }),
      stage: 'development',
      answers: [
        {
          path: 'stages.development.omits.searches.products.reason',
          got: undefined,
          allowed: 'of type string',
          remedy: 'add it',
        },
      ],
    },
    ...(['every', 'overrides', 'omits'] as const).map((change) => ({
      when: `${change} names a noun that there is not`,
      patch: development({ [change]: { databses: { store: { reason } } } }),
      stage: 'development',
      answers: [
        {
          path: `stages.development.${change}.databses`,
          got: 'databses',
          allowed: 'databases, eventStores',
          remedy: 'did you mean databases? If not, remove it',
        },
      ],
    })),
    {
      when: 'an override changes what is not the same in every stage',
      patch: development({ overrides: { name: 'retail' } }),
      stage: 'development',
      answers: [
        {
          path: 'stages.development.overrides.name',
          got: 'name',
          allowed: 'one of owner, delivery, goals',
          remedy: 'remove it',
        },
      ],
    },
    {
      when: 'an override is refused where the part itself would be',
      patch: development({ overrides: { databases: { store: { readReplica: 0 } } } }),
      stage: 'development',
      answers: [
        {
          path: 'databases.store.readReplica',
          got: 0,
          allowed: 'absent',
          remedy: 'did you mean readReplicas?',
        },
      ],
    },
    {
      when: 'the stage omits what something else than a use refers to',
      patch: development({ omits: { databases: { store: { reason } } } }),
      stage: 'development',
      answers: ['eventStores.inventory', 'eventStores.orders', 'experiments.lost-writer'].map((part) => ({
        path: `${part}.database`,
        got: 'store',
        allowed: 'a name in databases, of which there are none',
        remedy: 'declare databases.store',
      })),
    },
  ]);

  testVariations([
    { accepts: 'staging as it stands', patch: {}, stage: 'staging' },
    { accepts: 'development as it stands', patch: {}, stage: 'development' },
  ]);

  test('is the definition with its patches applied', () => {
    const platform = resolved(retailflow, 'development');
    expect(platform.stageName).toBe('development');
    expect(platform.databases['store']).toMatchObject({ readReplicas: 0, capacity: { vcpu: 2, memoryGiB: 4 } });
    expect(platform.databases['store']).not.toHaveProperty('readerScaling');
    expect(platform.caches['catalog']).toMatchObject({ memoryGiB: 0.5, replicas: 0 });
    expect(platform.services['order']).toMatchObject({ scale: { min: 1, max: 2 }, release: { kind: 'rolling' } });
    expect(platform).not.toHaveProperty('stages');
    expect(platform.stage).not.toHaveProperty('overrides');
  });

  test('applies overrides after every', () => {
    const platform = resolved(
      retailflowWith(
        development({ every: { services: { port: 9000 } }, overrides: { services: { order: { port: 9001 } } } }),
      ),
      'development',
    );
    expect([platform.services['order']?.port, platform.services['user']?.port]).toEqual([9001, 9000]);
  });

  test('drops the uses of what it omits, and keeps the reason', () => {
    const platform = resolved(retailflow, 'development');
    expect(platform.searches).toEqual({});
    expect(platform.services['catalog']?.uses.searches).toEqual([]);
    expect(platform.omitted).toEqual([
      { part: 'databases.analytics-backup', reason: 'there is no recovery site to keep a copy on' },
      { part: 'searches.products', reason: 'developers run search in a container beside the service' },
    ]);
    expect(resolved(retailflow).services['catalog']?.uses.searches).toEqual(['products']);
    expect(resolved(retailflow).omitted).toEqual([]);
  });

  test('drops what functions use of what it omits', () => {
    const of = resolved(
      retailflowWith({
        databases: { reports: { engine: 'postgres', capacity: { vcpu: 2, memoryGiB: 16 } } },
        functions: { 'feed-archive': { uses: { databases: ['reports', 'store'] } } },
        stages: { staging: { omits: { databases: { reports: { reason: 'nobody reads reports in this stage' } } } } },
      }),
      'staging',
    );
    expect(of.functions['feed-archive']?.uses.databases).toEqual(['store']);
  });

  test('leaves the definition and the other stages alone', () => {
    const before = JSON.stringify(retailflow);
    resolved(retailflow, 'development');
    expect(JSON.stringify(retailflow)).toBe(before);
    expect(resolved(retailflow).databases['store']).toMatchObject({ readReplicas: 2 });
  });
});

function unpublished() {
  return { services: { order: { uses: { publishes: [] } } } };
}
