import {
  aws_cloudwatch as cloudwatch,
  aws_iam as iam,
  aws_kinesisfirehose as firehose,
  aws_logs as logs,
  aws_s3 as s3,
  Stack,
} from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge';
import { alarmPeriod, type Alarms } from './alarms';
import { recordLock } from './audit-trail';
import { acknowledgeContents } from './acknowledge-contents';
import { grantKeyUse } from './grants';
import { logCopyAlarms } from './log-copy-alarms';
import { encryptedLogGroup } from './log-group';
import { logLifecycle, privateBucket } from './private-bucket';

export interface LogArchiveProps {
  /** Encrypts the archive; the delivery of logs must be allowed to use it. */
  readonly key: kms.IKey;
  /** What comes in cannot be removed or changed for so long, in days, and is removed afterwards. */
  readonly days: number;
  /** Whether nobody can shorten that, the root user included. */
  readonly protected: boolean;
  /** What the archive says of itself is kept this long, in days. */
  readonly logDays: number;
  /** Where requests for what it holds are logged. */
  readonly accessLogs: s3.IBucket;
  readonly alarms: Alarms;
}

/** Lines wait so long for others before they are written together, in seconds, or until there are so many, in MiB. */
const buffer = { intervalInSeconds: 300, sizeInMBs: 64 } as const;

/** Lines that wait for longer than this are on no way to the archive, in seconds. */
const lateSeconds = 1800;

/** What delivers logs of AWS itself, of networks and firewalls. */
const delivery = 'delivery.logs.amazonaws.com';

/**
 * Where log groups are copied to as they are written, and networks and firewalls write by themselves: a bucket of its own, under a
 * key of its own, in which nothing can be removed or changed before its time. The groups themselves stay for those who look.
 */
export class LogArchive extends Construct {
  public readonly bucket: s3.Bucket;
  public readonly stream: firehose.CfnDeliveryStream;
  /** As whom CloudWatch hands lines over. */
  private readonly source: iam.Role;
  private readonly alarms: Alarms;

  public constructor(scope: Construct, id: string, props: LogArchiveProps) {
    super(scope, id);
    this.alarms = props.alarms;
    this.bucket = this.createBucket(props);
    this.stream = this.createStream(props);
    this.source = this.createSource();
    props.alarms.raise(this, 'Late', {
      metric: new cloudwatch.Metric({
        namespace: 'AWS/Firehose',
        metricName: 'DeliveryToS3.DataFreshness',
        dimensionsMap: { DeliveryStreamName: this.stream.ref },
        statistic: cloudwatch.Stats.MAXIMUM,
        period: alarmPeriod,
      }),
      description: 'Logs do not reach the archive that must hold them.',
      runbook: 'scope',
      threshold: lateSeconds,
    });
  }

  /** Copies whatever is written to a group from now on, and calls somebody when it does not arrive. A group has two such copies at most. */
  public keep(scope: Construct, id: string, logGroup: logs.ILogGroup): logs.CfnSubscriptionFilter {
    const copy = new logs.CfnSubscriptionFilter(scope, id, {
      logGroupName: logGroup.logGroupName,
      filterPattern: '',
      destinationArn: this.stream.attrArn,
      roleArn: this.source.roleArn,
    });
    logCopyAlarms(copy, this.alarms);
    return copy;
  }

  private createBucket({ accessLogs, days, key, protected: isProtected }: LogArchiveProps): s3.Bucket {
    const bucket = privateBucket(this, 'Bucket', {
      encryption: s3.BucketEncryption.KMS,
      encryptionKey: key,
      objectLockEnabled: true,
      objectLockDefaultRetention: recordLock({ retentionDays: days }, isProtected),
      lifecycleRules: logLifecycle(days),
      accessLogs,
    });
    const { account, partition, region } = Stack.of(this);
    const allow = (sid: string, actions: string[], resource: string, equal: Readonly<Record<string, string>>) =>
      bucket.addToResourcePolicy(
        new iam.PolicyStatement({
          sid,
          principals: [new iam.ServicePrincipal(delivery)],
          actions,
          resources: [resource],
          conditions: {
            StringEquals: { 'aws:SourceAccount': account, ...equal },
            ArnLike: { 'aws:SourceArn': `arn:${partition}:logs:${region}:${account}:*` },
          },
        }),
      );
    allow('LogsCheck', ['s3:GetBucketAcl', 's3:ListBucket'], bucket.bucketArn, {});
    allow('LogsWrite', ['s3:PutObject'], bucket.arnForObjects(`*/AWSLogs/${account}/*`), {
      's3:x-amz-acl': 'bucket-owner-full-control',
    });
    const replication =
      'Records cannot be deleted or overwritten before their time, and their source is kept beside them.';
    acknowledge(bucket, {
      'NIST.800.53.R5-S3BucketReplicationEnabled': replication,
      'PCI.DSS.321-S3BucketReplicationEnabled': replication,
    });
    return bucket;
  }

  private createStream({ key, logDays }: LogArchiveProps): firehose.CfnDeliveryStream {
    const { account } = Stack.of(this);
    const role = new iam.Role(this, 'StreamRole', {
      assumedBy: new iam.ServicePrincipal('firehose.amazonaws.com', {
        conditions: { StringEquals: { 'sts:ExternalId': account } },
      }),
    });
    const logGroup = encryptedLogGroup(this, 'Failures', { key, days: logDays });
    const lines = new logs.LogStream(this, 'FailureLines', { logGroup });
    const policy = new iam.ManagedPolicy(this, 'StreamPolicy', {
      roles: [role],
      statements: [
        new iam.PolicyStatement({
          actions: ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'],
          resources: [this.bucket.bucketArn],
        }),
        new iam.PolicyStatement({
          actions: ['s3:AbortMultipartUpload', 's3:PutObject'],
          resources: [this.bucket.arnForObjects('groups/*')],
        }),
      ],
    });
    grantKeyUse(policy, key, { through: 's3', actions: ['kms:Decrypt', 'kms:GenerateDataKey'] });
    logGroup.grantWrite(policy);
    acknowledgeContents(
      policy,
      this.bucket.arnForObjects('groups/*'),
      'Lines are written below one path, under names of their time, and nothing that is there can be changed.',
    );
    const stream = new firehose.CfnDeliveryStream(this, 'Stream', {
      deliveryStreamType: 'DirectPut',
      deliveryStreamEncryptionConfigurationInput: { keyType: 'CUSTOMER_MANAGED_CMK', keyArn: key.keyArn },
      extendedS3DestinationConfiguration: {
        bucketArn: this.bucket.bucketArn,
        roleArn: role.roleArn,
        prefix: 'groups/!{timestamp:yyyy/MM/dd/HH}/',
        errorOutputPrefix: 'groups/failed/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/',
        bufferingHints: buffer,
        // CloudWatch hands lines over compressed.
        compressionFormat: 'UNCOMPRESSED',
        encryptionConfiguration: { kmsEncryptionConfig: { awskmsKeyArn: key.keyArn } },
        cloudWatchLoggingOptions: {
          enabled: true,
          logGroupName: logGroup.logGroupName,
          logStreamName: lines.logStreamName,
        },
      },
    });
    stream.node.addDependency(policy);
    return stream;
  }

  private createSource(): iam.Role {
    const { account, partition, region } = Stack.of(this);
    const role = new iam.Role(this, 'SourceRole', {
      assumedBy: new iam.ServicePrincipal('logs.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': account },
          ArnLike: { 'aws:SourceArn': `arn:${partition}:logs:${region}:${account}:*` },
        },
      }),
    });
    new iam.ManagedPolicy(this, 'SourcePolicy', {
      roles: [role],
      statements: [
        new iam.PolicyStatement({
          actions: ['firehose:PutRecord', 'firehose:PutRecordBatch'],
          resources: [this.stream.attrArn],
        }),
      ],
    });
    return role;
  }
}
