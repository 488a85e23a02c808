import { Duration } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { failedShare, latency, requests, slowShare, type Reading } from '../../lib/aws/traffic-metrics';
import { trafficOf } from '../support/figures';
import { evaluateMetric } from '../support/metric-math';

const reading: Reading = { period: Duration.minutes(5), label: 'a label' };
const one = trafficOf('order');
const two = trafficOf('order', 2);
const gateway = { ...one, refusedBy: 'app/shop/1' };

/** Every metric that an expression reads, by id: metric, statistic and the target group that it is of. */
function reads(metric: cloudwatch.IMetric): Readonly<Record<string, string>> {
  const inner = metric.toMetricConfig().mathExpression?.usingMetrics ?? {};
  return Object.fromEntries(
    Object.entries(inner).flatMap(([id, each]) => {
      const { metricStat } = each.toMetricConfig();
      if (metricStat === undefined) return Object.entries(reads(each));
      const group = metricStat.dimensions?.find(({ name }) => name === 'TargetGroup')?.value ?? 'balancer';
      return [[id, `${metricStat.metricName} ${metricStat.statistic} ${String(group)}`]];
    }),
  );
}

const evaluate = (metric: cloudwatch.IMetric, values: Readonly<Record<string, number>>) =>
  evaluateMetric(metric, (id) => values[id]);

describe('requests', () => {
  test('are those of all target groups', () => {
    expect(reads(requests(two, reading))).toEqual({
      requests0: 'RequestCount Sum targetgroup/order/0',
      requests1: 'RequestCount Sum targetgroup/order/1',
    });
    expect(evaluate(requests(two, reading), { requests0: 70, requests1: 30 })).toBe(100);
  });
});

describe('failedShare', () => {
  test('reads answers with 5xx and connections that failed', () => {
    expect(reads(failedShare(one, reading))).toEqual({
      requests0: 'RequestCount Sum targetgroup/order/0',
      failures0: 'HTTPCode_Target_5XX_Count Sum targetgroup/order/0',
      unreached0: 'TargetConnectionErrorCount Sum targetgroup/order/0',
    });
  });

  test('reads what the load balancer turned away for the gateway only', () => {
    expect(reads(failedShare(gateway, reading))['refused']).toBe('HTTPCode_ELB_5XX_Count Sum balancer');
    expect(reads(failedShare(two, reading))).not.toHaveProperty('refused');
  });

  test.each([
    ['both groups are added up', two, { requests0: 900, failures0: 9, requests1: 100, failures1: 1 }, 1],
    ['connections that failed count', one, { requests0: 1000, failures0: 10, unreached0: 10 }, 2],
    ['nothing fails', one, { requests0: 1000 }, 0],
    ['everything fails', one, { requests0: 50, failures0: 50 }, 100],
    ['a service behind refuses, and the gateway says so', gateway, { requests0: 100, failures0: 20, refused: 20 }, 20],
    ['the gateway fails by itself', gateway, { requests0: 100, failures0: 20 }, 20],
    ['no gateway is left to ask', gateway, { requests0: 0, refused: 80 }, 100],
    ['half the requests find no gateway', gateway, { requests0: 50, refused: 50 }, 50],
  ])('when %s', (_, traffic, values, expected) => {
    expect(evaluate(failedShare(traffic, reading), values)).toBeCloseTo(expected, 9);
  });

  test.each([
    [4, 0],
    [5, 5],
  ])('of %d failures among 100 requests, where five are the fewest that count, is %d', (failures0, expected) => {
    expect(evaluate(failedShare(one, { ...reading, fewestBad: 5 }), { requests0: 100, failures0 })).toBe(expected);
  });
});

describe('slowShare', () => {
  test.each([
    [1000, 'PR(:1)'],
    [800, 'PR(:0.8)'],
    [2500, 'PR(:2.5)'],
  ])('asks how many answers took at most %d ms', (milliseconds, statistic) => {
    expect(reads(slowShare(one, milliseconds, reading))).toEqual({
      answers0: 'TargetResponseTime SampleCount targetgroup/order/0',
      fast0: `TargetResponseTime ${statistic} targetgroup/order/0`,
    });
  });

  test.each([
    ['one group', one, { answers0: 200, fast0: 95 }, 5],
    ['two groups by their weight', two, { answers0: 900, fast0: 100, answers1: 100, fast1: 50 }, 5],
    ['a group without answers', two, { answers0: 200, fast0: 90 }, 10],
  ])('of %s', (_, traffic, values, expected) => {
    expect(evaluate(slowShare(traffic, 800, reading), values)).toBeCloseTo(expected, 9);
  });

  test('is nothing below the fewest that count', () => {
    const metric = slowShare(one, 800, { ...reading, fewestBad: 5 });
    expect(evaluate(metric, { answers0: 10, fast0: 60 })).toBe(0);
    expect(evaluate(metric, { answers0: 10, fast0: 50 })).toBe(50);
  });
});

describe('latency', () => {
  test('is that of the slower group, in milliseconds', () => {
    expect(reads(latency(two, 95, reading))).toEqual({
      seconds0: 'TargetResponseTime p95 targetgroup/order/0',
      seconds1: 'TargetResponseTime p95 targetgroup/order/1',
    });
    expect(evaluate(latency(two, 95, reading), { seconds0: 0.2, seconds1: 0.7 })).toBe(700);
  });
});

describe('figures of the same graph', () => {
  test('differ in every id, and compute the same', () => {
    const ids = (id: string) => Object.keys(reads(failedShare(gateway, { ...reading, id })));
    expect(ids('order').filter((id) => ids('mail').includes(id))).toEqual([]);
    expect(ids('order').every((id) => /^[a-z][A-Za-z0-9_]*$/.test(id))).toBe(true);
    expect(
      evaluate(failedShare(gateway, { ...reading, id: 'mail' }), { mail_requests0: 100, mail_failures0: 20 }),
    ).toBe(20);
  });
});
