import { aws_iam as iam, aws_s3 as s3, Duration, Stack, Tags } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { Bucket as BucketSpec } from '../platform/nouns/storage';
import { acknowledge } from './acknowledge';
import { acknowledgeContents } from './acknowledge-contents';
import type { Alarms } from './alarms';
import type { Capability, Reach, Use } from './capability';
import { answerTo, grantKeyUse } from './grants';
import { cleanup, privateBucket } from './private-bucket';
import type { BackedUp } from './restore-test';
import { raiseUploadAlarm } from './upload-alarm';

export interface BucketProps {
  /** Name of the part. */
  readonly name: string;
  readonly spec: BucketSpec;
  /** Encrypts the objects. CloudFront must be allowed to use it where it serves them. */
  readonly key: kms.IKey;
  /** Where requests to the bucket are logged. */
  readonly accessLogs: s3.IBucket;
  readonly alarms: Alarms;
  /** Whether nothing of the stage may be removed by mistake. */
  readonly protected: boolean;
}

type Holds = BucketSpec['holds'];

/**
 * Where cold objects go. Assets stay readable at once, since the edge asks for them; uploads can be had within hours, an
 * archive within two days, each for less money.
 */
const coldClasses: Readonly<Record<Holds, s3.StorageClass>> = {
  assets: s3.StorageClass.GLACIER_INSTANT_RETRIEVAL,
  uploads: s3.StorageClass.GLACIER,
  archive: s3.StorageClass.DEEP_ARCHIVE,
};

/** A year: for so long PCI DSS 10.5.1 wants records kept. */
const lockDays = 365;

/** How a bucket of the platform is set up on AWS. */
export interface BucketSettings {
  readonly lifecycleRules: s3.LifecycleRule[];
  /** Whether versions can be locked. */
  readonly objectLockEnabled: boolean;
  /** How long no version can be removed after it was written. @default - it can be removed */
  readonly objectLockDefaultRetention?: s3.ObjectLockRetention;
}

/**
 * The settings of a bucket. An archive is written once, so in a protected stage its versions are locked until they
 * expire, or for a year: nobody removes them, with whatever stolen or mistaken permission, but the few who may bypass
 * governance. The lock itself is on in every stage, since a bucket cannot lose it again: the protection of a stage changes
 * the retention alone.
 */
export function bucketSettings(spec: BucketSpec, isProtected: boolean): BucketSettings {
  const { coldAfterDays, expireDays, holds } = spec;
  const archived = holds === 'archive';
  return {
    lifecycleRules: [
      cleanup(spec),
      ...(coldAfterDays === undefined
        ? []
        : [
            {
              id: 'Cool',
              transitions: [{ storageClass: coldClasses[holds], transitionAfter: Duration.days(coldAfterDays) }],
            },
          ]),
      ...(expireDays === undefined ? [] : [{ id: 'Expire', expiration: Duration.days(expireDays) }]),
    ],
    objectLockEnabled: archived,
    ...(archived && isProtected
      ? { objectLockDefaultRetention: s3.ObjectLockRetention.governance(Duration.days(expireDays ?? lockDays)) }
      : {}),
  };
}

/** What a use does with the bucket itself, with its objects, and through S3 with the key that encrypts them. */
export interface BucketPermissions {
  readonly bucket: readonly string[];
  readonly objects: readonly string[];
  readonly key: readonly `kms:${string}`[];
}

/** What each use may do. Whoever writes to an archive cannot remove from it. */
export const bucketPermissions = (
  holds: Holds,
): { readonly reads: BucketPermissions; readonly writes: BucketPermissions } => ({
  // Without the list, S3 answers a missing object with "forbidden".
  reads: { bucket: ['s3:ListBucket'], objects: ['s3:GetObject'], key: ['kms:Decrypt'] },
  writes: {
    bucket: [],
    objects: [
      's3:PutObject',
      's3:AbortMultipartUpload',
      's3:ListMultipartUploadParts',
      ...(holds === 'archive' ? [] : ['s3:DeleteObject']),
    ],
    // An upload in parts is put together by reading them.
    key: ['kms:GenerateDataKey', 'kms:Decrypt'],
  },
});

/** A bucket of objects: private, versioned, encrypted, its requests logged. It outlives its stack. */
export class Bucket extends Construct implements Capability {
  public readonly bucket: s3.Bucket;
  /** What AWS Backup backs up. */
  public readonly backedUp: BackedUp;
  public readonly secrets = {};
  public readonly reach: readonly Reach[] = [];
  private readonly key: kms.IKey;
  private readonly spec: BucketSpec;

  public constructor(scope: Construct, id: string, props: BucketProps) {
    super(scope, id);
    this.key = props.key;
    this.spec = props.spec;
    this.bucket = privateBucket(this, 'Bucket', {
      ...bucketSettings(props.spec, props.protected),
      encryption: s3.BucketEncryption.KMS,
      encryptionKey: props.key,
      accessLogs: props.accessLogs,
    });
    this.backedUp = { name: props.name, type: 'S3', arn: this.bucket.bucketArn };
    this.reportChanges();
    raiseUploadAlarm(this, { ...props, bucket: this.bucket });
    if (props.spec.holds === 'assets') this.admitEdge();
    Tags.of(this).add('data-class', props.spec.dataClass);
    const replication =
      'Versions and backups keep the objects; a copy elsewhere is what the recovery site is for, not a second bucket.';
    acknowledge(this.bucket, {
      'NIST.800.53.R5-S3BucketReplicationEnabled': replication,
      'PCI.DSS.321-S3BucketReplicationEnabled': replication,
    });
  }

  public values(): Readonly<Record<string, string>> {
    return { url: `https://${this.bucket.bucketRegionalDomainName}` };
  }

  public grant(grantee: iam.IGrantable, use: Use): void {
    const permissions = answerTo(this.node.path, bucketPermissions(this.spec.holds), use);
    const objects = this.bucket.arnForObjects('*');
    this.allow(grantee, permissions.bucket, this.bucket.bucketArn);
    this.allow(grantee, permissions.objects, objects);
    grantKeyUse(grantee, this.key, {
      through: 's3',
      actions: permissions.key,
      context: { 'aws:s3:arn': this.bucket.bucketArn },
    });
    if (Construct.isConstruct(grantee)) {
      acknowledgeContents(grantee, objects, `Reaches the objects of one bucket, which ${use.service} ${use.kind}.`);
    }
  }

  /** Only while the bucket is the account's own: its name is free to anyone once it is gone. */
  private allow(grantee: iam.IGrantable, actions: readonly string[], resource: string): void {
    if (actions.length === 0) return;
    iam.Grant.addToPrincipal({
      grantee,
      actions: [...actions],
      resourceArns: [resource],
      conditions: { StringEquals: { 'aws:ResourceAccount': Stack.of(this).account } },
    });
  }

  /** AWS Backup follows a bucket's changes by its events. Not by the L2's property, which brings a function along. */
  private reportChanges(): void {
    (this.bucket.node.defaultChild as s3.CfnBucket).notificationConfiguration = {
      eventBridgeConfiguration: { eventBridgeEnabled: true },
    };
  }

  /** Any distribution of the account may read, since naming one would tie this stack to the edge's, and that to this. */
  private admitEdge(): void {
    const stack = Stack.of(this);
    this.bucket.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'EdgeReads',
        principals: [new iam.ServicePrincipal('cloudfront.amazonaws.com')],
        actions: ['s3:GetObject'],
        resources: [this.bucket.arnForObjects('*')],
        conditions: {
          StringEquals: { 'aws:SourceAccount': stack.account },
          ArnLike: {
            'aws:SourceArn': stack.formatArn({
              service: 'cloudfront',
              region: '',
              resource: 'distribution',
              resourceName: '*',
            }),
          },
        },
      }),
    );
  }
}
