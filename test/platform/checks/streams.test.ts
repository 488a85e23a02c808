import { streams } from '../../../lib/platform/checks/streams';
import { retailflowWith, problemsOf, resolved } from '../../support/platform';
import shopflow from '../../../platforms/shopflow';
import type { Platform } from '../../../lib/platform/platform';

const platform = resolved(shopflow);
const { streaming } = platform;
if (streaming === undefined) throw new Error('ShopFlow has no brokers');
const { primary } = platform.stage.sites;

const inZones = (zones: readonly string[], change: Partial<Platform['stage']> = {}): Partial<Platform> => ({
  stage: { ...platform.stage, ...change, sites: { primary: { ...primary, zones } as typeof primary } },
});
const one = {
  partitions: 12,
  retentionHours: 168,
  compacted: false,
  maxLagSeconds: 300,
  dataClass: 'internal',
} as const;

test('ShopFlow’s streams are appended to, followed, and borne by their brokers', () => {
  expect(streams(platform)).toEqual([]);
});

test('pods follow streams as tasks do', () => {
  const site = { ...primary, runtime: 'eks' } as typeof primary;
  expect(streams({ ...platform, stage: { ...platform.stage, sites: { primary: site } } })).toEqual([]);
});

test('two zones will do where nothing is protected', () => {
  expect(streams({ ...platform, ...inZones(['a', 'b'], { protected: false }) })).toEqual([]);
});

test.each<{ when: string; change: Partial<Platform>; path: string; allowed: string }>([
  {
    when: 'there are streams and no brokers',
    change: { streaming: undefined },
    path: 'streaming',
    allowed: 'declared, because there are streams: order-events',
  },
  {
    when: 'there are brokers and no streams',
    change: { streams: {} },
    path: 'streams',
    allowed: 'at least one stream',
  },
  {
    when: 'a disk is to grow to less than it is',
    change: { streaming: { ...streaming, maxStorageGiB: 100 } },
    path: 'streaming.maxStorageGiB',
    allowed: 'at least storageGiB, which is 500',
  },
  {
    when: 'nobody sells a broker of the size',
    change: { streaming: { ...streaming, capacity: { vcpu: 3, memoryGiB: 16 } } },
    path: 'streaming.capacity',
    allowed: '2 vcpu with 8 GiB, 4 vcpu with 16 GiB',
  },
  {
    when: 'brokers have more partitions than they bear',
    change: { streams: { ...platform.streams, 'order-events': { ...one, partitions: 1000 } } },
    path: 'streams',
    allowed: 'at most 3000 on 3 brokers of 4 vcpu',
  },
  {
    when: 'the loss of one of two zones would stop a protected stage',
    change: inZones(['a', 'b']),
    path: 'stages.production.sites.primary.zones',
    allowed: 'three zones in a protected stage with streams',
  },
])('fails when $when', ({ allowed, change, path }) => {
  expect(streams({ ...platform, ...change })).toEqual([
    expect.objectContaining({ path, allowed: expect.stringContaining(allowed) }),
  ]);
});

test('fails when nobody appends to a stream, and when nobody follows it', () => {
  expect(
    streams({ ...platform, streams: { ...platform.streams, lonely: one } }).map(({ got, path }) => [path, got]),
  ).toEqual([
    ['streams.lonely', 'no service that appends'],
    ['streams.lonely', 'no service that follows'],
  ]);
});

test('fails when a site is on Azure, and names what to use there', () => {
  const definition = retailflowWith({
    streams: { moves: { partitions: 6 } },
    streaming: { capacity: { vcpu: 2, memoryGiB: 8 } },
    services: { catalog: { uses: { appends: ['moves'] } }, order: { uses: { follows: ['moves'] } } },
  });
  expect(problemsOf(definition)).toEqual([
    {
      path: 'streams',
      got: ['moves'],
      allowed: 'absent on azure (site recovery), where the platform has no Kafka',
      remedy: expect.stringMatching(/topics with queues.*Event Hubs/),
    },
  ]);
});

test('fails when a service follows a stream that is not declared, and names the one that was meant', () => {
  const definition = {
    ...shopflow,
    services: { ...shopflow.services, web: { ...shopflow.services['web'], uses: { follows: ['order-event'] } } },
  };
  expect(problemsOf(definition as typeof shopflow)).toContainEqual(
    expect.objectContaining({
      path: 'services.web.uses.follows',
      got: 'order-event',
      remedy: expect.stringContaining('order-events'),
    }),
  );
});
