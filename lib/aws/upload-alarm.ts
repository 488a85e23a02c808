import { aws_cloudwatch as cloudwatch, Duration } from 'aws-cdk-lib';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Bucket } from '../platform/nouns/storage';
import type { Alarms } from './alarms';

export interface UploadAlarmProps {
  /** Name of the part, for people. */
  readonly name: string;
  readonly spec: Pick<Bucket, 'uploadSuccessPercent'>;
  readonly bucket: s3.Bucket;
  readonly alarms: Alarms;
}

/** Requests of S3 are counted by filters; this one lets every request of a bucket through. */
const everything = 'EntireBucket';

/** With fewer requests of uploads an hour, nobody is called. */
const fewestUploads = 200;

/**
 * Has S3 count the requests of a bucket, and calls somebody when less of its uploads succeed than was promised. An upload in parts begins
 * and ends by a POST, and each part is a PUT. S3 does not say of a failure which request it was: all of them count against uploads.
 */
export function raiseUploadAlarm(scope: Construct, { alarms, bucket, name, spec }: UploadAlarmProps): void {
  const { uploadSuccessPercent } = spec;
  if (uploadSuccessPercent === undefined) return;
  bucket.addMetric({ id: everything });
  const period = Duration.hours(1);
  const count = (metricName: string): cloudwatch.IMetric =>
    new cloudwatch.Metric({
      namespace: 'AWS/S3',
      metricName,
      dimensionsMap: { BucketName: bucket.bucketName, FilterId: everything },
      statistic: cloudwatch.Stats.SUM,
      period,
    });
  const uploads = '(FILL(puts, 0)+FILL(posts, 0))';
  alarms.raise(scope, 'Uploads', {
    metric: new cloudwatch.MathExpression({
      expression: `IF(${uploads} >= ${fewestUploads}, 100-100*(FILL(refused, 0)+FILL(failed, 0))/${uploads}, 100)`,
      usingMetrics: {
        puts: count('PutRequests'),
        posts: count('PostRequests'),
        refused: count('4xxErrors'),
        failed: count('5xxErrors'),
      },
      period,
      label: 'uploads that succeed, percent at least',
    }),
    description: `Less than ${uploadSuccessPercent}% of the uploads to bucket ${name} succeed.`,
    runbook: 'uploads',
    threshold: uploadSuccessPercent,
    comparison: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
    periods: 2,
  });
}
