import { cacheNode, cacheNodes, dataMemoryGiB } from '../../lib/aws/cache-node';

describe('cacheNode', () => {
  test.each([
    [0.3, 'cache.t4g.micro'],
    [0.5, 'cache.t4g.small'],
    [1, 'cache.t4g.small'],
    [2, 'cache.t4g.medium'],
    [3, 'cache.m7g.large'],
    [4.7, 'cache.m7g.large'],
    [4.8, 'cache.r7g.large'],
    [6, 'cache.r7g.large'],
    [9.8, 'cache.r7g.large'],
    [9.9, 'cache.r7g.xlarge'],
    [19, 'cache.r7g.xlarge'],
    [39, 'cache.r7g.2xlarge'],
    [79, 'cache.r7g.4xlarge'],
    [157, 'cache.r7g.8xlarge'],
    [238, 'cache.r7g.12xlarge'],
    [314, 'cache.r7g.16xlarge'],
  ])('for %d GiB of data is %s', (memoryGiB, type) => {
    expect(cacheNode('store', memoryGiB).type).toBe(type);
  });

  test('keeps a quarter of the memory in reserve', () => {
    const [smallest] = cacheNodes;
    expect(smallest && dataMemoryGiB(smallest)).toBeCloseTo(0.375);
  });

  test('knows nodes from the smallest to the largest, so the first that fits is the cheapest', () => {
    const sizes = cacheNodes.map(({ maxMemoryBytes }) => maxMemoryBytes);
    expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
    expect(new Set(sizes).size).toBe(sizes.length);
  });

  test.each([
    [1, 20_000],
    [6, 65_000],
  ])('a node for %d GiB takes %d clients', (memoryGiB, maxClients) => {
    expect(cacheNode('store', memoryGiB).maxClients).toBe(maxClients);
  });

  test('fails when no node is large enough', () => {
    expect(() => cacheNode('store', 315)).toThrow(
      'caches.store.memoryGiB must be at most 314 on aws, where a node keeps 25% of its memory in reserve, got 315: ' +
        'lower it, and raise shards',
    );
  });
});
