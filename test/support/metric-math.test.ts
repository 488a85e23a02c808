import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { evaluate, evaluateMetric, type Minute } from './metric-math';

const minutes: Readonly<Record<string, Minute>> = { one: 1, ten: 10, nothing: undefined };

const compute = (Expression: string): Minute =>
  evaluate(
    [
      { Id: 'result', Expression },
      ...Object.keys(minutes).map((name) => ({
        Id: name,
        ReturnData: false,
        MetricStat: { Stat: 'Sum', Metric: { Namespace: 'n', MetricName: name, Dimensions: [] } },
      })),
    ],
    ({ Metric }) => minutes[Metric.MetricName],
  );

describe('metric math', () => {
  test.each([
    ['one+ten*ten', 101],
    ['(one+ten)*ten', 110],
    ['ten-one-one', 8],
    ['ten/one', 10],
    ['ten/0', undefined],
    ['one+nothing', undefined],
    ['one>=one', 1],
    ['one>=ten', 0],
    ['ten>one', 1],
    ['one>one', 0],
    ['FILL(nothing,7)', 7],
    ['FILL(one,7)', 1],
    ['IF(one>=ten,2,3)', 3],
    ['IF(ten>=one,2,3)', 2],
    ['IF(nothing>=1,2,3)', undefined],
    ['MAX([one,nothing,ten])', 10],
    ['MAX([nothing])', undefined],
    ['SUM([one,nothing,ten])', 11],
  ])('computes %s', (expression, value) => {
    expect(compute(expression)).toBe(value);
  });

  test.each(['one+', 'one one', 'FILL(one,', '(one', 'unknown'])('fails when it cannot read %s', (expression) => {
    expect(() => compute(expression)).toThrow();
  });

  test('fails when more than one query returns data', () => {
    const query = { Expression: '1' };
    expect(() =>
      evaluate(
        [
          { Id: 'a', ...query },
          { Id: 'b', ...query },
        ],
        () => 1,
      ),
    ).toThrow('exactly one');
  });

  test('computes metrics of CDK, one within the other, and asks for the plain ones', () => {
    const plain = (metricName: string) => new cloudwatch.Metric({ namespace: 'n', metricName, statistic: 'Sum' });
    const inner = new cloudwatch.MathExpression({ expression: 'b*2', usingMetrics: { b: plain('B') } });
    const outer = new cloudwatch.MathExpression({
      expression: 'a-double',
      usingMetrics: { a: plain('A'), double: inner },
    });
    const asked: unknown[] = [];
    const value = evaluateMetric(outer, (id, { Metric, Stat }) => {
      asked.push([id, Metric.MetricName, Stat]);
      return id === 'a' ? 10 : 3;
    });
    expect(value).toBe(4);
    expect(asked).toEqual([
      ['a', 'A', 'Sum'],
      ['b', 'B', 'Sum'],
    ]);
    expect(evaluateMetric(plain('A'), () => 7)).toBe(7);
  });
});
