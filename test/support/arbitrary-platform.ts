import fc from 'fast-check';
import { fargateMemory } from '../../lib/platform/checks/services';
import type { Definition } from '../../lib/platform/definition';
import retailflow from '../../platforms/retailflow';

const names = <Name extends string>(pool: readonly Name[], minLength: number, maxLength: number) =>
  fc.uniqueArray(fc.constantFrom(...pool), { minLength, maxLength });

/** Some of the names, in any order. */
const some = (pool: readonly string[]): fc.Arbitrary<readonly string[]> => fc.shuffledSubarray([...pool]);

/** A part for each of the names. */
const each = <Part>(keys: readonly string[], part: (key: string) => fc.Arbitrary<Part>) =>
  fc.record(Object.fromEntries(keys.map((key) => [key, part(key)])));

/** The largest tasks of Fargate find no room on the cluster's nodes. */
const mostVcpu = 8;
const capacity = fc
  .constantFrom(...[...fargateMemory].filter(([vcpu]) => vcpu <= mostVcpu))
  .chain(([vcpu, memories]) => fc.record({ vcpu: fc.constant(vcpu), memoryGiB: fc.constantFrom(...memories) }));

const scale = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 20 }), fc.integer({ min: 20, max: 90 }))
  .map(([min, more, cpuPercent]) => ({ min, max: min + more, cpuPercent }));

const database = fc.oneof(
  fc.record({
    engine: fc.constant('postgres'),
    topology: fc.constantFrom('aurora', 'multi-az-instance'),
    capacity: fc.constant({ vcpu: 8, memoryGiB: 64 }),
    readReplicas: fc.integer({ min: 0, max: 5 }),
  }),
  fc.record({
    engine: fc.constant('postgres'),
    topology: fc.constant('multi-az-cluster'),
    capacity: fc.constant({ vcpu: 8, memoryGiB: 64 }),
    readReplicas: fc.constant(2),
  }),
);

const cache = fc.record({
  engine: fc.constantFrom('valkey', 'redis'),
  holds: fc.constantFrom('cache', 'sessions'),
  memoryGiB: fc.constantFrom(0.5, 6, 12),
  replicas: fc.integer({ min: 0, max: 3 }),
});

/** Public, since the edge reads one of them. */
const bucket = fc.record({ holds: fc.constantFrom('assets', 'uploads', 'archive'), dataClass: fc.constant('public') });

/** No consumer takes longer than its queue hides a message, nor a route than the edge waits. */
const longestTimeout = 239;
const queue = fc.record({
  visibilitySeconds: fc.integer({ min: longestTimeout, max: 300 }),
  maxReceives: fc.integer({ min: 1, max: 10 }),
});

const routed = fc.oneof(
  fc.record({ kind: fc.constant('blue-green'), bakeMinutes: fc.integer({ min: 0, max: 1440 }) }),
  fc.record({
    kind: fc.constant('linear'),
    stepPercent: fc.integer({ min: 10, max: 50 }),
    stepMinutes: fc.integer({ min: 0, max: 60 }),
  }),
  fc.record({
    kind: fc.constant('canary'),
    steps: fc.tuple(
      fc.record({ percent: fc.integer({ min: 1, max: 99 }), minutes: fc.integer({ min: 1, max: 1440 }) }),
    ),
  }),
);

interface Shape {
  readonly services: readonly string[];
  readonly databases: readonly string[];
  readonly caches: readonly string[];
  readonly queues: readonly string[];
  readonly ordered: readonly string[];
  readonly topics: readonly string[];
  readonly buckets: readonly string[];
}

const shape: fc.Arbitrary<Shape> = fc
  .record({
    services: names(['basket', 'catalog', 'identity', 'order', 'payment', 'pricing', 'review', 'shipping'], 2, 6),
    databases: names(['ledger', 'store'], 1, 2),
    caches: names(['sessions', 'views'], 1, 2),
    queues: names(['mail', 'parcels', 'reports', 'tasks'], 0, 3),
    ordered: names(['charges', 'moves'], 0, 1),
    topics: names(['changes', 'news'], 0, 2),
    buckets: names(['assets', 'files', 'records'], 1, 3),
  })
  .map((drawn) => ({ ...drawn, topics: drawn.queues.length === 0 ? [] : drawn.topics }));

const service = (name: string, { services, databases, caches, queues, ordered, topics, buckets }: Shape) =>
  fc
    .record({
      routes: fc.boolean(),
      staged: fc.option(routed, { nil: undefined }),
      rest: fc.record({
        port: fc.integer({ min: 8080, max: 9000 }),
        capacity,
        scale,
        timeoutSeconds: fc.integer({ min: 1, max: longestTimeout }),
        uses: fc.record({
          databases: some(databases),
          caches: some(caches),
          sends: some([...queues, ...ordered]),
          receives: some([...queues, ...ordered]),
          publishes: some(topics),
          reads: some(buckets),
          writes: some(buckets),
          calls: some(services.filter((other) => other !== name)),
          secrets: some(['keys']),
        }),
      }),
    })
    .map(({ routes, staged, rest }) => ({
      ...rest,
      routes: routes ? [{ path: `/api/${name}` }] : [],
      release: routes && staged !== undefined ? staged : { kind: 'rolling' },
    }));

/** A small valid platform: some services that use, call, send, receive and publish, on AWS, with Azure or without. */
export const arbitraryPlatform: fc.Arbitrary<Definition> = shape
  .chain((drawn) =>
    fc.record({
      databases: each(drawn.databases, () => database),
      caches: each(drawn.caches, () => cache),
      queues: fc
        .tuple(
          each(drawn.queues, () => queue),
          each(drawn.ordered, () => queue.map((spec) => ({ ...spec, fifo: true }))),
        )
        .map(([unordered, ordered]) => ({ ...unordered, ...ordered })),
      topics: each(drawn.topics, () =>
        fc.record({ subscribers: fc.shuffledSubarray([...drawn.queues], { minLength: 1 }) }),
      ),
      buckets: each(drawn.buckets, () => bucket),
      services: each(drawn.services, (name) => service(name, drawn)),
      limitsCache: fc.constantFrom(...drawn.caches),
      assets: fc.constantFrom(...drawn.buckets),
      recovery: fc.boolean(),
    }),
  )
  .map(({ limitsCache, assets, recovery, ...parts }) => {
    const { production } = retailflow.stages;
    if (production === undefined) throw new Error('RetailFlow has no production stage');
    const { recovery: _site, ...one } = production.sites;
    // So small a platform is held to no number of requests, and to no share of its processors.
    const { recovery: goal, requestsPerUser: _requests, steadyCpuPercent: _busy, ...goals } = retailflow.goals;
    return {
      ...parts,
      name: 'random',
      owner: retailflow.owner,
      delivery: retailflow.delivery,
      goals: recovery && goal !== undefined ? { ...goals, recovery: goal } : goals,
      secrets: { keys: { description: 'keys of random services' } },
      gateway: {
        scale: { min: 1, max: 3 },
        tokens: { issuer: 'https://shop.example.com', secret: 'keys' },
        limitsCache,
      },
      edge: { assets, apiPath: '/api' },
      stages: { production: { ...production, sites: recovery ? production.sites : one } },
    } as Definition;
  });

/** The same on Azure alone, in two regions of a pair that sell servers of one generation. */
export const arbitraryRegions: fc.Arbitrary<Definition> = arbitraryPlatform.map((definition) => {
  const { production } = definition.stages;
  const { recovery } = retailflow.stages['production']?.sites ?? {};
  if (production === undefined || recovery === undefined) throw new Error('there must be a site on azure');
  const { waives: _waives, ...site } = recovery;
  const { recovery: _goal, ...goals } = definition.goals;
  const network = { cidr: '10.16.0.0/16', pods: '10.68.0.0/14', services: '10.17.0.0/16' };
  // The server of the second region is one of the five that follow a server.
  const databases = Object.entries(definition.databases ?? {}).map(([name, each]) => {
    if (each.engine !== 'postgres') return [name, each];
    const { topology: _topology, ...rest } = each;
    return [name, { ...rest, readReplicas: Math.min(each.readReplicas ?? 0, 4) }];
  });
  const caches = Object.entries(definition.caches ?? {}).map(([name, { engine: _engine, ...rest }]) => [name, rest]);
  return {
    ...definition,
    goals,
    databases: Object.fromEntries(databases) as Definition['databases'],
    caches: Object.fromEntries(caches) as Definition['caches'],
    stages: {
      production: {
        ...production,
        hostedZone: { cloud: 'azure', resourceGroup: 'dns', name: 'example.com' },
        sites: {
          primary: { ...site, region: 'northeurope', network },
          recovery: { ...site, region: 'westeurope' },
        },
      },
    },
  };
});
