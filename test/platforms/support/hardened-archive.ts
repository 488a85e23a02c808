import type { Hardened } from './mutations';

const foreignKey = 'alias/aws/somebody-else';

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
