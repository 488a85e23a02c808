import { searchLimits } from '../../lib/aws/search-alarms';
import { searchSettings } from '../../lib/aws/search-settings';
import { openSearch } from '../../lib/platform/nouns/storage';

const limits = (spec: object) =>
  searchLimits(searchSettings('products', openSearch.parse({ capacity: { vcpu: 2, memoryGiB: 16 }, ...spec })));
const limit = (spec: object, metric: string) => limits(spec).find(({ metricName }) => metricName === metric);

describe('searchLimits', () => {
  test.each([
    ['ClusterStatus.red', 1],
    ['ClusterIndexWritesBlocked', 1],
    ['AutomatedSnapshotFailure', 1],
    ['KMSKeyError', 1],
    ['KMSKeyInaccessible', 1],
    ['ClusterStatus.yellow', 15],
  ])('calls somebody at the first %s that lasts %d min', (metric, minutes) => {
    expect(limit({}, metric)).toMatchObject({ statistic: 'Maximum', threshold: 1, minutes });
    expect(limit({}, metric)?.bad).toBeUndefined();
  });

  test.each([
    ['JVMMemoryPressure', 'Maximum', 95],
    ['CPUUtilization', 'Average', 80],
    ['MasterCPUUtilization', 'Maximum', 60],
    ['MasterJVMMemoryPressure', 'Maximum', 95],
  ])('calls somebody when the %s of %s is %d', (metric, statistic, threshold) => {
    expect(limit({}, metric)).toMatchObject({ statistic, threshold });
  });

  test.each([
    [100, 25_600],
    [400, 102_400],
  ])('wants a quarter of %d GiB free on every node, %d MiB', (storageGiB, threshold) => {
    expect(limit({ storageGiB }, 'FreeStorageSpace')).toMatchObject({ statistic: 'Minimum', threshold, bad: 'below' });
  });

  test('calls somebody when nodes cannot reach a master', () => {
    expect(limit({}, 'MasterReachableFromNode')).toMatchObject({ statistic: 'Maximum', threshold: 1, bad: 'below' });
  });

  test('expects of a single node neither copies nor masters', () => {
    const single = limits({ topology: 'single', nodes: 1 }).map(({ metricName }) => metricName);
    expect(single).not.toContain('ClusterStatus.yellow');
    expect(single.filter((name) => name.startsWith('Master'))).toEqual(['MasterReachableFromNode']);
    expect(single).toContain('ClusterStatus.red');
  });
});
