import { aws_s3 as s3, Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** What differs between private buckets. */
export interface PrivateBucketProps extends Pick<
  s3.BucketProps,
  'encryption' | 'encryptionKey' | 'lifecycleRules' | 'objectLockDefaultRetention' | 'objectLockEnabled'
> {
  /** Where requests to the bucket are logged. @default - they are not logged */
  readonly accessLogs?: s3.IBucket;
}

/**
 * A bucket that nobody outside reaches: no public access, no access lists, TLS 1.2 or newer, versions, and an encryption
 * that is the platform's own decision. It outlives its stack.
 */
export function privateBucket(scope: Construct, id: string, { accessLogs, ...props }: PrivateBucketProps): s3.Bucket {
  const bucket = new s3.Bucket(scope, id, {
    ...props,
    bucketKeyEnabled: props.encryptionKey !== undefined,
    // A key that clients bring is known to them alone: neither backups nor the platform could read the objects.
    blockedEncryptionTypes: [s3.BlockedEncryptionType.SSE_C],
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    versioned: true,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  bucket.policy?.applyRemovalPolicy(RemovalPolicy.RETAIN);
  if (accessLogs !== undefined) {
    // Not by the L2's property, which writes into the policy of the log bucket: that policy admits the whole account.
    (bucket.node.defaultChild as s3.CfnBucket).loggingConfiguration = {
      destinationBucketName: accessLogs.bucketName,
      targetObjectKeyFormat: { partitionedPrefix: { partitionDateSource: 'EventTime' } },
    };
  }
  return bucket;
}

/** Removes what is left behind: uploads never completed, superseded versions, markers of deleted objects. */
export const cleanup = (days: {
  readonly incompleteUploadDays: number;
  readonly noncurrentDays: number;
}): s3.LifecycleRule => ({
  id: 'Cleanup',
  abortIncompleteMultipartUploadAfter: Duration.days(days.incompleteUploadDays),
  noncurrentVersionExpiration: Duration.days(days.noncurrentDays),
  expiredObjectDeleteMarker: true,
});

/** Lifecycle of logs: each is removed after so many days, and stays removed. */
export const logLifecycle = (days: number): s3.LifecycleRule[] => [
  cleanup({ incompleteUploadDays: 1, noncurrentDays: 1 }),
  { id: 'Expire', expiration: Duration.days(days) },
];
