import { Match } from 'aws-cdk-lib/assertions';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { raiseUploadAlarm } from '../../lib/aws/upload-alarm';
import { surroundings, templateOf, testStack } from '../support/aws';
import { evaluate, type MetricQuery } from '../support/metric-math';

const made = (uploadSuccessPercent?: number) => {
  const stack = testStack();
  const { alarms } = surroundings(stack);
  const bucket = new s3.Bucket(stack, 'Files');
  raiseUploadAlarm(stack, { name: 'files', spec: { uploadSuccessPercent }, bucket, alarms });
  return templateOf(stack);
};

describe('uploads of which a share is promised', () => {
  const template = made(99.8);

  test('are counted by S3 with everything else of the bucket', () => {
    template.hasResourceProperties('AWS::S3::Bucket', { MetricsConfigurations: [{ Id: 'EntireBucket' }] });
  });

  test('call somebody below it, over two hours', () => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmDescription: Match.stringLikeRegexp('Less than 99.8% of the uploads to bucket files .*runbooks/uploads'),
      Threshold: 99.8,
      ComparisonOperator: 'LessThanThreshold',
      EvaluationPeriods: 2,
      DatapointsToAlarm: 2,
      TreatMissingData: 'notBreaching',
      AlarmActions: [Match.anyValue()],
      Metrics: Match.arrayWith([
        Match.objectLike({
          MetricStat: Match.objectLike({
            Period: 3600,
            Stat: 'Sum',
            Metric: Match.objectLike({
              Namespace: 'AWS/S3',
              MetricName: 'PostRequests',
              Dimensions: [
                { Name: 'BucketName', Value: Match.anyValue() },
                { Name: 'FilterId', Value: 'EntireBucket' },
              ],
            }),
          }),
        }),
      ]),
    });
  });
});

test.each<readonly [string, Readonly<Record<string, number>>, number]>([
  ['all that were asked for', { PutRequests: 900, PostRequests: 100 }, 100],
  [
    'all but the failures of the service and of its clients',
    { PutRequests: 900, PostRequests: 100, '4xxErrors': 1, '5xxErrors': 2 },
    99.7,
  ],
  ['nothing to speak of, of which all count as good', { PutRequests: 100, '5xxErrors': 100 }, 100],
  ['none of many', { PutRequests: 1000, '5xxErrors': 1000 }, 0],
])('the share of uploads is %s', (_, counted, share) => {
  const [alarm] = Object.values(made(99.8).findResources('AWS::CloudWatch::Alarm'));
  const queries = alarm?.['Properties']['Metrics'] as readonly MetricQuery[];
  expect(evaluate(queries, ({ Metric }) => counted[Metric.MetricName])).toBeCloseTo(share);
});

test('uploads of which nothing is promised are not counted, and call nobody', () => {
  const template = made();
  template.resourceCountIs('AWS::CloudWatch::Alarm', 0);
  template.hasResourceProperties('AWS::S3::Bucket', { MetricsConfigurations: Match.absent() });
});
