import fc from 'fast-check';
import {
  cacheSku,
  diskGiB,
  largestCacheGiB,
  postgresSizes,
  sizeOf,
  sqlSize,
  sqlSizes,
} from '../../lib/platform/azure-sizes';

describe('sizes of PostgreSQL servers', () => {
  test.each([
    ['eastasia', 2, 8, 'GP_Standard_D2ds_v5'],
    ['eastasia', 4, 32, 'MO_Standard_E4ds_v5'],
    ['eastasia', 20, 160, 'MO_Standard_E20ds_v5'],
    ['eastasia', 64, 512, 'MO_Standard_E64ds_v5'],
    ['eastasia', 96, 672, 'MO_Standard_E96ds_v5'],
    ['southeastasia', 4, 32, 'MO_Standard_E4ds_v4'],
    ['southeastasia', 64, 432, 'MO_Standard_E64ds_v4'],
    ['southeastasia', 64, 512, undefined],
    ['southeastasia', 96, 384, undefined],
    ['eastasia', 4, 24, undefined],
    ['eastasia', 2, 4, undefined],
  ])('in %s with %d vcpu and %d GiB: %s', (region, vcpu, memoryGiB, sku) => {
    expect(sizeOf(postgresSizes(region), { vcpu, memoryGiB })?.sku).toBe(sku);
  });

  test.each(['eastasia', 'southeastasia'])('differ from each other in %s, and none works on credits', (region) => {
    const sizes = postgresSizes(region);
    expect(new Set(sizes.map(({ vcpu, memoryGiB }) => `${vcpu}/${memoryGiB}`)).size).toBe(sizes.length);
    expect(sizes.filter(({ sku }) => sku.startsWith('B_'))).toEqual([]);
  });
});

test.each([
  [20, 32],
  [100, 128],
  [128, 128],
  [129, 256],
  [4095, 4095],
  [4096, 4096],
  [16_384, 16_384],
  [16_385, undefined],
])('%d GiB of a PostgreSQL server lie on a disk of %s', (storageGiB, expected) => {
  expect(diskGiB(storageGiB)).toBe(expected);
});

test.each([
  [{ vcpu: 2, memoryGiB: 8 }, 250, 'GP_Gen5_2'],
  [{ vcpu: 2, memoryGiB: 12 }, 250, 'GP_Gen5_4'],
  [{ vcpu: 2, memoryGiB: 8 }, 2000, 'GP_Gen5_8'],
  [{ vcpu: 48, memoryGiB: 240 }, 250, 'GP_Gen5_80'],
  [{ vcpu: 96, memoryGiB: 240 }, 250, undefined],
  [{ vcpu: 80, memoryGiB: 401 }, 250, undefined],
])('an Azure SQL database of %j with %d GiB: %s', (capacity, storageGiB, sku) => {
  expect(sqlSize(capacity, storageGiB)?.sku).toBe(sku);
});

test('Azure SQL databases grow in every respect', () => {
  for (const [index, size] of sqlSizes.entries()) {
    const before = sqlSizes[index - 1];
    expect(size.vcpu).toBeGreaterThan(before?.vcpu ?? 0);
    expect(size.maxGiB).toBeGreaterThanOrEqual(before?.maxGiB ?? 0);
  }
});

describe('a Managed Redis', () => {
  test.each([
    [0.4, 'Balanced_B0'],
    [0.5, 'Balanced_B1'],
    [1, 'Balanced_B3'],
    [6, 'Balanced_B10'],
    [48, 'Balanced_B50'],
    [49, 'MemoryOptimized_M100'],
    [288, 'MemoryOptimized_M350'],
    [289, undefined],
  ])('for %d GiB of data: %s', (memoryGiB, sku) => {
    expect(cacheSku(memoryGiB)).toBe(sku);
  });

  test('is found for all that fits into the largest, and for nothing above', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 500, noNaN: true }), (memoryGiB) => {
        expect(cacheSku(memoryGiB) !== undefined).toBe(memoryGiB <= largestCacheGiB);
      }),
    );
  });
});
