import { loadAllocations } from '../../bin/inputs';
import { allocate } from '../../lib/platform/allocation';
import type { Definition } from '../../lib/platform/definition';
import type { Releases } from '../../lib/platform/releases';
import { allocationRequests, resolve, resolveUnallocated } from '../../lib/platform/resolve';
import { pascalCase } from '../../lib/platform/ids';
import retailflow from '../../platforms/retailflow';
import { synthesize } from '../support/assembly';
import { retailflowWith } from '../support/platform';
import { reordered } from '../support/reordered';

const stage = 'production';

/** Templates by the name of their stack. New services get their places at the end of the committed lock. */
function templatesOf(definition: Definition, releases: Releases = {}): Readonly<Record<string, string>> {
  const locked = loadAllocations('retailflow');
  const appended = allocate(
    locked[stage] ?? { listenerPriorities: {}, addresses: {} },
    allocationRequests(resolveUnallocated(definition, stage)),
  );
  const platform = resolve(definition, { stage, allocations: { ...locked, [stage]: appended } });
  const { assembly } = synthesize({ platform, releases });
  return Object.fromEntries(assembly.stacks.map((stack) => [stack.name, JSON.stringify(stack.template)]));
}

const serviceStack = /\/Service-/;

/** Stacks that both have, with templates that differ; those that only one has are marked. */
function changes(before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>): readonly string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names.flatMap((name) => {
    if (before[name] === undefined) return [`+ ${name}`];
    if (after[name] === undefined) return [`- ${name}`];
    return before[name] === after[name] ? [] : [name];
  });
}

const inServices = (names: readonly string[]): readonly string[] => names.filter((name) => serviceStack.test(name));

const base = templatesOf(retailflow);

/** A service of each kind that there is: what it has, what it uses, and who may notice. */
const newcomers = {
  // Gets no requests, and is released task by task.
  labels: { uses: { databases: ['store'], sends: ['notifications'] } },
  // Uses every kind of part.
  returns: {
    uses: {
      databases: ['store'],
      caches: ['sessions'],
      searches: ['products'],
      reads: ['assets'],
      writes: ['archive'],
      sends: ['orders'],
      publishes: ['order-events'],
      secrets: ['token-keys'],
      integrations: ['stock'],
      starts: ['order-saga'],
    },
    migration: { command: ['node', 'dist/migrate.js'] },
  },
  // Is routed, and moves traffic when it is released.
  brands: {
    routes: [{ path: '/api/brands' }],
    release: { kind: 'blue-green', bakeMinutes: 10, rollback: { errorPercent: 1, p95Milliseconds: 1000 } },
  },
  // Is routed, and released task by task. Its place is at the end, although its name comes first.
  aaa: { routes: [{ path: '/api/aaa' }], release: { kind: 'rolling' } },
  // Calls services that others call already.
  gifts: { uses: { calls: ['user', 'payment'] } },
} as const;

describe('new services', () => {
  const stacks = Object.keys(newcomers).map((name) => `retailflow-production/Service-${pascalCase(name)}`);
  const after = templatesOf(
    retailflowWith({
      services: Object.fromEntries(
        Object.entries(newcomers).map(([name, service]) => [name, { scale: { min: 2, max: 4 }, ...service }]),
      ),
      // They come all at once, more than an account has room for at first.
      stages: { production: { sites: { primary: { network: { securityGroupRules: 100 } } } } },
    }),
  );

  test.each(Object.keys(newcomers))('of which %s has a stack', (name) => {
    expect(after).toHaveProperty([`retailflow-production/Service-${pascalCase(name)}`]);
  });

  test('change no other service, whatever they have and use', () => {
    expect(inServices(changes(base, after))).toEqual(stacks.sort().map((stack) => `+ ${stack}`));
  });
});

describe('a service that is taken away', () => {
  test('changes no other service', () => {
    const patch = {
      topics: { 'order-events': { subscribers: ['order-updates'] } },
      queues: { 'analytics-events': null },
      functions: { 'feed-analytics': { copiesFrom: ['catalog', 'order'] } },
      services: { analytics: null },
    };
    expect(inServices(changes(base, templatesOf(retailflowWith(patch))))).toEqual([
      '- retailflow-production/Service-Analytics',
    ]);
  });

  test('changes nobody but those who called it', () => {
    const patch = {
      services: {
        user: null,
        order: { uses: { calls: ['catalog', 'payment'] } },
        notification: { uses: { calls: [] } },
      },
    };
    expect(inServices(changes(base, templatesOf(retailflowWith(patch))))).toEqual([
      'retailflow-production/Service-Notification',
      'retailflow-production/Service-Order',
      '- retailflow-production/Service-User',
    ]);
  });
});

test('the order in which a definition is written changes no template', () => {
  expect(changes(base, templatesOf(reordered(retailflow, 'another order')))).toEqual([]);
});

describe('a release', () => {
  const services = ['analytics', 'catalog', 'notification', 'order', 'payment', 'user'] as const;
  const digest = (digit: string) => ({ digest: `sha256:${digit.repeat(64)}` });
  const all = Object.fromEntries(services.map((name) => [name, digest('a')]));
  const released = templatesOf(retailflow, all);
  const resourcesOf = (template = '{}') =>
    (JSON.parse(template) as { Resources: Readonly<Record<string, { readonly Type: string }>> }).Resources;
  const stackOf = (name: string) => `retailflow-production/Service-${name.charAt(0).toUpperCase()}${name.slice(1)}`;

  // One that gets no requests, one that moves traffic, and one that is called besides.
  test.each(['notification', 'analytics', 'order'])('of %s changes its own stack alone, and in it the task', (name) => {
    const after = templatesOf(retailflow, { ...all, [name]: digest('b') });
    expect(changes(released, after)).toEqual([stackOf(name)]);
    const [old, young] = [resourcesOf(released[stackOf(name)]), resourcesOf(after[stackOf(name)])];
    const differing = Object.keys({ ...old, ...young }).filter(
      (id) => JSON.stringify(old[id]) !== JSON.stringify(young[id]),
    );
    expect([...new Set(differing.map((id) => young[id]?.Type))]).toEqual(['AWS::ECS::TaskDefinition']);
  });

  test('the first of a service changes its own stack alone', () => {
    expect(changes(base, templatesOf(retailflow, { order: digest('a') }))).toEqual([stackOf('order')]);
  });
});
