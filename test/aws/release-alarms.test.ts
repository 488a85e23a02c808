import { releaseAlarmNames } from '../../lib/aws/release-alarms';
import { evaluate, type MetricQuery, type Minute } from '../support/metric-math';
import { resolved, retailflowWith } from '../support/platform';
import { madeService } from '../support/service-world';
import { allOf, only, type Resource } from '../support/template';

/** One minute of a target group; what is not given has no data. */
interface Seen {
  readonly requests?: number;
  readonly failures?: number;
  readonly refused?: number;
  readonly seconds?: number;
}

const words: Readonly<Record<string, keyof Seen>> = {
  RequestCount: 'requests',
  HTTPCode_Target_5XX_Count: 'failures',
  TargetConnectionErrorCount: 'refused',
  TargetResponseTime: 'seconds',
};

/** What an alarm makes of one minute of both groups. */
function reading({ properties }: Resource, blue: Seen, green: Seen): Minute {
  return evaluate(properties['Metrics'] as readonly MetricQuery[], ({ Metric }) => {
    const group = JSON.stringify(Metric.Dimensions.find(({ Name }) => Name === 'TargetGroup'));
    const word = words[Metric.MetricName];
    if (word === undefined) throw new Error(`nobody expects ${Metric.MetricName}`);
    return (group.includes('Green') ? green : blue)[word];
  });
}

const { template } = madeService('order');
const alarm = (name: string) => only(template, 'AWS::CloudWatch::Alarm', `SubjectTrafficRelease${name}`);
const errors = alarm('Errors');
const latency = alarm('Latency');

describe('the alarm on errors of a release', () => {
  test.each<[string, Seen, Seen, Minute]>([
    ['both versions are well', { requests: 9500, failures: 0 }, { requests: 500, failures: 0 }, 0],
    [
      'a canary that fails is seen, however many requests the stable version answers',
      { requests: 9500, failures: 0 },
      { requests: 500, failures: 50 },
      10,
    ],
    ['a stable version that fails is seen', { requests: 1000, failures: 20 }, { requests: 100, failures: 0 }, 2],
    ['requests that find no process have failed', { requests: 1000 }, { requests: 100, failures: 1, refused: 4 }, 5],
    ['50 requests are enough to say something', { requests: 950 }, { requests: 50, failures: 5 }, 10],
    ['49 requests say nothing', { requests: 951 }, { requests: 49, failures: 49 }, 0],
    ['a version without tasks says nothing', { requests: 1000, failures: 30 }, {}, 3],
    ['the newest minute, which has no data yet, says nothing', {}, {}, 0],
  ])('%s', (_title, blue, green, expected) => {
    expect(reading(errors, blue, green)).toBe(expected);
  });

  test('takes the greater of the two figures and no sum', () => {
    const [returned] = (errors.properties['Metrics'] as readonly MetricQuery[]).filter(
      ({ ReturnData }) => ReturnData === true,
    );
    expect(returned?.Expression).toBe('MAX([errors0,errors1])');
  });

  test('goes off above the percentage of the definition', () => {
    expect(errors.properties).toMatchObject({ Threshold: 0.5, ComparisonOperator: 'GreaterThanThreshold' });
  });
});

describe('the alarm on latency of a release', () => {
  test.each<[string, Seen, Seen, Minute]>([
    ['seconds become milliseconds', { requests: 1000, seconds: 0.25 }, {}, 250],
    ['the slower version counts', { requests: 950, seconds: 0.25 }, { requests: 50, seconds: 1.5 }, 1500],
    ['too few requests say nothing', { requests: 950, seconds: 0.25 }, { requests: 49, seconds: 9 }, 250],
    ['the newest minute, which has no data yet, says nothing', {}, {}, 0],
  ])('%s', (_title, blue, green, expected) => {
    expect(reading(latency, blue, green)).toBe(expected);
  });

  test('goes off above the milliseconds of the definition', () => {
    expect(latency.properties).toMatchObject({ Threshold: 1000, ComparisonOperator: 'GreaterThanThreshold' });
  });

  test('reads the 95th percentile', () => {
    const stats = (latency.properties['Metrics'] as readonly MetricQuery[]).flatMap(({ MetricStat }) =>
      MetricStat?.Metric.MetricName === 'TargetResponseTime' ? [MetricStat.Stat] : [],
    );
    expect(stats).toEqual(['p95', 'p95']);
  });
});

describe.each([
  ['errors', errors],
  ['latency', latency],
])('the alarm on %s of a release', (word, { properties }) => {
  test('needs two minutes of three, because the newest has no data yet', () => {
    expect(properties).toMatchObject({ EvaluationPeriods: 3, DatapointsToAlarm: 2 });
  });

  test('takes silence for peace', () => {
    expect(properties['TreatMissingData']).toBe('notBreaching');
  });

  test('reads minute by minute', () => {
    const periods = properties['Metrics'].flatMap(
      ({ MetricStat }: { MetricStat?: { Period: number } }) => MetricStat?.Period ?? [],
    );
    expect([...new Set(periods)]).toEqual([60]);
  });

  test('has a name, by which ECS knows it', () => {
    expect(properties['AlarmName']).toBe(`retailflow-production-order-release-${word}`);
  });

  test('tells somebody, with the runbook', () => {
    expect(properties['AlarmActions']).toHaveLength(1);
    expect(properties['AlarmDescription']).toContain('docs/runbooks/release.md');
  });
});

test('a service that is released in place is watched in its one group', () => {
  const rolling = { kind: 'rolling', steps: null, bakeMinutes: null, acceptTwoPhases: null };
  const platform = resolved(retailflowWith({ services: { order: { release: rolling } } }));
  const alarms = allOf(madeService('order', platform).template, 'AWS::CloudWatch::Alarm').filter(
    ({ properties }) => 'AlarmName' in properties,
  );
  const [errorAlarm] = alarms;
  expect(alarms).toHaveLength(2);
  expect(
    errorAlarm === undefined ? undefined : reading(errorAlarm, { requests: 100, failures: 1 }, { failures: 99 }),
  ).toBe(1);
});

test('names are the same wherever they are made', () => {
  expect(releaseAlarmNames('shop-production-order')).toEqual({
    errors: 'shop-production-order-release-errors',
    latency: 'shop-production-order-release-latency',
  });
});

describe('the alarm on errors above the stable version', () => {
  const canary = {
    kind: 'canary',
    steps: [{ percent: 5, minutes: 15 }],
    acceptTwoPhases: null,
    rollback: { errorPercent: 2, errorsAbove: 'stable', minimumRequests: 50 },
  };
  const { template: compared } = madeService(
    'order',
    resolved(retailflowWith({ services: { order: { release: canary } } })),
  );
  const above = only(compared, 'AWS::CloudWatch::Alarm', 'SubjectTrafficReleaseErrors');

  test.each<[string, Seen, Seen, Minute]>([
    [
      'what both do alike is no fault of the release',
      { requests: 1900, failures: 95 },
      { requests: 100, failures: 5 },
      0,
    ],
    ['a canary that is worse is seen', { requests: 1900, failures: 19 }, { requests: 100, failures: 4 }, 3],
    ['whichever group it runs in', { requests: 100, failures: 4 }, { requests: 1900, failures: 19 }, 3],
    ['a canary that mends is not', { requests: 1900, failures: 190 }, { requests: 100, failures: 1 }, -9],
    ['requests that find no process have failed', { requests: 1900 }, { requests: 100, refused: 3 }, 3],
    ['a canary with 49 requests is not compared', { requests: 931, failures: 0 }, { requests: 49, failures: 49 }, 0],
    ['when everything has moved, the share of the new one counts', {}, { requests: 2000, failures: 60 }, 3],
    ['with no release, the share of the one that there is', { requests: 2000, failures: 60 }, {}, 3],
    ['the newest minute, which has no data yet, says nothing', {}, {}, 0],
  ])('%s', (_title, blue, green, expected) => {
    expect(reading(above, blue, green)).toBe(expected);
  });

  test('goes off above the points of the definition', () => {
    expect(above.properties).toMatchObject({
      Threshold: 2,
      ComparisonOperator: 'GreaterThanThreshold',
      EvaluationPeriods: 3,
      DatapointsToAlarm: 2,
      AlarmName: 'retailflow-production-order-release-errors',
    });
  });
});
