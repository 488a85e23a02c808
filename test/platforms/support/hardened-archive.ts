import type { Hardened } from './mutations';

const foreignKey = 'alias/aws/somebody-else';

const copies = /\/Archived\/(Refused|Throttled)$/;

/** Who is called when a copy does not arrive. */
export const hardenedArchiveAlarms: readonly Hardened[] = [
  { where: copies },
  { where: copies, path: 'MetricName', weak: ['ForwardedLogEvents'] },
  { where: copies, path: 'Dimensions', weak: [[]] },
  { where: copies, path: 'Threshold', weak: [1000] },
];

/** What copies log groups to an archive that nobody can shorten. */
export const hardenedArchive: Readonly<Record<string, readonly Hardened[]>> = {
  'AWS::KinesisFirehose::DeliveryStream': [
    {},
    { path: 'DeliveryStreamEncryptionConfigurationInput.KeyARN', weak: [foreignKey] },
    { path: 'ExtendedS3DestinationConfiguration.BucketARN', weak: ['arn:of:somebody:else'] },
    {
      path: 'ExtendedS3DestinationConfiguration.EncryptionConfiguration.KMSEncryptionConfig.AWSKMSKeyARN',
      weak: [foreignKey],
    },
    { path: 'ExtendedS3DestinationConfiguration.CloudWatchLoggingOptions.Enabled' },
  ],
  'AWS::Logs::LogStream': [{}],
  'AWS::Logs::SubscriptionFilter': [
    {},
    { path: 'DestinationArn', weak: ['arn:of:somebody:else'] },
    { path: 'FilterPattern', weak: ['ERROR'] },
    { path: 'RoleArn', weak: ['arn:of:somebody:else'] },
  ],
};
