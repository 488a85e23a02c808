import {
  aws_cloudtrail as cloudtrail,
  aws_iam as iam,
  aws_kms as kms,
  aws_s3 as s3,
  Duration,
  RemovalPolicy,
  Stack,
} from 'aws-cdk-lib';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Audit } from '../platform/nouns/audit';
import { acknowledge } from './acknowledge';
import type { Alarms } from './alarms';
import { trailAlarms } from './audit-trail-alarms';
import { serviceStatement } from './key-statements';
import { encryptedLogGroup } from './log-group';
import { logLifecycle, privateBucket } from './private-bucket';

export interface AuditTrailProps {
  readonly spec: Pick<Audit, 'objectEvents' | 'retentionDays'>;
  /** What names of the stage begin with. */
  readonly prefix: string;
  /** Nothing of this stage is removed by mistake: records cannot be deleted by anybody before their time. */
  readonly protected: boolean;
  /** Encrypts the copy in which alarms look. */
  readonly logsKey: kms.IKey;
  /** That copy is kept this long, in days. */
  readonly logDays: number;
  /** Where requests for the records are logged. */
  readonly accessLogs: s3.IBucket;
  readonly alarms: Alarms;
}

const trails = 'cloudtrail.amazonaws.com';

/**
 * Which events a trail records: every call, and requests for objects as far as the stage wants them, except in buckets
 * that hold logs, where each record would make another.
 */
export function eventSelectors(
  objectEvents: Audit['objectEvents'],
  logBuckets: readonly s3.IBucket[],
): cloudtrail.CfnTrail.AdvancedEventSelectorProperty[] {
  const calls = { name: 'Calls', fieldSelectors: [{ field: 'eventCategory', equalTo: ['Management'] }] };
  if (objectEvents === 'none') return [calls];
  return [
    calls,
    {
      name: 'Objects',
      fieldSelectors: [
        { field: 'eventCategory', equalTo: ['Data'] },
        { field: 'resources.type', equalTo: ['AWS::S3::Object'] },
        { field: 'resources.ARN', notStartsWith: logBuckets.map((bucket) => bucket.arnForObjects('')) },
        ...(objectEvents === 'writes' ? [{ field: 'readOnly', equalTo: ['false'] }] : []),
      ],
    },
  ];
}

/**
 * For how long no record can be removed or overwritten. In a protected stage nobody can shorten it, the root user
 * included; elsewhere whoever may bypass governance can.
 */
export function recordLock(
  { retentionDays }: Pick<Audit, 'retentionDays'>,
  isProtected: boolean,
): s3.ObjectLockRetention {
  const duration = Duration.days(retentionDays);
  return isProtected ? s3.ObjectLockRetention.compliance(duration) : s3.ObjectLockRetention.governance(duration);
}

/**
 * The record of every call in the account, in all regions: signed, encrypted with a key of its own, and locked against
 * change. A copy goes to a log group, where alarms look for calls that nobody should make. All of it outlives its stack,
 * and the trail records on.
 */
export class AuditTrail extends Construct {
  public readonly key: kms.Key;
  public readonly bucket: s3.Bucket;
  public readonly logGroup: logs.LogGroup;
  public readonly trail: cloudtrail.CfnTrail;

  public constructor(scope: Construct, id: string, props: AuditTrailProps) {
    super(scope, id);
    this.key = this.makeKey(props);
    this.bucket = this.makeBucket(props);
    this.logGroup = encryptedLogGroup(this, 'Logs', { key: props.logsKey, days: props.logDays });
    this.trail = this.record(props);
    trailAlarms(this, { logGroup: this.logGroup, prefix: props.prefix, alarms: props.alarms });
  }

  private makeKey({ prefix }: AuditTrailProps): kms.Key {
    const key = new kms.Key(this, 'Key', {
      description: `${prefix} audit`,
      alias: `${prefix}/audit`,
      enableKeyRotation: true,
      pendingWindow: Duration.days(30),
      removalPolicy: RemovalPolicy.RETAIN,
    });
    key.addToResourcePolicy(
      serviceStatement({
        sid: 'TrailsEncrypt',
        service: trails,
        // Decryption is for the bucket's own key, which S3 keeps under this one to ask KMS less often.
        actions: ['kms:GenerateDataKey*', 'kms:Decrypt', 'kms:DescribeKey'],
        conditions: this.onlyOurTrails(),
      }),
    );
    return key;
  }

  private makeBucket({ accessLogs, protected: isProtected, spec }: AuditTrailProps): s3.Bucket {
    const bucket = privateBucket(this, 'Bucket', {
      encryption: s3.BucketEncryption.KMS,
      encryptionKey: this.key,
      objectLockEnabled: true,
      objectLockDefaultRetention: recordLock(spec, isProtected),
      lifecycleRules: logLifecycle(spec.retentionDays),
      accessLogs,
    });
    const allow = (sid: string, action: string, resource: string, equal: Readonly<Record<string, string>>) =>
      bucket.addToResourcePolicy(
        new iam.PolicyStatement({
          sid,
          principals: [new iam.ServicePrincipal(trails)],
          actions: [action],
          resources: [resource],
          conditions: { ...this.onlyOurTrails(), ...(Object.keys(equal).length === 0 ? {} : { StringEquals: equal }) },
        }),
      );
    allow('TrailsCheck', 's3:GetBucketAcl', bucket.bucketArn, {});
    allow('TrailsWrite', 's3:PutObject', bucket.arnForObjects(`AWSLogs/${Stack.of(this).account}/*`), {
      's3:x-amz-acl': 'bucket-owner-full-control',
    });
    const replication =
      'Records cannot be deleted or overwritten before their time, and signatures prove each of them.';
    acknowledge(bucket, {
      'NIST.800.53.R5-S3BucketReplicationEnabled': replication,
      'PCI.DSS.321-S3BucketReplicationEnabled': replication,
    });
    return bucket;
  }

  private record({ accessLogs, spec }: AuditTrailProps): cloudtrail.CfnTrail {
    const role = new iam.Role(this, 'Role', { assumedBy: new iam.ServicePrincipal(trails) });
    const policy = new iam.ManagedPolicy(this, 'Policy', { roles: [role] });
    this.logGroup.grantWrite(policy);
    const trail = new cloudtrail.CfnTrail(this, 'Trail', {
      isLogging: true,
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      enableLogFileValidation: true,
      kmsKeyId: this.key.keyArn,
      s3BucketName: this.bucket.bucketName,
      cloudWatchLogsLogGroupArn: this.logGroup.logGroupArn,
      cloudWatchLogsRoleArn: role.roleArn,
      advancedEventSelectors: eventSelectors(spec.objectEvents, [this.bucket, accessLogs]),
    });
    trail.node.addDependency(policy);
    if (this.bucket.policy !== undefined) trail.node.addDependency(this.bucket.policy);
    trail.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    return trail;
  }

  /** By pattern: the trail's own name is CloudFormation's, and referring to it would be a cycle. */
  private onlyOurTrails() {
    const trail = Stack.of(this).formatArn({ service: 'cloudtrail', resource: 'trail', resourceName: '*' });
    return { ArnLike: { 'aws:SourceArn': trail } };
  }
}
