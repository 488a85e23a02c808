import type { Platform } from '../../../lib/platform/platform';
import { capacityFigures, capacityProblems } from '../../../lib/review/goals/capacity';
import type { GoalOutputs } from '../../../lib/review/goals/outputs';
import { unprovedGoals } from '../../../lib/review/goals/unproved';
import type { JsonObject } from '../../../lib/review/json';
import { synthesized } from '../../support/assembly';
import { synthesizedSite } from '../../support/azure-site';
import { readClusters } from '../../support/clusters';
import { platformOnEks, synthesizedOnEks, clustersOnEks } from '../../support/eks';
import { changed, recoveryOutputs } from '../../support/recovery';
import { azureChange, clusterChange } from '../../support/regions';

type Stage = { readonly outputs: GoalOutputs; readonly platform: Platform };

const figures = ({ outputs, platform }: Stage) =>
  capacityFigures(outputs, platform).map(({ has, needs, what }) => [what, needs, has]);
const refused = ({ outputs, platform }: Stage) =>
  capacityProblems(capacityFigures(outputs, platform)).map(({ about, message }) => `${about} ${message}`);

/** RetailFlow, with something of what it is synthesized to changed. */
async function retailflow(change: Parameters<typeof changed>[1] = {}): Promise<Stage> {
  const { outputs, platform } = await recoveryOutputs('retailflow', 'production');
  const { primary, recovery } = changed(outputs, change);
  return {
    platform,
    outputs: { aws: primary.assembly, azure: recovery.site, clusters: recovery.clusters, whole: true },
  };
}

/** A platform on Azure alone. */
async function onAzure(name: string, stage = 'production'): Promise<Stage> {
  const { platform, site } = synthesizedSite(name, stage);
  return {
    platform,
    outputs: { aws: undefined, azure: site, clusters: await readClusters(name, stage), whole: true },
  };
}

/** The same with one resource of the primary changed. */
const withResource = ({ outputs, platform }: Stage, is: RegExp, given?: JsonObject): Stage => ({
  platform,
  outputs: {
    ...outputs,
    azure: outputs.azure && {
      stacks: outputs.azure.stacks.map((stack) => ({
        ...stack,
        resources: stack.resources.flatMap((each) => azureChange(is, given).azure?.(each) ?? []),
      })),
    },
  },
});

describe('what everybody needs', () => {
  test('is there of RetailFlow on both sites, ten times the people of before', async () => {
    const stage = await retailflow();
    expect(refused(stage)).toEqual([]);
    expect(figures(stage)).toEqual([
      ['gateway requests a minute', 150_000, 216_000],
      ['services requests a minute, those with routes together', 150_000, 169_400],
      ['load balancer targets', 288, 1000],
      ['databases.store connections', 2600, 2880],
      ['caches.catalog connections', 800, 65_000],
      ['caches.sessions connections', 1200, 65_000],
      ['caches.sessions sessions', 50_000, 393_216],
      ['gateway requests a minute on the recovery site', 150_000, 216_000],
      ['services requests a minute, those with routes together on the recovery site', 150_000, 169_400],
      ['application gateway connections on the recovery site', 100_000, 200_000],
      ['nodes services on the recovery site', 24, 36],
      ['databases.store connections on the recovery site', 2600, 2880],
      ['caches.sessions sessions on the recovery site', 50_000, 629_145],
    ]);
  });

  test('is there of TechFlow in both regions', async () => {
    const stage = await onAzure('techflow');
    expect(refused(stage)).toEqual([]);
    const [primary, recovery] = [6, 12].map((end) => figures(stage).slice(end - 6, end));
    expect(primary).toEqual([
      ['gateway requests a minute', 172_500, 216_000],
      ['services requests a minute, those with routes together', 172_500, 228_000],
      ['application gateway connections', 230_000, 500_000],
      ['nodes services', expect.any(Number), expect.any(Number)],
      ['databases.store connections', 2840, 4500],
      ['caches.sessions sessions', 115_000, expect.any(Number)],
    ]);
    expect(recovery).toEqual(primary?.map(([what, ...rest]) => [`${what} on the recovery site`, ...rest]));
  });

  test('is there of TechFlow Solutions at ten times the load of before, which its load test brings', () => {
    const { assembly, platform } = synthesized('techflow-solutions', 'production');
    const stage = { platform, outputs: { aws: assembly, azure: undefined, clusters: [], whole: true } };
    expect(refused(stage)).toEqual([]);
    expect(figures(stage).slice(0, 2)).toEqual([
      ['gateway requests a minute', 250_000, 252_000],
      ['services requests a minute, those with routes together', 250_000, 273_400],
    ]);
    const [gateway] = capacityFigures(stage.outputs, platform);
    expect(gateway?.because).toMatch(/^25000 users, 2 times that in a load test, 5 requests a minute each; 28 tasks/);
  });

  test('is there of RetailFlow Azure, in units of API Management and behind them', async () => {
    const stage = await onAzure('retailflow-azure');
    expect(refused(stage)).toEqual([]);
    expect(figures(stage)).toEqual([
      ['API Management requests a minute', 90_000, 180_000],
      ['gateway requests a minute', 90_000, 216_000],
      ['services requests a minute, those with routes together', 90_000, 146_400],
      ['API Management requests a minute on a usual day', 17_308, 60_000],
      ['gateway requests a minute on a usual day', 17_308, 27_000],
      ['services requests a minute, those with routes together on a usual day', 17_308, 18_600],
      ['application gateway connections', 30_000, 100_000],
      ['nodes services', 23, 35],
      ['caches.sessions sessions', 15_000, 629_145],
      ['API Management requests a minute in 3 years', 180_000, 300_000],
      ['application gateway connections in 3 years', 60_000, 3_125_000],
      ['nodes services in 3 years', 44, 1000],
    ]);
  });

  test.each(['retailflow', 'techflow-solutions'])('is there of %s with pods on AWS', async (name) => {
    const clusters = (await clustersOnEks(name)).map(({ read }) => read);
    const { assembly: aws } = synthesizedOnEks(name);
    const platform = platformOnEks(name);
    const stage = { platform, outputs: { aws, azure: undefined, clusters, whole: true } };
    expect(refused(stage)).toEqual([]);
    expect(figures(stage)).toContainEqual(['nodes vCPU', expect.any(Number), expect.any(Number)]);
    const [door] = capacityFigures(stage.outputs, platform);
    expect(door).toMatchObject({
      what: 'gateway requests a minute',
      because: expect.stringContaining(`k8s.out eks-${name}-production/`) as unknown,
    });
  });
});

test('goals that nothing measures are said', async () => {
  const { platform } = await retailflow();
  expect([unprovedGoals(platform), unprovedGoals(platformOnEks('retailflow'))]).toEqual([[], []]);
  expect(unprovedGoals({ ...platform, gateway: undefined })).toEqual([
    'goals.serviceLevel: nothing measures it without a gateway, at primary and recovery',
  ]);
  const { platform: aws } = synthesized('techflow-solutions', 'production');
  expect(unprovedGoals(aws)).toEqual([]);
  const asked = { ...platform, goals: { ...platform.goals, queryMilliseconds: 280 } };
  expect(unprovedGoals(asked)).toContain('goals.queryMilliseconds: nothing measures it on azure, at recovery');
  const goals = { ...aws.goals, requestsPerUser: undefined, spikeTimes: 5, growth: { times: 2, years: 3 } };
  expect(unprovedGoals({ ...aws, goals })).toEqual([
    expect.stringMatching(/^goals\.concurrentUsers, 25000: /),
    expect.stringMatching(/^goals\.spikeTimes, 5: nothing is held to it without goals\.requestsPerUser$/),
    expect.stringMatching(/^goals\.growth, 2 times in 3 years: /),
  ]);
});

test('a service that does not say what a task stands counts nothing, and is named', () => {
  const { assembly, platform } = synthesized('techflow-solutions', 'production');
  const { billing, ...services } = platform.services;
  if (billing === undefined) throw new Error('there must be a service billing');
  const silent = { ...services, billing: { ...billing, scale: { ...billing.scale, requestsPerTask: undefined } } };
  const outputs = { aws: assembly, azure: undefined, clusters: [], whole: true };
  const [, together] = capacityFigures(outputs, { ...platform, services: silent });
  expect(together?.has).toBe(267_400);
  expect(together?.because).toMatch(/times its requestsPerTask, and nothing of billing, which has none$/);
});

describe('fails when', () => {
  test.each<readonly [string, RegExp, JsonObject | undefined, RegExp]>([
    [
      'API Management has fewer units',
      /ApiManagement\/Units /,
      { profile: [{ capacity: { maximum: 2, minimum: 2 } }] },
      /^API Management requests a minute must be at least 90000 at the peak, got 60000/,
    ],
    [
      'the application gateway stays small',
      / azurerm_application_gateway$/,
      { autoscale_configuration: { max_capacity: 1 } },
      /^application gateway connections must be at least 30000 at the peak, got 25000/,
    ],
    [
      'nodes are too few',
      / azurerm_kubernetes_cluster_node_pool$/,
      { max_count: 10 },
      /^nodes services must be at least \d+ at the peak, got 10/,
    ],
    [
      'nodes are of a size that nobody knows',
      / azurerm_kubernetes_cluster_node_pool$/,
      { vm_size: 'Standard_A1' },
      /^nodes services must be at least Infinity/,
    ],
  ])('%s', async (_, is, given, message) => {
    const stage = withResource(await onAzure('retailflow-azure'), is, given);
    expect(refused(stage)).toEqual([expect.stringMatching(message)]);
  });

  test('nothing scales API Management', async () => {
    const stage = withResource(await onAzure('retailflow-azure'), /ApiManagement\/Units /);
    expect(refused(stage)).toEqual([
      expect.stringMatching(/^API Management requests a minute must be .* got 0 .*nowhere/),
      expect.stringMatching(/^API Management requests a minute on a usual day .* got 0 .*nowhere/),
    ]);
  });

  test.each<readonly [string, object, RegExp]>([
    [
      'a usual day asks more of as few tasks as there may be',
      { spikeTimes: 4 },
      /^services requests .* on a usual day must be at least 22500 at the peak, got 18600 \(15000 users, which are 4 times/,
    ],
    [
      'more people are to come than Azure sells units for',
      { growth: { times: 4, years: 3 } },
      /^API Management requests a minute in 3 years must be at least 360000 at the peak, got 300000 \(60000 users; 10 at most/,
    ],
  ])('%s', async (_, promised, message) => {
    const { outputs, platform } = await onAzure('retailflow-azure');
    const goals = { ...platform.goals, ...promised };
    expect(refused({ outputs, platform: { ...platform, goals } })).toEqual([expect.stringMatching(message)]);
  });

  test('sessions of everybody do not fit into Redis', async () => {
    const { outputs, platform } = await onAzure('retailflow-azure');
    const goals = { ...platform.goals, concurrentUsers: 700_000, requestsPerUser: 0.1 };
    expect(refused({ outputs, platform: { ...platform, goals } })).toContainEqual(
      expect.stringMatching(/^caches\.sessions sessions must be at least 700000 at the peak, got 629145/),
    );
  });

  test.each<readonly [string, Parameters<typeof changed>[1], RegExp]>([
    [
      'fewer pods of a service may stand where it takes over',
      clusterChange(/scaledobject-catalog/, '"maxReplicaCount":40', '"maxReplicaCount":20'),
      /^services requests .* on the recovery site must be at least 150000 at the peak, got 129400/,
    ],
    [
      'the gateway there passes on less',
      clusterChange(/scaledobject-gateway/, '"maxReplicaCount":24', '"maxReplicaCount":10'),
      /^gateway requests a minute on the recovery site must be at least 150000 at the peak, got 90000/,
    ],
    [
      'the server there takes fewer connections',
      azureChange(/StoreDatabase\/.*MaxConnections /, { value: '1000' }),
      /^databases\.store connections on the recovery site must be at least 2600 at the peak, got 900/,
    ],
  ])('%s', async (_, change, message) => {
    expect(refused(await retailflow(change))).toEqual([expect.stringMatching(message)]);
  });

  test('nodes of EKS may have fewer processors than the pods ask for', async () => {
    const clusters = (await clustersOnEks('retailflow')).map(({ read }) => read);
    const fewer = clusters.map((cluster) => ({
      ...cluster,
      objects: cluster.objects.map((each) =>
        each.kind === 'NodePool' ? { ...each, value: { spec: { limits: { cpu: '10' } } } } : each,
      ),
    }));
    const { assembly: aws } = synthesizedOnEks('retailflow');
    const outputs = { aws, azure: undefined, clusters: fewer, whole: true };
    expect(refused({ outputs, platform: platformOnEks('retailflow') })).toEqual([
      expect.stringMatching(/^nodes vCPU must be at least \d+ at the peak, got 10/),
    ]);
  });
});
