import { applyPatch } from '../../../lib/platform/patch';
import type { Definition } from '../../../lib/platform/definition';
import { cadenceProblems, cadencesOf } from '../../../lib/review/goals/cadence';
import { repairsOf } from '../../../lib/review/goals/repairs';
import { rollbacksOf } from '../../../lib/review/goals/rollbacks';
import { secondsIn } from '../../../lib/review/goals/seconds-in';
import { lateProblems } from '../../../lib/review/goals/timed';
import type { Json } from '../../../lib/review/json';
import { clustersOf } from '../../../lib/review/kubernetes/read-cluster';
import shopflow from '../../../platforms/shopflow';
import { resolved } from '../../support/platform';
import { assemblyOf } from '../aws/fixtures';

const platform = resolved(shopflow);
const promising = (goals: object, delivery: object = {}) =>
  resolved(applyPatch(shopflow, { goals, delivery }) as Definition);

const alarm = (properties: object) => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: { AlarmName: 'order-errors', EvaluationPeriods: 3, DatapointsToAlarm: 2, Period: 60, ...properties },
});

/** The service of orders as tasks, released as that says. */
const tasks = (deployment: object, resources: object = { Errors: alarm({}) }) => ({
  aws: assemblyOf({
    id: 'Order',
    resources: {
      Task: {
        Type: 'AWS::ECS::TaskDefinition',
        Properties: { ContainerDefinitions: [{ Environment: [{ Name: 'SERVICE_NAME', Value: 'order' }] }] },
      },
      Target: {
        Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
        Properties: { ResourceId: { 'Fn::GetAtt': ['Service', 'Name'] } },
      },
      Service: {
        Type: 'AWS::ECS::Service',
        Properties: { TaskDefinition: { Ref: 'Task' }, DeploymentConfiguration: deployment },
      },
      ...resources,
    },
  }),
  clusters: [],
});

const metric = { initialDelay: '2m', interval: '2m', failureLimit: 2 };

/** The same as pods. */
const pods = (strategy: object, metrics: readonly object[] = [metric]) => {
  const object = (kind: string, name: string, spec: object): readonly [string, Json] => [
    `eks/order/${kind.toLowerCase()}-${name}.yaml`,
    { apiVersion: 'argoproj.io/v1alpha1', kind, metadata: { name, namespace: 'order' }, spec: spec as unknown as Json },
  ];
  const clusters = clustersOf([
    object('Rollout', 'order', { strategy, template: { metadata: {}, spec: { containers: [] } } }),
    object('AnalysisTemplate', 'release', { metrics }),
  ]);
  return { aws: undefined, clusters };
};
const analysis = { templates: [{ templateName: 'release' }] };
const moved = { trafficRouting: { istio: {} } };

const blueGreen = { Strategy: 'BLUE_GREEN', Alarms: { AlarmNames: ['order-errors'] } };

describe('from a bad release to the version before it', () => {
  const secondsOf = (outputs: ReturnType<typeof tasks> | ReturnType<typeof pods>) =>
    repairsOf(outputs, rollbacksOf(outputs, platform), platform)
      .filter(({ about }) => about.startsWith('services.'))
      .map(({ seconds }) => seconds);

  test.each<readonly [string, ReturnType<typeof tasks> | ReturnType<typeof pods>, readonly number[]]>([
    ['an alarm looks as often as it must', tasks(blueGreen), [60 + 2 * 60 + 60]],
    [
      'an alarm that computes has the periods of its figures',
      tasks(blueGreen, {
        Errors: alarm({
          Period: undefined,
          Metrics: [{ MetricStat: { Period: 60 } }, { MetricStat: { Period: 300 } }, { Expression: 'a/b' }],
        }),
      }),
      [60 + 2 * 300 + 60],
    ],
    [
      'of two alarms the slower counts',
      tasks(
        { ...blueGreen, Alarms: { AlarmNames: ['order-errors', 'order-latency'] } },
        {
          Errors: alarm({}),
          Latency: alarm({ AlarmName: 'order-latency', DatapointsToAlarm: undefined, Period: 120 }),
        },
      ),
      [60 + 3 * 120 + 60],
    ],
    ['an alarm that is named and not there never tells', tasks(blueGreen, {}), [Infinity]],
    ['a release that nothing measures is no promise', tasks({ Strategy: 'BLUE_GREEN' }), []],
    ['the third bad measurement takes pods back', pods({ canary: { ...moved, analysis } }), [2 * 60 + 2 * 120 + 60]],
    [
      'of two figures the slower counts',
      pods({ canary: { ...moved, analysis } }, [metric, { ...metric, interval: '5m' }]),
      [2 * 60 + 2 * 300 + 60],
    ],
    [
      'a figure without an interval is looked at once',
      pods({ canary: { ...moved, analysis } }, [{ failureLimit: 2 }]),
      [Infinity],
    ],
    ['two fleets of pods are judged as well', pods({ blueGreen: { postPromotionAnalysis: analysis } }), [420]],
    [
      'a template that is not there measures nothing',
      pods({ canary: { ...moved, analysis: { templates: [{ templateName: 'other' }] } } }),
      [Infinity],
    ],
  ])('%s', (_, outputs, seconds) => {
    expect(secondsOf(outputs)).toEqual(seconds);
  });
});

test('a database whose writer is lost takes as long as its topology', () => {
  const repairs = repairsOf({ aws: undefined, clusters: [] }, [], platform);
  expect(repairs.map(({ about, goalSeconds, seconds }) => [about, seconds, goalSeconds])).toEqual([
    ['databases.payments', 60, 480],
    ['databases.store', 60, 480],
  ]);
});

test('what takes longer than promised is refused with its sum', () => {
  const outputs = tasks(blueGreen);
  const late = lateProblems(
    'repairs',
    repairsOf(outputs, rollbacksOf(outputs, platform), promising({ repairMinutes: 3 })),
    'be faster',
  );
  expect(late.map(({ about, message }) => `${about} ${message}`)).toEqual([
    expect.stringMatching(
      /^services\.order takes 240 s and goals\.repairMinutes allows 180 s: .* 180 s \+ .* 60 s; be faster/,
    ),
  ]);
});

describe('releases that can begin in a week', () => {
  const always = promising({}, { releaseHours: null });
  const weekly = (outputs: ReturnType<typeof tasks> | ReturnType<typeof pods>, of = always) =>
    cadencesOf(outputs, of).map(({ releaseMinutes, weekly: most }) => [releaseMinutes, most]);
  const hours = (days: readonly string[], from: string, until: string) =>
    promising({}, { releaseHours: { days, from, until, timeZone: 'Europe/Berlin' } });

  test.each<readonly [string, ReturnType<typeof tasks> | ReturnType<typeof pods>, number, number]>([
    ['two fleets', tasks({ ...blueGreen, BakeTimeInMinutes: 15 }), 15, 672],
    ['tasks that are replaced', tasks({}), 10, 1008],
    [
      'a canary',
      tasks({ CanaryConfiguration: { CanaryPercent: 5, CanaryBakeTimeInMinutes: 720 }, BakeTimeInMinutes: 60 }),
      780,
      13,
    ],
    [
      'equal steps',
      tasks({ LinearConfiguration: { StepPercent: 30, StepBakeTimeInMinutes: 10 }, BakeTimeInMinutes: 5 }),
      45,
      224,
    ],
    [
      'pauses of pods',
      pods({ canary: { steps: [{ setWeight: 5 }, { pause: { duration: '30m' } }, { pause: { duration: '1h' } }] } }),
      90,
      112,
    ],
    ['a pause that waits for a person', pods({ canary: { steps: [{ pause: {} }] } }), Infinity, 1],
    [
      'two fleets of pods',
      pods({ blueGreen: { postPromotionAnalysis: analysis } }, [{ ...metric, count: 14 }]),
      30,
      336,
    ],
  ])('%s', (_, outputs, minutes, most) => {
    expect(weekly(outputs)).toEqual([[minutes, most]]);
  });

  test.each<readonly [string, Parameters<typeof hours>, number, number]>([
    ['begin in the hours alone', [['monday', 'friday'], '09:00', '10:00'], 20, 6],
    ['end after them', [['monday', 'friday'], '09:00', '10:00'], 45, 4],
    ['keep the next day when they last beyond it', [['monday', 'tuesday', 'wednesday'], '09:00', '10:00'], 1500, 2],
  ])('%s', (_, [days, from, until], minutes, most) => {
    expect(weekly(tasks({ BakeTimeInMinutes: minutes }), hours(days, from, until))).toEqual([[minutes, most]]);
  });

  test('fewer than promised are refused, each with what it takes', () => {
    const promised = promising({ releasesPerWeek: 8 }, { releaseHours: null });
    const problems = (minutes: number) =>
      cadenceProblems(cadencesOf(tasks({ BakeTimeInMinutes: minutes }), promised), promised).map(
        ({ message }) => message,
      );
    expect(problems(1260)).toEqual([]);
    expect(problems(1440)).toEqual([
      expect.stringContaining(
        'is 8 and releases as long as these can begin 7 times a week: services.order 7 of 1440 min',
      ),
    ]);
  });
});

test.each([
  ['90s', 90],
  ['15m', 900],
  ['1h30m', 5400],
  ['', undefined],
  ['5', undefined],
  ['1d', undefined],
  [undefined, undefined],
] as const)('%j is %j seconds', (text, seconds) => {
  expect(secondsIn(text)).toBe(seconds);
});
