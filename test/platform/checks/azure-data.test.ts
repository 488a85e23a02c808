import { azureExtensions } from '../../../lib/platform/azure-extensions';
import { testFaults, testVariations } from '../../support/faults';
import { production, resolved, retailflowWith } from '../../support/platform';

const store = (patch: unknown) => ({ databases: { store: patch } });

describe('databases on Azure', () => {
  testFaults([
    {
      when: 'PostgreSQL on Azure has no such size',
      patch: store({ capacity: { vcpu: 2, memoryGiB: 32 }, readerScaling: null }),
      answers: [
        {
          path: 'databases.store.capacity',
          got: { vcpu: 2, memoryGiB: 32 },
          allowed: 'a size of PostgreSQL on azure in eastasia, which are (in GiB): 2 vcpu with 8, 4 vcpu with 16',
          remedy: 'choose one of these sizes',
        },
      ],
    },
    {
      when: 'the region has no servers of that size',
      patch: {
        ...store({ capacity: { vcpu: 64, memoryGiB: 512 } }),
        ...(production({ sites: { recovery: { region: 'japaneast' } } }) as object),
      },
      answers: [
        {
          path: 'databases.store.capacity',
          got: { vcpu: 64, memoryGiB: 512 },
          allowed: 'in japaneast',
          remedy: 'choose one of these sizes',
        },
      ],
    },
    {
      when: 'backups are kept for fewer days than Azure does',
      patch: store({ backupRetentionDays: 6 }),
      answers: [
        {
          path: 'databases.store.backupRetentionDays',
          got: 6,
          allowed: '7 to 35 on azure',
          remedy: 'raise it to 7',
        },
      ],
    },
    {
      when: 'an extension is not offered on Azure',
      patch: store({ extensions: ['pgcrypto', 'pg_trg', 'pg_tle'] }),
      answers: [
        {
          path: 'databases.store.extensions',
          got: 'pg_trg',
          allowed: 'an extension that PostgreSQL on azure offers',
          remedy: 'did you mean pg_trgm?',
        },
        {
          path: 'databases.store.extensions',
          got: 'pg_tle',
          allowed: 'an extension that PostgreSQL on azure offers',
          remedy: 'place the database on aws alone',
        },
      ],
    },
    {
      when: 'a database has the name of one that Azure has by itself',
      patch: { databases: { postgres: { engine: 'postgres', capacity: { vcpu: 2, memoryGiB: 16 } } } },
      answers: [
        {
          path: 'databases.postgres',
          got: 'postgres',
          allowed: 'a name that no database of Azure has by itself',
          remedy: 'name it after what it holds',
        },
      ],
    },
    {
      when: 'Azure SQL has no such size',
      patch: { databases: { 'analytics-backup': { capacity: { vcpu: 96, memoryGiB: 480 } } } },
      answers: [
        {
          path: 'databases.analytics-backup.capacity',
          got: { vcpu: 96, memoryGiB: 480, storageGiB: 250 },
          allowed: 'at most 80 vcpu, 400 GiB of memory and 4096 of disk on azure',
          remedy: "lower it, divide the database, or choose tier 'hyperscale' for a larger disk",
        },
      ],
    },
  ]);

  testVariations([
    {
      accepts: 'an extension that Azure has not, where there is no Azure',
      patch: {
        goals: { recovery: null },
        ...store({ extensions: ['pg_tle'], backupRetentionDays: 1 }),
        ...(production({ sites: { recovery: null } }) as object),
      },
    },
  ]);

  test('offer what every database of the model has unless it says otherwise', () => {
    const { extensions } = resolved(retailflowWith({})).databases['store'] as { extensions: readonly string[] };
    for (const extension of [...extensions, 'pgaudit']) expect(azureExtensions).toContain(extension);
    expect(new Set(azureExtensions).size).toBe(azureExtensions.length);
  });
});

describe('caches on Azure', () => {
  testFaults([
    {
      when: 'a cache is larger than Azure sells',
      patch: { caches: { catalog: { memoryGiB: 100, shards: 3 } } },
      answers: [
        {
          path: 'caches.catalog.memoryGiB',
          got: 300,
          allowed: 'at most 288 on azure, all shards together',
          remedy: 'lower memoryGiB or shards, or divide the cache',
        },
      ],
    },
  ]);

  testVariations([
    { accepts: 'shards where the gateway does not count', patch: { caches: { catalog: { shards: 3 } } } },
    { accepts: 'a cache that names the other engine', patch: { caches: { catalog: { engine: 'redis' } } } },
  ]);
});

describe('queues and buckets on Azure', () => {
  testFaults([
    {
      when: 'a message is hidden for longer than Azure locks it',
      patch: { queues: { notifications: { visibilitySeconds: 301 } } },
      answers: [
        {
          path: 'queues.notifications.visibilitySeconds',
          got: 301,
          allowed: 'at most 300 on azure, where a message is locked for five minutes',
          remedy: 'workflow',
        },
      ],
    },
    {
      when: 'a queue and a topic have one name',
      patch: { topics: { orders: { subscribers: ['order-updates'] } } },
      answers: [
        {
          path: 'queues.orders',
          got: 'orders',
          allowed: 'a name that no topic has on azure',
          remedy: 'rename the queue or the topic',
        },
      ],
    },
    {
      when: 'uploads are to leave sooner than Azure removes their parts',
      patch: { buckets: { exports: { incompleteUploadDays: 3 } } },
      answers: [
        {
          path: 'buckets.exports.incompleteUploadDays',
          got: 3,
          allowed: '7 on azure, which itself removes the parts of an upload after a week',
          remedy: 'remove it, or write 7; or place the bucket on aws alone',
        },
      ],
    },
    {
      when: 'the name of a bucket is too short for Azure',
      patch: { buckets: { up: { holds: 'uploads' } } },
      answers: [
        {
          path: 'buckets.up',
          got: 'up',
          allowed: 'a name of at least 3 characters on azure',
          remedy: 'name it after what it holds',
        },
      ],
    },
  ]);
});
