import { about, type Row } from './about';
import { reference } from './graph';
import { atLeast, between, like, present } from './matchers';

/** An archive of logs, and where it stands. */
export interface Archived {
  readonly stack: string;
  /** Path of its construct: `Scopes/Cards/Archive`. */
  readonly archive: string;
  readonly days: number;
  /** Log groups that are copied to it. */
  readonly copies: number;
  /** Reference to the key that encrypts it. */
  readonly key: string;
}

/** What is promised of an archive of logs, the only one of a platform, and of every log group that is copied to it. */
export function archived({ archive, copies, days, key, stack }: Archived): Row['expectations'] {
  const within = (path: string) => ({ where: new RegExp(`${archive}/${path}$`), count: 1 });
  return [
    ...about(
      { stack, type: 'AWS::S3::Bucket', ...within('Bucket') },
      {
        'nothing in the archive can be removed before its time, by nobody': {
          path: 'ObjectLockConfiguration.Rule.DefaultRetention',
          is: { Days: days, Mode: 'COMPLIANCE' },
        },
        'the archive is encrypted with its key': {
          path: 'BucketEncryption.ServerSideEncryptionConfiguration[*].ServerSideEncryptionByDefault.KMSMasterKeyID',
          is: key,
        },
        'the archive outlives its stack': { path: 'DeletionPolicy', is: 'Retain' },
        'whoever reads the archive is written down': {
          path: 'LoggingConfiguration.DestinationBucketName',
          is: present,
        },
      },
    ),
    ...about(
      { stack, type: 'AWS::KinesisFirehose::DeliveryStream', count: 1 },
      {
        'logs go to the archive': {
          path: 'ExtendedS3DestinationConfiguration.BucketARN',
          is: reference(`${archive}/Bucket`, 'Arn'),
        },
        'logs are encrypted in the archive with its key': {
          path: 'ExtendedS3DestinationConfiguration.EncryptionConfiguration.KMSEncryptionConfig.AWSKMSKeyARN',
          is: key,
        },
        'logs are encrypted on their way': {
          path: 'DeliveryStreamEncryptionConfigurationInput.KeyARN',
          is: key,
        },
        'logs are on their way for five minutes': {
          path: 'ExtendedS3DestinationConfiguration.BufferingHints.IntervalInSeconds',
          is: between(60, 300),
        },
        'a failed delivery is written down': {
          path: 'ExtendedS3DestinationConfiguration.CloudWatchLoggingOptions.Enabled',
          is: true,
        },
      },
    ),
    { name: 'failed deliveries have lines of their own', stack, type: 'AWS::Logs::LogStream', count: 1 },
    ...about(
      { stack, type: 'AWS::Logs::LogGroup', ...within('Failures') },
      { 'what the archive says of itself is kept': { path: 'RetentionInDays', is: atLeast(365) } },
    ),
    ...about(
      { type: 'AWS::Logs::SubscriptionFilter' },
      {
        'logs are copied to the archive, each line': { path: 'FilterPattern', is: '' },
        'logs are copied to no other place': { path: 'DestinationArn', is: reference(`${archive}/Stream`, 'Arn') },
        'logs are handed over by a role for that alone': {
          path: 'RoleArn',
          is: reference(`${archive}/SourceRole`, 'Arn'),
        },
      },
    ),
    ...[
      ['Refused', 'DeliveryErrors'],
      ['Throttled', 'DeliveryThrottling'],
    ].flatMap(([name, metric = '']) =>
      about(
        { type: 'AWS::CloudWatch::Alarm', where: new RegExp(`/Archived/${name}$`), count: copies },
        {
          [`somebody is called when a copy to the archive meets ${metric}`]: { path: 'MetricName', is: metric },
          [`what meets ${metric} is a copy to the archive`]: {
            path: 'Dimensions[Name=FilterName].Value',
            is: like(/\/Archived\}$/),
          },
          [`${metric} of one line calls`]: { path: 'Threshold', is: 1 },
        },
      ),
    ),
    ...about(
      { stack, type: 'AWS::CloudWatch::Alarm', ...within('Late') },
      {
        'somebody is called when logs do not reach the archive': {
          path: 'MetricName',
          is: 'DeliveryToS3.DataFreshness',
        },
        'the alarm looks at the way to this archive': {
          path: 'Dimensions[Name=DeliveryStreamName].Value',
          is: reference(`${archive}/Stream`),
        },
        'the alarm reaches who is on call': { path: 'AlarmActions', is: [reference('Security/Alarms/Topic')] },
      },
    ),
  ];
}
