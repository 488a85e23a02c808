import { aws_s3 as s3, Tags } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { byName } from '../platform/by-name';
import type { Walked } from '../platform/journeys';
import type { Journey as Spec, Walks } from '../platform/nouns/journeys';
import { acknowledge } from './acknowledge';
import type { Alarms } from './alarms';
import { Journey } from './journey';
import { logLifecycle, privateBucket } from './private-bucket';

export interface JourneysProps {
  readonly platform: Walked;
  readonly journeys: Readonly<Record<string, Spec>>;
  readonly walks: Pick<Walks, 'everyMinutes' | 'keepDays'>;
  /** Encrypts what walks saw. */
  readonly key: kms.IKey;
  /** Of the region from which journeys are walked. */
  readonly alarms: Alarms;
}

/**
 * Every journey of a platform, walked from the region of the stack: by CloudWatch Synthetics, each with a role of its own. What
 * walks saw lies in a bucket that nobody outside reads, and leaves when its time has come.
 */
export class Journeys extends Construct {
  public readonly bucket: s3.Bucket;
  /** By name. */
  public readonly journeys: Readonly<Record<string, Journey>>;

  public constructor(scope: Construct, id: string, props: JourneysProps) {
    super(scope, id);
    const { alarms, journeys, key, platform, walks } = props;
    this.bucket = this.makeBucket(key, walks.keepDays);
    this.journeys = byName(
      Object.entries(journeys),
      'Journey',
      (part, name, spec) =>
        new Journey(this, part, {
          name,
          platform,
          spec,
          walks,
          bucket: this.bucket,
          key,
          alarms,
        }),
    );
    Tags.of(this).add('data-class', 'internal');
  }

  private makeBucket(key: kms.IKey, keepDays: number): s3.Bucket {
    const bucket = privateBucket(this, 'Bucket', {
      encryption: s3.BucketEncryption.KMS,
      encryptionKey: key,
      lifecycleRules: logLifecycle(keepDays),
    });
    const seen = 'It holds what walks of the last weeks say of themselves, and no answer; the next walk says it again.';
    acknowledge(bucket, {
      'AwsSolutions-S1': seen,
      'NIST.800.53.R5-S3BucketLoggingEnabled': seen,
      'PCI.DSS.321-S3BucketLoggingEnabled': seen,
      'NIST.800.53.R5-S3BucketReplicationEnabled': seen,
      'PCI.DSS.321-S3BucketReplicationEnabled': seen,
    });
    return bucket;
  }
}
