import type { Resource, Assembly } from '../../../lib/review/aws/stack';
import type { Platform } from '../../../lib/platform/platform';
import { awsAlone } from '../../../lib/review/goals/outputs';
import { goalsJson, goalsLines, goalsReport } from '../../../lib/review/goals/report';
import { reviewGoals } from '../../../lib/review/goals/review';
import { synthesized } from '../../support/assembly';

const { assembly, platform } = synthesized('shopflow', 'production');
const of = (from: Assembly, promised: Platform = platform) => reviewGoals(awsAlone(from, promised), promised);
const review = of(assembly);
const timedBy = (all: typeof review.starts, about: string) => all.find((each) => each.about === about);

/** The output with some resources of a stack changed, or without them. */
const changed = (stack: string, type: string, change: (resource: Resource) => Resource | undefined): Assembly => ({
  stacks: assembly.stacks.map((each) =>
    each.name.endsWith(`/${stack}`)
      ? {
          ...each,
          resources: each.resources.flatMap((resource) =>
            resource.type === type ? (change(resource) ?? []) : [resource],
          ),
        }
      : each,
  ),
});
const withProperties =
  (properties: Resource['properties']) =>
  (resource: Resource): Resource => ({ ...resource, properties: { ...resource.properties, ...properties } });
/** A change of the text of a state machine. */
const edited =
  (from: RegExp, to: string) =>
  (resource: Resource): Resource =>
    JSON.parse(JSON.stringify(resource).replace(from, to)) as Resource;
const messages = (from: Assembly, promised?: Platform) => of(from, promised).findings.map(({ message }) => message);

describe('what was synthesized', () => {
  test('keeps every promise', () => {
    expect(review.findings).toEqual([]);
    expect(goalsLines(review)).toEqual([
      'a new task serves in 86 s of 90 s',
      'from the least tasks to the most in 326 s of 420 s',
      'undone in 105 ms of 200 ms',
      '12 sizes hold the peak',
    ]);
  });

  test('lets a new task of the hottest service serve in the sum of its parts', () => {
    expect(timedBy(review.starts, 'services.user')?.parts.map(({ part, seconds }) => [part, seconds])).toEqual([
      ['a place for it', 30],
      ['its image', 9],
      ['the image of its collector', 8],
      ['its start', 20],
      ['others know it', 5],
      ['answers that bring it into traffic', 10],
    ]);
    expect(review.starts).toHaveLength(13);
  });

  test('lets 6 tasks become 28 by steps of an alarm, and plans 24 of them for a season', () => {
    expect(timedBy(review.growths, 'services.user')?.parts.map(({ part, seconds }) => [part, seconds])).toEqual([
      ['the rush is noticed', 120],
      ['6 tasks become 28 in 3 steps', 120],
      ['the last of them serve', 82],
    ]);
    expect(review.planned).toContainEqual(
      expect.objectContaining({
        about: 'services.user',
        begins: 'cron(0 5 20 11 ? *) America/New_York',
        tasks: 24,
        serveAfterSeconds: 82,
      }),
    );
  });

  test('plans tasks of the gateway, of whose start nothing is known', () => {
    const gateway = review.planned.filter(({ about }) => about === 'gateway');
    expect(gateway).toEqual([
      expect.objectContaining({
        begins: 'cron(0 5 20 11 ? *) America/New_York',
        tasks: 20,
        serveAfterSeconds: undefined,
      }),
    ]);
    expect(goalsReport(review)).toContain('| gateway | cron(0 5 20 11 ? *) America/New_York | 20 |  |');
  });

  test('undoes the hold whichever later step fails', () => {
    expect(review.undoings.map(({ about, seconds }) => [about, seconds])).toEqual(
      ['take-payment', 'fulfil-order', 'notify-customer'].map((step) => [
        `workflows.order-saga release-stock after ${step}`,
        0.105,
      ]),
    );
  });

  test('holds the peak in every part that everybody goes through', () => {
    expect(review.capacity.map(({ has, needs, what }) => [what, needs, has])).toEqual([
      ['gateway requests a minute', 720_000, 864_000],
      ['services requests a minute, those with routes together', 720_000, 972_000],
      ['services.user requests a minute', 50_000, 252_000],
      ['workflows.order-saga runs a minute', 6400, 9000],
      ['workflows.order-saga states a minute', 64_000, 90_000],
      ['load balancer targets', 368, 1000],
      ['databases.payments connections', 360, 1440],
      ['databases.store connections', 3640, 4500],
      ['caches.products connections', 1360, 65_000],
      ['caches.sessions connections', 1040, 65_000],
      ['caches.sessions sessions', 180_000, 786_432],
      ['streams connections of a broker', expect.any(Number), 3000],
    ]);
  });

  test('costs less where tasks come and go, and on ARM', () => {
    const { fixed, least, most } = review.compute ?? { fixed: 0, least: 0, most: 0 };
    expect(least).toBeGreaterThan(0);
    expect(least).toBeLessThan(0.58 * fixed);
    expect(most / fixed).toBeCloseTo(0.8, 2);
  });

  test('is written for people and for programs, the same each time', () => {
    expect(goalsReport(review)).toContain('| services.user | 82 | 90 |');
    expect(goalsReport(of(assembly))).toBe(goalsReport(review));
    expect(JSON.parse(goalsJson(review))).toMatchObject({ platform: 'shopflow', stage: 'production' });
    expect(goalsJson(review)).not.toContain('findings');
  });
});

const start = 'AWS::ECS::TaskDefinition';
const machine = 'AWS::StepFunctions::StateMachine';
const container = (resource: Resource, change: object): Resource =>
  JSON.parse(JSON.stringify(resource), (key, value: unknown) =>
    key === 'HealthCheck' ? { ...(value as object), ...change } : value,
  ) as Resource;

describe('fails when', () => {
  test.each<[string, Assembly, RegExp]>([
    [
      'a start takes longer',
      changed('Service-User', start, (each) => container(each, { StartPeriod: 60 })),
      /takes 122 s and health\.servesWithinSeconds allows 90 s: a place for it 30 s \+ its image 9 s \+ the image of its collector 8 s \+ its start 60 s/,
    ],
    [
      'a start is bound by nothing',
      changed('Service-User', start, (each) => container(each, { StartPeriod: null })),
      /takes Infinity s and health\.servesWithinSeconds/,
    ],
    [
      'a balancer asks too seldom',
      changed(
        'Service-User',
        'AWS::ElasticLoadBalancingV2::TargetGroup',
        withProperties({ HealthCheckIntervalSeconds: 30 }),
      ),
      /takes 132 s .* answers that bring it into traffic 60 s/,
    ],
    [
      'nobody takes a step',
      changed('Service-User', 'AWS::CloudWatch::Alarm', (each) => (each.path.includes('Busy') ? undefined : each)),
      /takes 442 s and scale\.growsWithinSeconds allows 420 s: the rush is noticed 240 s \+ 6 tasks become 28 in 3 steps/,
    ],
    [
      'the alarm of steps looks for ten minutes',
      changed('Service-User', 'AWS::CloudWatch::Alarm', (each) =>
        each.path.includes('Busy') ? withProperties({ EvaluationPeriods: 10 })(each) : each,
      ),
      /scale\.growsWithinSeconds allows 420 s/,
    ],
    [
      'something waits before the hold is released',
      changed('Workflows', machine, edited(/"Next\\":\\"release-stock\\"/g, '"Next\\":\\"refund-payment\\"')),
      /takes Infinity s and workflows\.order-saga\.steps\.0\.compensates\.withinMilliseconds allows 0\.2 s: .*refund-payment, of type Task, comes before/,
    ],
    [
      'there is no state machine',
      changed('Workflows', machine, () => undefined),
      /takes Infinity s and workflows\.order-saga.* no state machine/,
    ],
    [
      'nobody waits at the queue of commands',
      changed('Workflows', 'AWS::SQS::Queue', withProperties({ ReceiveMessageWaitTimeSeconds: 0 })),
      /nobody waits at the queue Infinity s/,
    ],
    [
      'the queue of commands keeps messages back',
      changed('Workflows', 'AWS::SQS::Queue', withProperties({ DelaySeconds: 1 })),
      /the queue keeps it back 1 s/,
    ],
    [
      'there are fewer tasks at the peak',
      changed('Service-User', 'AWS::ApplicationAutoScaling::ScalableTarget', withProperties({ MaxCapacity: 5 })),
      /must be at least 50000 at the peak, got 45000/,
    ],
    [
      'the gateway passes on less',
      changed('Cluster', 'AWS::ApplicationAutoScaling::ScalableTarget', withProperties({ MaxCapacity: 10 })),
      /must be at least 720000 at the peak, got 360000 .*Cluster: Gateway/,
    ],
    [
      'the pool lets fewer connections through',
      changed(
        'Data',
        'AWS::RDS::DBProxyTargetGroup',
        withProperties({ ConnectionPoolConfigurationInfo: { MaxConnectionsPercent: 50 } }),
      ),
      /must be at least 3640 at the peak, got 2500/,
    ],
  ])('%s', (_, output, message) => {
    expect(messages(output)).toContainEqual(expect.stringMatching(message));
  });

  test('a service that promises a start stands in no output', () => {
    expect(messages(changed('Service-User', 'AWS::ECS::Service', () => undefined))).toContainEqual(
      expect.stringContaining('has promises and no task or pod in any output'),
    );
  });

  test.each<readonly [string, object, RegExp]>([
    ['than a region allows to everybody', {}, /^must be at least 64000 at the peak, got 48000/],
    ['than was granted', { transitionsPerSecond: 1000 }, /got 60000 .*workflows\.order-saga\.peak\.allowed/],
    [
      'and begins more',
      { transitionsPerSecond: 1500, runsPerSecond: 100 },
      /^must be at least 6400 at the peak, got 6000/,
    ],
  ])('the saga enters more states, %s', (_, allowed, message) => {
    const saga = platform.workflows['order-saga'];
    if (saga === undefined) throw new Error('there must be a saga');
    const workflows = { 'order-saga': { ...saga, peak: { runsPerMinute: 6400, allowed } } };
    expect(messages(assembly, { ...platform, workflows })).toEqual([expect.stringMatching(message)]);
  });

  test('tasks alone cost more than everything may', () => {
    const goals = { ...platform.goals, monthlyDollars: 1000 };
    expect(messages(assembly, { ...platform, goals })).toEqual([
      expect.stringMatching(
        /^cost \d+ dollars a month where there are as few as there may be, and goals\.monthlyDollars allows 1000/,
      ),
    ]);
  });
});

test('what nothing is held to is said, and not passed over', () => {
  expect(review.unproved).toEqual([]);
  const silent = of(assembly, { ...platform, goals: { ...platform.goals, requestsPerUser: undefined } });
  expect(silent.capacity.map(({ what }) => what)).toEqual(['services.user requests a minute']);
  const line =
    'goals.concurrentUsers, 180000: nothing is held to it, since goals.requestsPerUser does not say what each of them asks for';
  expect(silent.unproved).toEqual([line]);
  expect(goalsLines(silent)).toContain(`not proved: ${line}`);
  expect(goalsReport(silent)).toContain(`## Not proved\n\n- ${line}`);
  expect(goalsReport(review)).not.toContain('Not proved');
});
