import { about, none, type Row } from '../../support/about';
import type { Expectation } from '../../support/expectations';
import { reference } from '../../support/graph';
import { absent, atLeast, between, containing, eachOneOf, exactly, notContaining, oneOf } from '../../support/matchers';
import { account, key, tlsOnly } from './facts';

/** AWS itself, and nobody else: by its services, and by the account of the region's load balancers. */
const admitted = [
  ...['cloudfront', 'cloudtrail', 'delivery.logs', 'logging.s3'].map((name) => ({ Service: `${name}.amazonaws.com` })),
  { AWS: 'arn:aws:iam::114774131450:root' },
];

const encryption = 'BucketEncryption.ServerSideEncryptionConfiguration[0]';

/** Bucket by bucket: what becomes of its objects with time. */
const kept: readonly Expectation[] = [
  ...about(
    { stack: 'Data', type: 'AWS::S3::Bucket', where: /ArchiveBucket/, count: 1 },
    {
      'the archive goes where it costs least after 90 days': {
        path: 'LifecycleConfiguration.Rules[Id=Cool].Transitions',
        is: exactly({ StorageClass: 'DEEP_ARCHIVE', TransitionInDays: 90 }),
      },
      'the archive never expires': { path: 'LifecycleConfiguration.Rules[Id=Expire]', is: absent },
      'what is archived cannot be removed for a year': {
        path: 'ObjectLockConfiguration.Rule.DefaultRetention',
        is: { Days: 365, Mode: 'GOVERNANCE' },
      },
      'the archive can lock what it holds': { path: 'ObjectLockEnabled', is: true },
    },
  ),
  ...about(
    { stack: 'Data', type: 'AWS::S3::Bucket', where: /ExportsBucket/, count: 1 },
    {
      'exports expire after 90 days': { path: 'LifecycleConfiguration.Rules[Id=Expire].ExpirationInDays', is: 90 },
    },
  ),
  ...about(
    { stack: 'Data', type: 'AWS::S3::Bucket', where: /AssetsBucket/, count: 1 },
    { 'assets never expire': { path: 'LifecycleConfiguration.Rules[Id=Expire]', is: absent } },
  ),
  ...about(
    { stack: 'Data', type: 'AWS::S3::Bucket', count: 3 },
    {
      'versions that were replaced can be had back for 90 days': {
        path: 'LifecycleConfiguration.Rules[Id=Cleanup].NoncurrentVersionExpiration.NoncurrentDays',
        is: 90,
      },
    },
  ),
  ...about(
    { type: 'AWS::S3::Bucket', where: /^(Security|Network|Audit)\// },
    {
      'versions of logs that were replaced go at once': {
        path: 'LifecycleConfiguration.Rules[Id=Cleanup].NoncurrentVersionExpiration.NoncurrentDays',
        is: 1,
      },
      'logs in buckets are kept for a year': {
        path: 'LifecycleConfiguration.Rules[Id=Expire].ExpirationInDays',
        is: 365,
      },
    },
  ),
];

export const bucket: Row = {
  row: 'bucket',
  expectations: [
    ...about(
      { type: 'AWS::S3::Bucket' },
      {
        ...Object.fromEntries(
          (['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'] as const).map(
            (field) => [`every bucket says ${field}`, { path: `PublicAccessBlockConfiguration.${field}`, is: true }],
          ),
        ),
        'every bucket keeps versions': { path: 'VersioningConfiguration.Status', is: 'Enabled' },
        'every bucket forgets uploads that were never finished': {
          path: 'LifecycleConfiguration.Rules[Id=Cleanup].AbortIncompleteMultipartUpload.DaysAfterInitiation',
          is: between(1, 7),
        },
        'what is to be cleaned up in buckets is cleaned up': {
          path: 'LifecycleConfiguration.Rules[*].Status',
          is: 'Enabled',
        },
        'every bucket owns what lies in it': {
          path: 'OwnershipControls.Rules[*].ObjectOwnership',
          is: 'BucketOwnerEnforced',
        },
        'every bucket is encrypted': {
          path: `${encryption}.ServerSideEncryptionByDefault.SSEAlgorithm`,
          is: oneOf('aws:kms', 'AES256'),
        },
        'nobody encrypts objects with a key of their own': {
          path: `${encryption}.BlockedEncryptionTypes.EncryptionType`,
          is: containing('SSE-C'),
        },
        'every bucket outlives its stack': { path: 'DeletionPolicy', is: 'Retain' },
        'every bucket outlives a replacement': { path: 'UpdateReplacePolicy', is: 'Retain' },
        'no bucket is a web site': { path: 'WebsiteConfiguration', is: absent },
        'no bucket has old access lists': { path: 'AccessControl', is: absent },
      },
    ),
    ...about(
      { type: 'AWS::S3::Bucket', where: /^(?!Security\/AccessLogs)/ },
      {
        'every bucket logs who asks for what': {
          path: 'LoggingConfiguration.DestinationBucketName',
          is: reference('Security/AccessLogs/Bucket'),
        },
        'every bucket is encrypted with a customer key': {
          path: `${encryption}.ServerSideEncryptionByDefault.SSEAlgorithm`,
          is: 'aws:kms',
        },
        'every bucket is encrypted with the key of what it holds': {
          path: `${encryption}.ServerSideEncryptionByDefault.KMSMasterKeyID`,
          is: oneOf(key.data, key.logs, key.audit),
        },
        'buckets ask for their key seldom': { path: `${encryption}.BucketKeyEnabled`, is: true },
      },
    ),
    ...about(
      { type: 'AWS::S3::Bucket', through: { type: 'AWS::S3::BucketPolicy', by: 'Bucket' } },
      {
        'every bucket refuses what does not come by TLS': { path: 'PolicyDocument.Statement', is: containing(tlsOnly) },
        'every bucket refuses old TLS': {
          path: 'PolicyDocument.Statement',
          is: containing({ Effect: 'Deny', Condition: { NumericLessThan: { 's3:TlsVersion': 1.2 } } }),
        },
        'nobody gets into a bucket by its policy who is not named': {
          path: 'PolicyDocument.Statement[Effect=Allow].Principal',
          is: eachOneOf(...admitted),
        },
        'the policy of a bucket outlives its stack as the bucket does': { path: 'DeletionPolicy', is: 'Retain' },
        'the policy of a bucket outlives a replacement as the bucket does': {
          path: 'UpdateReplacePolicy',
          is: 'Retain',
        },
      },
    ),
    ...about(
      { stack: 'Data', type: 'AWS::S3::BucketPolicy', where: /AssetsBucket/, count: 1 },
      {
        'the edge reads assets, of this account alone': {
          path: 'PolicyDocument.Statement',
          is: containing({
            Action: 's3:GetObject',
            Principal: { Service: 'cloudfront.amazonaws.com' },
            Condition: {
              StringEquals: { 'aws:SourceAccount': account },
              ArnLike: { 'aws:SourceArn': `arn:aws:cloudfront::${account}:distribution/*` },
            },
          }),
        },
      },
    ),
    ...about(
      { stack: 'Data', type: 'AWS::S3::BucketPolicy', where: /(Archive|Exports)Bucket/, count: 2 },
      {
        'nobody reads archive and exports but by their own permissions': {
          path: 'PolicyDocument.Statement',
          is: notContaining({ Effect: 'Allow' }),
        },
      },
    ),
    ...kept,
    ...[
      'Security/AccessLogs',
      'Network/Network/FlowLogs',
      'Audit/Audit/Trail',
      'Audit/Audit/Config',
      'Data/ArchiveBucket',
      'Data/AssetsBucket',
      'Data/ExportsBucket',
    ].map((path) => ({
      name: `${path} has a bucket`,
      type: 'AWS::S3::Bucket',
      where: new RegExp(`^${path}/Bucket$`),
      count: 1,
    })),
    none({ type: 'AWS::S3::BucketAcl' }, 'no bucket has an access list beside it'),
    ...about(
      { stack: 'Audit', type: 'AWS::S3::Bucket', where: /Trail/, count: 1 },
      {
        'nobody at all removes what the trail has written': {
          path: 'ObjectLockConfiguration.Rule.DefaultRetention.Mode',
          is: 'COMPLIANCE',
        },
        'what the trail has written is kept for a year': {
          path: 'ObjectLockConfiguration.Rule.DefaultRetention.Days',
          is: atLeast(365),
        },
        'the bucket of the trail can lock what it holds': { path: 'ObjectLockEnabled', is: true },
      },
    ),
  ],
};
