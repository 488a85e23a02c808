import { aws_iam as iam, aws_s3 as s3, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge';
import { logLifecycle, privateBucket } from './private-bucket';

export interface AccessLogBucketProps {
  /** Logs are kept this long, in days. */
  readonly days: number;
}

/**
 * Where S3 and load balancers of a region write who asked for what. Buckets of the account may log here without further
 * permission, so that no bucket of another stack is ever named in its policy.
 */
export class AccessLogBucket extends Construct {
  public readonly bucket: s3.Bucket;

  public constructor(scope: Construct, id: string, props: AccessLogBucketProps) {
    super(scope, id);
    this.bucket = privateBucket(this, 'Bucket', {
      encryption: s3.BucketEncryption.S3_MANAGED,
      lifecycleRules: logLifecycle(props.days),
    });
    this.admitLogDelivery();
    this.acknowledgeFindings();
  }

  private admitLogDelivery(): void {
    const stack = Stack.of(this);
    this.bucket.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'BucketsLog',
        principals: [new iam.ServicePrincipal('logging.s3.amazonaws.com')],
        actions: ['s3:PutObject'],
        resources: [this.bucket.arnForObjects('*')],
        conditions: {
          StringEquals: { 'aws:SourceAccount': stack.account },
          ArnLike: { 'aws:SourceArn': stack.formatArn({ service: 's3', region: '', account: '', resource: '*' }) },
        },
      }),
    );
  }

  private acknowledgeFindings(): void {
    const encryption = 'Log delivery cannot write with a customer key; the logs are encrypted with the key of S3.';
    const logging = 'This is where access is logged: a log of its own would log itself without end.';
    const replication = 'Logs are read where they were written, and hold no data of the platform.';
    acknowledge(this.bucket, {
      'AwsSolutions-S1': logging,
      'NIST.800.53.R5-S3BucketLoggingEnabled': logging,
      'PCI.DSS.321-S3BucketLoggingEnabled': logging,
      'NIST.800.53.R5-S3DefaultEncryptionKMS': encryption,
      'PCI.DSS.321-S3DefaultEncryptionKMS': encryption,
      'NIST.800.53.R5-S3BucketReplicationEnabled': replication,
      'PCI.DSS.321-S3BucketReplicationEnabled': replication,
    });
  }
}
