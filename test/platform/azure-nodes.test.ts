import fc from 'fast-check';
import {
  maxPods,
  mostNodesOf,
  nodePoolSize,
  nodesFor,
  nodesInZones,
  nodeSizes,
  podsOf,
  systemPoolSize,
  usable,
  type NodeSize,
  type Pods,
} from '../../lib/platform/azure-nodes';
import type { Platform } from '../../lib/platform/platform';
import retailflow from '../../platforms/retailflow';
import { resolved, retailflowWith } from '../support/platform';

const size = (vmSize: string): NodeSize => {
  const found = nodeSizes.find((each) => each.vmSize === vmSize);
  if (found === undefined) throw new Error(`no size ${vmSize}`);
  return found;
};
const d4 = size('Standard_D4ds_v5');
const three = { size: 'standby', zones: ['1', '2', '3'] } as const;

/** A platform of services of the given sizes and scales. */
const platformOf = (services: readonly { vcpu: number; memoryGiB: number; min: number; max: number }[]) =>
  ({
    services: Object.fromEntries(
      services.map(({ max, memoryGiB, min, vcpu }, index) => [
        `service-${index}`,
        { capacity: { vcpu, memoryGiB }, scale: { min, max } },
      ]),
    ),
  }) as unknown as Pick<Platform, 'gateway' | 'services'>;

test('a node has for pods what AKS and the add-ons leave', () => {
  expect(usable(d4)).toEqual({ vcpu: expect.closeTo(3.06), memoryGiB: expect.closeTo(12.2, 1) });
});

test('every size keeps a known share for its system', () => {
  for (const each of nodeSizes) expect(each.vcpu - usable(each).vcpu).toBeGreaterThan(0.9);
});

describe('nodes for pods', () => {
  test.each<readonly [string, readonly Pods[], number]>([
    ['none', [], 0],
    ['one', [{ count: 1, vcpu: 1, memoryGiB: 1 }], 1],
    ['as many as a node has processors for', [{ count: 3, vcpu: 1, memoryGiB: 1 }], 1],
    ['one more', [{ count: 4, vcpu: 1, memoryGiB: 1 }], 2],
    ['as many as it has memory for', [{ count: 3, vcpu: 0.1, memoryGiB: 4 }], 1],
    ['more than it has memory for', [{ count: 4, vcpu: 0.1, memoryGiB: 4 }], 2],
    [
      'small ones beside large ones',
      [
        { count: 10, vcpu: 0.1, memoryGiB: 0.5 },
        { count: 1, vcpu: 2, memoryGiB: 4 },
      ],
      1,
    ],
    ['more than Kubernetes takes', [{ count: 91, vcpu: 0.01, memoryGiB: 0.01 }], 2],
    ['one that no node holds', [{ count: 1, vcpu: 4, memoryGiB: 1 }], Infinity],
  ])('of %s', (_, pods, count) => {
    expect(nodesFor(d4, pods)).toBe(count);
  });
});

test.each([
  [1, 1, 2],
  [3, 1, 3],
  [1, 2, 2],
  [3, 2, 6],
  [1, 3, 3],
  [3, 3, 5],
  [24, 3, 36],
])('%d needed nodes in %d zones are %d', (needed, zones, count) => {
  expect(nodesInZones(needed, zones)).toBe(count);
});

describe('the pool of the services', () => {
  test('of RetailFlow', () => {
    const platform = resolved(retailflow);
    expect(nodePoolSize(platform, three)).toEqual({ vmSize: 'Standard_D8ds_v5', minCount: 5, maxCount: 36 });
    expect(nodePoolSize(platform, { ...three, size: 'full' })).toEqual({
      vmSize: 'Standard_D8ds_v5',
      minCount: 36,
      maxCount: 36,
    });
  });

  test('counts the gateway', () => {
    const platform = resolved(retailflow);
    const without = resolved(retailflowWith({ gateway: { scale: { max: 3 } } }));
    expect(podsOf(platform, 'max').at(-1)?.count).toBe(24);
    expect(nodePoolSize(without, three).maxCount).toBeLessThan(nodePoolSize(platform, three).maxCount);
  });

  test('has more memory where pods ask for it', () => {
    expect(nodePoolSize(platformOf([{ vcpu: 1, memoryGiB: 8, min: 60, max: 100 }]), three).vmSize).toMatch(
      /^Standard_E/,
    );
  });

  test('has larger nodes where there would be more than 50', () => {
    const small = nodePoolSize(platformOf([{ vcpu: 1, memoryGiB: 2, min: 3, max: 20 }]), three);
    const large = nodePoolSize(platformOf([{ vcpu: 1, memoryGiB: 2, min: 3, max: 400 }]), three);
    expect([small.vmSize, large.vmSize]).toEqual(['Standard_D4ds_v5', 'Standard_D16ds_v5']);
    expect(large.maxCount).toBeLessThanOrEqual(50);
  });

  test('has as few nodes as can be where 50 do not do', () => {
    expect(nodePoolSize(platformOf([{ vcpu: 2, memoryGiB: 4, min: 3, max: 1000 }]), three)).toEqual({
      vmSize: 'Standard_D16ds_v5',
      minCount: 3,
      maxCount: 215,
    });
  });

  test('fails when no node has room for a pod', () => {
    expect(() => nodePoolSize(platformOf([{ vcpu: 32, memoryGiB: 1, min: 1, max: 1 }]), three)).toThrow(
      'no size of a node',
    );
  });
});

describe('any platform', () => {
  const services = fc.array(
    fc.record({
      vcpu: fc.constantFrom(0.25, 0.5, 1, 2, 4, 8),
      memoryGiB: fc.constantFrom(0.5, 1, 4, 16, 30),
      min: fc.integer({ min: 1, max: 20 }),
      max: fc.integer({ min: 20, max: 200 }),
    }),
    { minLength: 1, maxLength: 8 },
  );
  const check = (
    property: (platform: Pick<Platform, 'gateway' | 'services'>, zones: readonly ('1' | '2' | '3')[]) => void,
  ) =>
    fc.assert(
      fc.property(
        services,
        fc.constantFrom(['1'] as const, ['1', '2'] as const, ['1', '2', '3'] as const),
        (drawn, zones) => property(platformOf(drawn), zones),
      ),
      { numRuns: 100 },
    );

  test('has room for all its pods, and still has it when a zone is lost', () =>
    check((platform, zones) => {
      const { maxCount, minCount, vmSize } = nodePoolSize(platform, { size: 'standby', zones });
      const left = (count: number) =>
        zones.length === 1 ? count : Math.floor((count * (zones.length - 1)) / zones.length);
      for (const [bound, count] of [
        ['min', minCount],
        ['max', maxCount],
      ] as const) {
        const pods = podsOf(platform, bound);
        const room = usable(size(vmSize));
        const total = (value: (each: Pods) => number) => pods.reduce((sum, each) => sum + each.count * value(each), 0);
        expect(left(count) * room.vcpu + 1e-6).toBeGreaterThanOrEqual(total(({ vcpu }) => vcpu));
        expect(left(count) * room.memoryGiB + 1e-6).toBeGreaterThanOrEqual(total(({ memoryGiB }) => memoryGiB));
        expect(left(count) * maxPods).toBeGreaterThanOrEqual(total(() => 1));
      }
    }));

  test('differs between standing by and standing full in the least number of nodes alone', () =>
    check((platform, zones) => {
      const standby = nodePoolSize(platform, { size: 'standby', zones });
      expect(nodePoolSize(platform, { size: 'full', zones })).toEqual({ ...standby, minCount: standby.maxCount });
      expect(standby.minCount).toBeLessThanOrEqual(standby.maxCount);
      expect(standby.minCount).toBeGreaterThanOrEqual(Math.max(2, zones.length));
    }));
});

test.each([
  [['1'] as const, 2, 4],
  [['1', '2'] as const, 2, 4],
  [['1', '2', '3'] as const, 3, 6],
])('the pool of the system in zones %j has %d to %d nodes', (zones, minCount, maxCount) => {
  expect(systemPoolSize({ zones })).toMatchObject({ minCount, maxCount });
});

test('nodes that take the place of others are counted', () => {
  expect(mostNodesOf(resolved(retailflow), three)).toBe(36 + 12 + 6 + 2);
});
