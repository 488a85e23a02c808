import { loadAllocations, loadPlatform, platformNames, stagesOn } from '../../bin/inputs';
import { allocate } from '../../lib/platform/allocation';
import type { Definition } from '../../lib/platform/definition';
import { sitesOn } from '../../lib/platform/platform';
import { allocationRequests, resolve, resolveUnallocated } from '../../lib/platform/resolve';
import type { Releases } from '../../lib/platform/releases';
import { formatFinding } from '../../lib/review/finding';
import { findingsIn } from '../../lib/review/kubernetes/review';
import retailflow from '../../platforms/retailflow';
import { renderedCluster, renderedFrom, type ReadCluster } from '../support/clusters';
import { released } from '../support/kubernetes';
import { retailflowWith } from '../support/platform';
import { reordered } from '../support/reordered';

const stages = platformNames().flatMap((name) =>
  stagesOn(name, 'azure').flatMap((stage) =>
    sitesOn(loadPlatform(name, stage).platform, 'azure').map(({ siteName }, index) => ({
      name,
      stage,
      siteName,
      // The first of two is what is rendered when nobody says which.
      asked: index === 0 ? [] : [siteName],
    })),
  ),
);

const findingsOf = ({ read, registry }: ReadCluster): readonly string[] =>
  findingsIn([read], { registry }).map(formatFinding);

test('there are platforms with stages that have a cluster', () => {
  expect(stages.length).toBeGreaterThan(0);
});

describe.each(stages)('$name in $stage, $siteName', ({ asked, name, stage }) => {
  test('passes every gate', async () => {
    const rendered = await renderedCluster(name, stage, ...asked);
    expect(Object.keys(rendered.texts).length).toBeGreaterThan(0);
    expect(findingsOf(rendered)).toEqual([]);
  });
});

const stage = 'production';

/** RetailFlow's cluster by another definition. New services get their places at the end of the committed lock. */
function renderedBy(definition: Definition, releases: Releases = {}): Promise<ReadCluster> {
  const locked = loadAllocations('retailflow');
  const appended = allocate(
    locked[stage] ?? { listenerPriorities: {}, addresses: {} },
    allocationRequests(resolveUnallocated(definition, stage)),
  );
  const platform = resolve(definition, { stage, allocations: { ...locked, [stage]: appended } });
  return renderedFrom({ ...loadPlatform('retailflow', stage), platform, releases });
}

/** Files that both have and that differ; those that only one has are marked. */
function changes(before: ReadCluster, after: ReadCluster): readonly string[] {
  const names = [...new Set([...Object.keys(before.texts), ...Object.keys(after.texts)])].sort();
  return names.flatMap((name) => {
    if (before.texts[name] === undefined) return [`+ ${name}`];
    if (after.texts[name] === undefined) return [`- ${name}`];
    return before.texts[name] === after.texts[name] ? [] : [name];
  });
}

/** RetailFlow's cluster with one service more. */
const renderedWith = (brands: unknown): Promise<ReadCluster> => renderedBy(retailflowWith({ services: { brands } }));

/** Folders of what the platform keeps lists of services in. */
const LISTS = /^([+-] )?(argocd|cluster|observability|retailflow-migration)\//;

/** Changes but those of the new service itself, and of what the platform keeps a list in. */
const elsewhere = (changed: readonly string[]): readonly string[] =>
  changed.filter((file) => !file.startsWith('+ retailflow-brands/') && !LISTS.test(file));

test('the order in which a definition is written changes nothing', async () => {
  const { texts } = await renderedBy(reordered(retailflow, 'another order'));
  expect(texts).toEqual((await renderedCluster('retailflow', stage)).texts);
});

describe('a new service', () => {
  const brands = { team: 'catalog', scale: { min: 2, max: 4 } };

  test('that nobody calls changes no file of another', async () => {
    const after = await renderedWith({ ...brands, uses: { databases: ['store'], sends: ['notifications'] } });
    const changed = changes(await renderedCluster('retailflow', stage), after);
    expect(changed.filter((file) => file.startsWith('+ retailflow-brands/')).length).toBeGreaterThan(10);
    expect(elsewhere(changed)).toEqual([]);
  });

  describe('that is routed and calls another', () => {
    let after: ReadCluster;
    let others: readonly string[];
    beforeAll(async () => {
      const uses = { databases: ['store'], caches: ['sessions'], calls: ['user'], secrets: ['token-keys'] };
      after = await renderedWith({ ...brands, uses, routes: [{ path: '/api/brands' }] });
      others = elsewhere(changes(await renderedCluster('retailflow', stage), after));
    });

    test('passes every gate', () => {
      expect(findingsOf(after)).toEqual([]);
    });

    test('changes who may reach the other, and nothing else of it', () => {
      const ofUser = others.filter((file) => file.startsWith('retailflow-user/'));
      expect(ofUser.map((file) => file.replace(/^[^/]+\/(\w+)-.*$/, '$1'))).toEqual([
        'authorizationpolicy',
        'networkpolicy',
      ]);
    });

    test('changes the gateway besides, and no other service', () => {
      const ofGateway = others.filter((file) => file.startsWith('retailflow-gateway/'));
      expect(ofGateway.length).toBeGreaterThan(0);
      expect(others.filter((file) => !/^retailflow-(gateway|user)\//.test(file))).toEqual([]);
    });
  });
});

const mesh = { flavor: 'aks-addon', revision: 'asm-1-29' };
const recovery = (site: object) => ({ stages: { production: { sites: { recovery: site } } } });
const inPlace = { release: { kind: 'rolling', steps: null, bakeMinutes: null, acceptTwoPhases: null } };
const of = (patch: object) => ({
  services: Object.fromEntries(Object.keys(retailflow.services ?? {}).map((service) => [service, patch])),
});

const byProcessor = { ...inPlace, scale: { requestsPerTask: null } };
const waives = { gateway: { reason: 'the application takes tokens by itself', minutes: 0 } };

describe.each<readonly [string, object]>([
  ['step by step, and all at once', {}],
  [
    'in place, in the mesh of Azure, over caches that have shards',
    { ...of(inPlace), ...recovery({ kubernetes: { mesh } }), caches: { catalog: { shards: 3 } } },
  ],
  [
    'by Pulumi, scaled by processor use alone, without a gateway',
    { ...of(byProcessor), ...recovery({ waives }), delivery: { manifests: { by: 'pulumi', repository: null } } },
  ],
])('services that were released, %s', (_, patch) => {
  test('pass every gate', async () => {
    expect(findingsOf(await renderedBy(retailflowWith(patch), released))).toEqual([]);
  });
});
