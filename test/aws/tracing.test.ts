import { Tracing } from '../../lib/aws/tracing';
import { surroundings, templateOf, testStack } from '../support/aws';
import { only } from '../support/template';

const stack = testStack();
const { alarms, key } = surroundings(stack);
const tracing = new Tracing(stack, 'Traces', {
  prefix: 'shop-production',
  spec: { indexedPercent: 100, traceSeconds: 2 },
  logsKey: key,
  logDays: 30,
  alarms,
});
const template = templateOf(tracing);
const read = { Namespace: 'shop-production/tracing', MetricName: 'TraceReadSeconds', Period: 300 };

test('keeps every trace whole and searchable, under the key of logs', () => {
  expect(only(template, 'AWS::XRay::TransactionSearchConfig').properties).toEqual({
    IndexingPercentage: 100,
    CloudWatchLogsConfiguration: { SpansLogGroupKmsKeyId: stack.resolve(key.keyArn) as unknown },
  });
});

test('reads as often as it is looked at', () => {
  expect(only(template, 'AWS::Events::Rule', 'TracesOften').properties).toMatchObject({
    ScheduleExpression: 'rate(5 minutes)',
    State: 'ENABLED',
  });
});

test('calls somebody when reading is slow, and takes what is not read for no slowness', () => {
  expect(only(template, 'AWS::CloudWatch::Alarm', 'TracesSlow').properties).toMatchObject({
    ...read,
    Statistic: 'Maximum',
    Threshold: 2,
    ComparisonOperator: 'GreaterThanThreshold',
    TreatMissingData: 'notBreaching',
    AlarmActions: [expect.anything()],
  });
});

test('calls somebody when nothing was read, whoever is silent: the function, its schedule or X-Ray', () => {
  expect(only(template, 'AWS::CloudWatch::Alarm', 'TracesUnread').properties).toMatchObject({
    ...read,
    Statistic: 'SampleCount',
    Threshold: 1,
    ComparisonOperator: 'LessThanThreshold',
    EvaluationPeriods: 3,
    TreatMissingData: 'breaching',
    AlarmActions: [expect.anything()],
  });
});
