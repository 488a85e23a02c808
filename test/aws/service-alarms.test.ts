import { existsSync } from 'node:fs';
import { evaluate, type MetricQuery } from '../support/metric-math';
import { resolved, retailflowWith } from '../support/platform';
import { madeService } from '../support/service-world';
import { allOf, only } from '../support/template';

const alarmType = 'AWS::CloudWatch::Alarm';
const { template } = madeService('order');
const alarm = (name: string) => only(template, alarmType, `Subject${name}`).properties;

describe('the alarms of a service', () => {
  test('are those that take a release back, and five that call somebody', () => {
    expect(allOf(template, alarmType).map(({ logicalId }) => logicalId.replace(/[0-9A-F]{8}$/, ''))).toEqual([
      'SubjectTrafficReleaseErrors',
      'SubjectTrafficReleaseLatency',
      'SubjectTooFewTasks',
      'SubjectAtMaximum',
      'SubjectHighMemory',
      'SubjectBusyDay',
      'SubjectUnhealthyTasks',
    ]);
  });

  test.each([
    ['too few tasks', 'TooFewTasks', 'RunningTaskCount', 'LessThanThreshold', 3, 5, 5],
    ['the maximum reached', 'AtMaximum', 'DesiredTaskCount', 'GreaterThanOrEqualToThreshold', 30, 15, 15],
    ['memory nearly full', 'HighMemory', 'MemoryUtilization', 'GreaterThanOrEqualToThreshold', 90, 5, 5],
    ['a busy day', 'BusyDay', 'CPUUtilization', 'GreaterThanThreshold', 35, 4, 4],
    ['tasks out of traffic', 'UnhealthyTasks', undefined, 'GreaterThanOrEqualToThreshold', 1, 6, 5],
  ])('tell of %s', (_what, name, metric, comparison, threshold, periods, ofThem) => {
    expect(alarm(name)).toMatchObject({
      ComparisonOperator: comparison,
      Threshold: threshold,
      EvaluationPeriods: periods,
      DatapointsToAlarm: ofThem,
    });
    expect(alarm(name)['MetricName']).toBe(metric);
  });

  test.each([
    ['TooFewTasks', 'breaching'],
    ['AtMaximum', 'notBreaching'],
    ['HighMemory', 'notBreaching'],
    ['UnhealthyTasks', 'notBreaching'],
  ])('%s takes silence as %s', (name, treatment) => {
    expect(alarm(name)['TreatMissingData']).toBe(treatment);
  });

  test.each(['TooFewTasks', 'AtMaximum', 'HighMemory', 'BusyDay'])(
    '%s looks at this service in this cluster',
    (name) => {
      expect(alarm(name)['Dimensions']).toEqual([
        { Name: 'ClusterName', Value: { Ref: 'ClusterC2E21B66' } },
        { Name: 'ServiceName', Value: { 'Fn::GetAtt': [expect.stringMatching(/^SubjectService/), 'Name'] } },
      ]);
    },
  );

  test('take a day in four quarters, and call nobody for it where nothing is promised', () => {
    expect(alarm('BusyDay')).toMatchObject({ Period: 21_600, Statistic: 'Average', TreatMissingData: 'notBreaching' });
    const unpromised = madeService('order', resolved(retailflowWith({ goals: { steadyCpuPercent: null } }))).template;
    expect(allOf(unpromised, alarmType).filter(({ logicalId }) => logicalId.includes('BusyDay'))).toEqual([]);
  });

  test('count tasks out of traffic in both groups', () => {
    const reading = (blue: number | undefined, green: number | undefined) =>
      evaluate(alarm('UnhealthyTasks')['Metrics'] as MetricQuery[], ({ Metric }) =>
        JSON.stringify(Metric.Dimensions).includes('Green') ? green : blue,
      );
    expect([reading(2, undefined), reading(0, 3), reading(1, 1), reading(undefined, undefined)]).toEqual([2, 3, 2, 0]);
  });

  test('count the most that any zone sees out of traffic', () => {
    const stats = (alarm('UnhealthyTasks')['Metrics'] as MetricQuery[]).flatMap(({ MetricStat }) =>
      MetricStat === undefined ? [] : [[MetricStat.Metric.MetricName, MetricStat.Stat]],
    );
    expect(stats).toEqual([
      ['UnHealthyHostCount', 'Maximum'],
      ['UnHealthyHostCount', 'Maximum'],
    ]);
  });

  test('all tell somebody when they begin and when they end', () => {
    const topic = [{ Ref: 'AlarmsTopic3A2DFEBA' }];
    for (const { properties } of allOf(template, alarmType)) {
      expect(properties).toMatchObject({ AlarmActions: topic, OKActions: topic });
      expect(properties).not.toHaveProperty('ActionsEnabled', false);
    }
  });

  test('all name a runbook that there is', () => {
    const runbooks = allOf(template, alarmType).map(
      ({ properties }) =>
        /Runbook: (docs\/runbooks\/[a-z-]+\.md)$/.exec(String(properties['AlarmDescription']))?.[1] ?? '',
    );
    expect([...new Set(runbooks)].sort()).toEqual(['docs/runbooks/release.md', 'docs/runbooks/service.md']);
    expect(runbooks.filter((file) => !existsSync(file))).toEqual([]);
  });
});

test('a service without traffic has no alarm on the load balancer', () => {
  const alarms = allOf(madeService('notification').template, alarmType);
  expect(JSON.stringify(alarms)).not.toContain('ApplicationELB');
  expect(alarms).toHaveLength(4);
});

test('a service of a fixed size is not told that it cannot grow', () => {
  const platform = resolved(retailflowWith({ services: { order: { scale: { min: 3, max: 3 } } } }));
  const alarms = allOf(madeService('order', platform).template, alarmType);
  expect(alarms.filter(({ logicalId }) => logicalId.startsWith('SubjectAtMaximum'))).toEqual([]);
});
