import type { Platform } from '../../../lib/platform/platform';
import type { JsonObject } from '../../../lib/review/json';
import type { AwsOutputs, Outputs } from '../../../lib/review/recovery/outputs';
import { sumOf } from '../../../lib/review/recovery/part';
import { recoveryTime } from '../../../lib/review/recovery/recovery-time';
import { checks, reviewRecovery } from '../../../lib/review/recovery/review';
import { changed, recoveryOutputs, withStacks, type Change } from '../../support/recovery';

let platform: Platform;
let outputs: Outputs<AwsOutputs>;
beforeAll(async () => ({ platform, outputs } = await recoveryOutputs('retailflow', 'production')));

type Recovery = NonNullable<Platform['goals']['recovery']>;
type Waives = NonNullable<Platform['stage']['sites']['recovery']>['waives'];

const promising = (recovery: Partial<Recovery>): Platform => ({
  ...platform,
  goals: { ...platform.goals, recovery: { ...(platform.goals.recovery as Recovery), ...recovery } },
});

const waiving = (waives: Waives, of: Platform = platform): Platform => {
  const { recovery } = of.stage.sites;
  if (recovery === undefined) throw new Error('the platform must have a recovery site');
  return {
    ...of,
    stage: {
      ...of.stage,
      sites: {
        ...of.stage.sites,
        recovery: { ...recovery, waives: { ...recovery.waives, ...waives } },
      },
    },
  };
};

const waiver = (minutes: number) => ({ reason: 'it is not there, and here is why', minutes });
const messages = (check: keyof typeof checks, of: Platform, from: Outputs = outputs): readonly string[] =>
  checks[check](from, of).map(({ about, message }) => `${about} ${message}`);

const withText = (file: RegExp, from: string, to: string): Change => ({
  cluster: (each) =>
    file.test(each.file)
      ? { ...each, value: JSON.parse(JSON.stringify(each.value).replaceAll(from, to)) as JsonObject }
      : each,
});
const aws = (id: RegExp, given: JsonObject | undefined): Change => ({
  aws: (each) => (!id.test(each.logicalId) ? each : given && { ...each, properties: { ...each.properties, ...given } }),
});

describe('recovery time', () => {
  test('is the sum of its parts, each with its source', () => {
    const time = recoveryTime(outputs, platform);
    expect(time?.parts.map(({ part, seconds }) => [part, seconds])).toEqual([
      ['the loss is noticed', 300],
      ['somebody on call agrees', 600],
      ['the right of the primary to write ends', 300],
      ['what was under way there ends', 65],
      ['promotion of databases', 7],
      ['nodes, beyond what fence and promotion take anyway', 228],
      ['pods are ready', 80],
      ['names are changed by hand while nodes come', 60],
      ['resolvers forget the primary', 60],
      ['without searches', 0],
      ['without workflows', 0],
    ]);
    expect(time).toMatchObject({ seconds: 1700, goalSeconds: 1800 });
    for (const { source } of time?.parts ?? []) {
      expect(source).toMatch(
        /^(cdk\.out|k8s\.out|https:|docs\/guides\/drill\.md|goals\.|databases\.|waives\.)|assumed:/,
      );
    }
  });

  test.each<[what: string, of: () => Platform, change: Change, message: RegExp]>([
    [
      'the goal is below what the parts add up to',
      () => promising({ timeMinutes: 28 }),
      {},
      /^time is 1700 s and goals\.recovery\.timeMinutes allows 1680 s: the loss is noticed 300 s \+ somebody on call agrees 600 s \+ .*; shorten a part/,
    ],
    [
      'what is waived takes too long',
      () => waiving({ searches: waiver(2) }),
      {},
      /^time is 1820 s .*without searches 120 s/,
    ],
    [
      'the loss is noticed later',
      () => platform,
      aws(/^EdgeErrors/, { EvaluationPeriods: 10 }),
      /the loss is noticed 600 s/,
    ],
    ['nobody is called', () => platform, aws(/^EdgeErrors/, { AlarmActions: [] }), /the loss is noticed Infinity s/],
    [
      'pods start slowly',
      () => platform,
      withText(/rollout-order/, '"failureThreshold":12', '"failureThreshold":48'),
      /pods are ready 260 s/,
    ],
    [
      'names are kept for long',
      () => platform,
      aws(/^RecordsName/, { TTL: 300 }),
      /resolvers forget the primary 300 s/,
    ],
    [
      'no record is there',
      () => platform,
      aws(/^RecordsName/, undefined),
      /names lead to the recovery site Infinity s/,
    ],
  ])('fails when %s', (_, of, change, message) => {
    expect(messages('time', of(), changed(outputs, change))).toEqual([expect.stringMatching(message)]);
  });

  test('is shorter with health checks, records that fail over, and nodes that stand', () => {
    const stack = outputs.primary.assembly.stacks.find(({ name }) => name.endsWith('/Edge'));
    const record = stack?.resources.find(({ logicalId }) => logicalId.startsWith('RecordsName'));
    if (record === undefined) throw new Error('the domain must have a record');
    const made = (logicalId: string, type: string, properties: JsonObject) => ({
      ...record,
      logicalId,
      type,
      properties,
    });
    const check = (id: string, config: JsonObject) =>
      made(id, 'AWS::Route53::HealthCheck', { HealthCheckConfig: config });
    const added = [
      check('HealthEdge', { Type: 'HTTPS', RequestInterval: 10, FailureThreshold: 3 }),
      check('HealthDatabase', {
        Type: 'CLOUDWATCH_METRIC',
        AlarmIdentifier: { Name: 'retailflow-production-store-silent', Region: 'ap-southeast-1' },
      }),
      check('HealthPrimary', { Type: 'CALCULATED' }),
      made('RecordsSecond', record.type, { ...record.properties, SetIdentifier: 'recovery', Weight: 0 }),
    ];
    const better = changed(outputs, {
      ...aws(/^RecordsName/, { HealthCheckId: { Ref: 'HealthPrimary' } }),
      azure: (each) =>
        each.type === 'azurerm_kubernetes_cluster_node_pool'
          ? { ...each, arguments: { ...each.arguments, min_count: 36 } }
          : each,
    });
    const checked = withStacks(
      better,
      better.primary.assembly.stacks.map((each) =>
        each.name === stack?.name ? { ...each, resources: [...each.resources, ...added] } : each,
      ),
    );
    expect(
      recoveryTime(checked, platform)
        ?.parts.slice(0, 8)
        .map(({ seconds }) => seconds),
    ).toEqual([180, 600, 300, 65, 7, 0, 80, 0]);
  });

  test('fails when none is promised', () => {
    expect(messages('time', { ...platform, goals: { ...platform.goals, recovery: undefined } })).toEqual([
      expect.stringContaining('must be promised by goals.recovery'),
    ]);
  });

  test.each([
    [[], 1, { seconds: 0, goalSeconds: 60 }],
    [[1.5, 2], 0.5, { seconds: 3.5, goalSeconds: 30 }],
    [[Infinity, 2], 0, { seconds: Infinity, goalSeconds: 0 }],
  ])('adds %j', (seconds, goal, expected) => {
    expect(
      sumOf(
        seconds.map((each) => ({ part: 'a part', seconds: each, source: 'here' })),
        goal,
      ),
    ).toMatchObject(expected);
  });
});

describe('recovery point', () => {
  test.each<[what: string, of: () => Platform, change: Change, message: RegExp]>([
    [
      'the goal is below what the drill measured',
      () => promising({ databasePointMinutes: 0.02 }),
      {},
      /is 2\.1 s and the definition allows 1\.2 s: replication is behind 2\.1 s/,
    ],
    [
      'nothing watches the lag',
      () => platform,
      aws(/SlotLagHigh/, undefined),
      /must be watched by an alarm of at most 60 s that calls people, got none/,
    ],
    [
      'the alarm comes later than the goal',
      () => platform,
      aws(/SlotLagHigh/, { Threshold: 90 }),
      /must be watched by an alarm of at most 60 s that calls people, got 90 s/,
    ],
    [
      'objects have a goal and nobody works off their changes',
      () => platform,
      aws(/ObjectCopiesCopierMessages/, undefined),
      /must be copied within 15 min, and nothing in cdk\.out copies them/,
    ],
    [
      'copies wait for longer than the goal before anybody is called',
      () => platform,
      aws(/ObjectCopiesLate/, { Threshold: 900 }),
      /is 1020 s and the definition allows 900 s: a copy waits before people are called 1020 s/,
    ],
    [
      'nobody is called when copies wait',
      () => platform,
      aws(/ObjectCopiesLate/, undefined),
      /must be watched by an alarm that calls people when copies wait, got none/,
    ],
    [
      'messages are not kept',
      () => platform,
      withText(/configmap-store-/, 'mainstay_outbox', 'box'),
      /must be kept in outboxes/,
    ],
  ])('fails when %s', (_, of, change, message) => {
    expect(messages('point', of(), changed(outputs, change))).toContainEqual(expect.stringMatching(message));
  });
});

describe('waivers', () => {
  test.each<[what: string, of: () => Platform, message: RegExp]>([
    [
      'a goal depends on it',
      () => waiving({ edge: waiver(0) }),
      /^edge is waived, and goals\.cacheHitPercent \(92\) depends on it: without edge\.certificate, .*build it, or take the goal away/,
    ],
    [
      'a goal of recovery depends on it',
      () => waiving({ objects: waiver(0) }),
      /^objects is waived, and goals\.recovery\.objectsPointMinutes \(15\) depends on it: without objects\.archive, objects\.assets, objects\.exports/,
    ],
    [
      'it is there all the same',
      () => waiving({ backups: waiver(0) }),
      /^backups\.store is waived, and stands on the recovery site/,
    ],
  ])('fail when %s', (_, of, message) => {
    expect(messages('parity', of())).toContainEqual(expect.stringMatching(message));
  });

  test('fail when the primary has nothing to waive', () => {
    const noSearch = changed(outputs, {
      aws: (each) => (each.type === 'AWS::OpenSearchService::Domain' ? undefined : each),
    });
    expect(messages('parity', platform, noSearch)).toEqual([
      'searches is waived, and the primary has none: take the waiver away',
    ]);
  });

  test('are what a capability may be missing by', () => {
    const { recovery } = platform.stage.sites;
    const { searches: _, ...waives } = recovery?.waives ?? {};
    const of = {
      ...platform,
      stage: {
        ...platform.stage,
        sites: { ...platform.stage.sites, recovery: { ...recovery, waives } as typeof recovery },
      },
    };
    expect(messages('parity', of)).toEqual([
      expect.stringMatching(
        /^searches\.products stands on the primary .* and not on the recovery site: build it there, or waive it with a reason/,
      ),
    ]);
  });
});

test('a review holds what every check finds', () => {
  const worse = changed(outputs, {
    aws: (each) => (/SlotLagHigh|^LinkDataSubnet2Route|^EdgeErrors/.test(each.logicalId) ? undefined : each),
    azure: (each) =>
      each.type === 'azurerm_managed_redis'
        ? { ...each, arguments: { ...each.arguments, sku_name: 'Balanced_B1' } }
        : each,
    cluster: (each) => (/rollout-order/.test(each.file) ? undefined : each),
  });
  const all = Object.values(checks).flatMap((check) => check(worse, platform));
  const { findings } = reviewRecovery(worse, platform);
  expect(new Set(findings.map(({ rule }) => rule))).toEqual(new Set(['capacity', 'goals', 'network', 'parity']));
  expect(findings.map(({ message }) => message).sort()).toEqual(all.map(({ message }) => message).sort());
});
