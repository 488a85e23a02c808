import { cacheSettings } from '../../lib/aws/cache-settings';
import { cache } from '../../lib/platform/nouns/cache';

describe('cacheSettings', () => {
  const settings = (spec: object) => cacheSettings('store', cache.parse({ memoryGiB: 6, ...spec }));

  test.each([
    ['valkey', '8.2', 'valkey8'],
    ['redis', '7.1', 'redis7'],
  ] as const)('%s is version %s with parameters of %s', (engine, engineVersion, family) => {
    expect(settings({ engine })).toMatchObject({ family, group: { engine, engineVersion } });
  });

  test.each([
    ['cache', 'allkeys-lru'],
    ['sessions', 'noeviction'],
  ] as const)('a full %s follows %s', (holds, policy) => {
    expect(settings({ holds }).parameters).toMatchObject({
      'maxmemory-policy': policy,
      'reserved-memory-percent': '25',
    });
  });

  test('one shard counts nodes, so that replicas come and go in place', () => {
    const { group, parameters } = settings({ shards: 1, replicas: 2 });
    expect(group).toMatchObject({ clusterMode: 'disabled', numCacheClusters: 3 });
    expect(group).not.toHaveProperty('replicasPerNodeGroup');
    expect(parameters).toMatchObject({ 'cluster-enabled': 'no' });
  });

  test('more shards are a cluster', () => {
    const { group, parameters } = settings({ shards: 3, replicas: 1 });
    expect(group).toMatchObject({
      clusterMode: 'enabled',
      nodeGroupConfiguration: [{ replicaCount: 1 }, { replicaCount: 1 }, { replicaCount: 1 }],
      automaticFailoverEnabled: true,
    });
    expect(group).not.toHaveProperty('numCacheClusters');
    expect(parameters).toMatchObject({ 'cluster-enabled': 'yes' });
  });

  test.each([
    [2, true],
    [0, false],
  ])('with %d replicas it fails over between zones: %s', (replicas, failsOver) => {
    const { automaticFailoverEnabled, multiAzEnabled } = settings({ replicas }).group;
    expect([automaticFailoverEnabled, multiAzEnabled]).toEqual([failsOver, failsOver]);
  });

  test('snapshots are taken where they are kept', () => {
    expect(settings({ snapshotRetentionDays: 7 }).group).toMatchObject({
      snapshotRetentionLimit: 7,
      snapshotWindow: '17:00-18:00',
    });
    expect(settings({ snapshotRetentionDays: 0 }).group).not.toHaveProperty('snapshotWindow');
    expect(settings({ snapshotRetentionDays: 0 }).group).toMatchObject({ snapshotRetentionLimit: 0 });
  });
});
