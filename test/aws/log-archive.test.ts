import { AccessLogBucket } from '../../lib/aws/access-log-bucket';
import { LogArchive } from '../../lib/aws/log-archive';
import { encryptedLogGroup } from '../../lib/aws/log-group';
import { findings, surroundings, templateOf, testStack } from '../support/aws';
import { only } from '../support/template';

const stack = testStack();
const { alarms, key } = surroundings(stack);
const archive = new LogArchive(stack, 'Archive', {
  key,
  days: 365,
  protected: true,
  logDays: 30,
  accessLogs: new AccessLogBucket(stack, 'AccessLogs', { days: 30 }).bucket,
  alarms,
});
const group = encryptedLogGroup(stack, 'Lines', { key, days: 30 });
archive.keep(group, 'Archived', group);
const template = templateOf(archive);
const alarm = (id: string) => only(template, 'AWS::CloudWatch::Alarm', id).properties;

test('copies every line of a group', () => {
  expect(only(template, 'AWS::Logs::SubscriptionFilter').properties).toMatchObject({
    FilterPattern: '',
    DestinationArn: { 'Fn::GetAtt': [only(template, 'AWS::KinesisFirehose::DeliveryStream').logicalId, 'Arn'] },
  });
});

test.each([
  ['Refused', 'DeliveryErrors', 1],
  ['Throttled', 'DeliveryThrottling', 3],
])('calls somebody when what is copied is %s on its way', (name, metric, periods) => {
  expect(alarm(`LinesArchived${name}`)).toMatchObject({
    Namespace: 'AWS/Logs',
    MetricName: metric,
    Statistic: 'Sum',
    Period: 300,
    EvaluationPeriods: periods,
    DatapointsToAlarm: periods,
    Threshold: 1,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    TreatMissingData: 'notBreaching',
    AlarmActions: [{ Ref: only(template, 'AWS::SNS::Topic').logicalId }],
  });
  expect(alarm(`LinesArchived${name}`)['Dimensions']).toEqual([
    { Name: 'DestinationType', Value: 'Firehose' },
    { Name: 'FilterName', Value: { Ref: only(template, 'AWS::Logs::SubscriptionFilter').logicalId } },
    { Name: 'LogGroupName', Value: { Ref: only(template, 'AWS::Logs::LogGroup', 'Lines').logicalId } },
  ]);
});

test('calls somebody when what arrived waits', () => {
  expect(alarm('ArchiveLate')).toMatchObject({ MetricName: 'DeliveryToS3.DataFreshness', Threshold: 1800 });
});

test('has no finding that is not answered', () => {
  expect(findings(archive)).toEqual([]);
});
