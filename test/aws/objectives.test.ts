import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { burnWindows } from '../../lib/platform/burn-windows';
import { Objectives } from '../../lib/aws/objectives';
import { findings, staleAcknowledgements, surroundings, templateOf, testStack } from '../support/aws';
import { goals, trafficOf } from '../support/figures';

const stack = testStack();
const { alarms } = surroundings(stack);
const traffic = trafficOf('order', 2);
const objectives = new Objectives(stack, 'Objectives', {
  name: 'order',
  prefix: 'shop-production',
  goals,
  traffic,
  alarms,
});
const template = templateOf(stack);
const topic = { Ref: stack.getLogicalId(alarms.topic.node.defaultChild as never) };

interface MetricAlarm {
  readonly Properties: {
    readonly Threshold: number;
    readonly ComparisonOperator: string;
    readonly EvaluationPeriods: number;
    readonly TreatMissingData: string;
    readonly AlarmActions?: unknown;
    readonly Metrics: readonly {
      readonly Expression?: string;
      readonly MetricStat?: { readonly Period: number };
      readonly ReturnData: boolean;
    }[];
  };
}
const windows = template.findResources('AWS::CloudWatch::Alarm') as Readonly<Record<string, MetricAlarm>>;
const windowOf = (id: string): MetricAlarm['Properties'] => {
  const found = Object.entries(windows).filter(([logicalId]) => logicalId.startsWith(`Objectives${id}`));
  expect(found).toHaveLength(1);
  return (found[0] as [string, MetricAlarm])[1].Properties;
};

describe('a second share in a second time', () => {
  const other = testStack('Other');
  const serviceLevel = { percent: 99.7, milliseconds: 2000 };
  const promised = new Objectives(other, 'Objectives', {
    name: 'gateway',
    prefix: 'shop-production',
    goals,
    serviceLevel,
    traffic,
    alarms: surroundings(other).alarms,
  });
  const made = templateOf(other);

  test('is an objective beside the two, with an alarm of its own', () => {
    expect([objectives.serviceLevel, promised.serviceLevel === undefined]).toEqual([undefined, false]);
    const composites = Object.values(made.findResources('AWS::CloudWatch::CompositeAlarm'));
    expect(composites.map(({ Properties }) => Properties.AlarmName as string).sort()).toEqual([
      'shop-production-gateway-slo-availability',
      'shop-production-gateway-slo-latency',
      'shop-production-gateway-slo-service-level',
    ]);
  });

  test.each(burnWindows(99.7))('is spent too fast from $thresholdPercent% over $longMinutes minutes', (window) => {
    const id = `ObjectivesServiceLevel${window.id}Long`;
    const found = Object.entries(made.findResources('AWS::CloudWatch::Alarm')).filter(([each]) => each.startsWith(id));
    expect(found.map(([, { Properties }]) => Properties.Threshold as number)).toEqual([window.thresholdPercent]);
    expect(JSON.stringify(found)).toContain('"Stat":"PR(:2)"');
  });
});

describe('Objectives', () => {
  const pairs = ['Availability', 'Latency'].flatMap((objective) =>
    burnWindows(objective === 'Availability' ? 99.9 : 95).flatMap(
      ({ id, longMinutes, shortMinutes, thresholdPercent }) => [
        { id: `${objective}${id}Long`, minutes: longMinutes, thresholdPercent },
        { id: `${objective}${id}Short`, minutes: shortMinutes, thresholdPercent },
      ],
    ),
  );

  test.each(pairs)('$id looks at $minutes minutes, from $thresholdPercent% on', ({ id, minutes, thresholdPercent }) => {
    const { Metrics, ...alarm } = windowOf(id);
    expect(alarm).toMatchObject({
      Threshold: thresholdPercent,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      EvaluationPeriods: 1,
      TreatMissingData: 'notBreaching',
    });
    expect(new Set(Metrics.flatMap(({ MetricStat }) => MetricStat?.Period ?? []))).toEqual(new Set([60 * minutes]));
    expect(Metrics.filter(({ ReturnData }) => ReturnData)).toEqual([
      expect.objectContaining({ Expression: 'IF(bad>=5,100*bad/all,0)' }),
    ]);
  });

  test('has no window besides, and none with more metrics than CloudWatch takes into an alarm', () => {
    expect(Object.keys(windows)).toHaveLength(pairs.length);
    for (const { Properties } of Object.values(windows)) {
      expect(Properties.Metrics.filter(({ MetricStat }) => MetricStat !== undefined).length).toBeLessThanOrEqual(10);
    }
  });

  test.each(['Availability', 'Latency'])(
    '%s calls when both windows of a pair are beyond the threshold, and when that is over',
    (objective) => {
      const [alarm, ...others] = Object.entries(template.findResources('AWS::CloudWatch::CompositeAlarm'))
        .filter(([id]) => id.startsWith(`Objectives${objective}`))
        .map(([, { Properties }]) => Properties as Readonly<Record<string, unknown>>);
      expect(others).toEqual([]);
      expect(alarm).toMatchObject({
        AlarmName: `shop-production-order-slo-${objective.toLowerCase()}`,
        AlarmDescription: expect.stringMatching(/Runbook: docs\/runbooks\/slo\.md$/),
        AlarmActions: [topic],
        OKActions: [topic],
      });
      const { 'Fn::Join': parts } = (alarm?.['AlarmRule'] ?? {}) as {
        'Fn::Join': [string, (string | { 'Fn::GetAtt': [string] })[]];
      };
      const rule = parts[1]
        .map((part) => (typeof part === 'string' ? part : part['Fn::GetAtt'][0].replace(/[0-9A-F]{8}$/, '')))
        .join('');
      const both = (id: string) =>
        `(ALARM("Objectives${objective}${id}Long") AND ALARM("Objectives${objective}${id}Short"))`;
      expect(rule).toBe(`(${['Fast', 'Steady', 'Slow'].map(both).join(' OR ')})`);
    },
  );

  test('lets no half of a pair call by itself', () => {
    expect(Object.values(windows).filter(({ Properties }) => Properties.AlarmActions !== undefined)).toEqual([]);
  });

  test('names a runbook that exists', () => {
    expect(existsSync(resolve(__dirname, '../../docs/runbooks/slo.md'))).toBe(true);
  });

  test('has no finding that nobody answered, and no answer to none', () => {
    expect(findings(objectives)).toEqual([]);
    expect(staleAcknowledgements(objectives)).toEqual([]);
  });
});
