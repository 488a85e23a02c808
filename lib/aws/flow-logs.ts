import { aws_ec2 as ec2, aws_s3 as s3 } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge';
import { logLifecycle, privateBucket } from './private-bucket';

export interface FlowLogsProps {
  readonly vpc: ec2.IVpc;
  /** Encrypts the logs; the delivery of logs must be allowed to use it. */
  readonly key: kms.IKey;
  /** Where requests to the logs are logged. */
  readonly accessLogs: s3.IBucket;
  /** Logs are kept this long, in days. */
  readonly days: number;
}

/** Who talked to whom, of which service, and which way it went: the default fields, and what an inquiry asks for next. */
export const fields = [
  ec2.LogFormat.ALL_DEFAULT_FIELDS,
  ec2.LogFormat.VPC_ID,
  ec2.LogFormat.SUBNET_ID,
  ec2.LogFormat.AZ_ID,
  ec2.LogFormat.TCP_FLAGS,
  ec2.LogFormat.PKT_SRC_ADDR,
  ec2.LogFormat.PKT_DST_ADDR,
  ec2.LogFormat.PKT_DST_AWS_SERVICE,
  ec2.LogFormat.FLOW_DIRECTION,
  ec2.LogFormat.TRAFFIC_PATH,
  ec2.LogFormat.ECS_SERVICE_NAME,
] as const;

/** A record of every connection of a network, accepted or refused, in a bucket, as tables that Athena reads by the hour. */
export class FlowLogs extends Construct {
  public readonly bucket: s3.Bucket;
  public readonly flowLog: ec2.FlowLog;

  public constructor(scope: Construct, id: string, props: FlowLogsProps) {
    super(scope, id);
    this.bucket = privateBucket(this, 'Bucket', {
      encryption: s3.BucketEncryption.KMS,
      encryptionKey: props.key,
      accessLogs: props.accessLogs,
      lifecycleRules: logLifecycle(props.days),
    });
    this.flowLog = new ec2.FlowLog(this, 'FlowLog', {
      resourceType: ec2.FlowLogResourceType.fromVpc(props.vpc),
      trafficType: ec2.FlowLogTrafficType.ALL,
      maxAggregationInterval: ec2.FlowLogMaxAggregationInterval.ONE_MINUTE,
      logFormat: [...fields],
      destination: ec2.FlowLogDestination.toS3(this.bucket, undefined, {
        fileFormat: ec2.FlowLogFileFormat.PARQUET,
        hiveCompatiblePartitions: true,
        perHourPartition: true,
      }),
    });
    const replication = 'Logs are read where they were written, and hold no data of the platform.';
    acknowledge(this.bucket, {
      'NIST.800.53.R5-S3BucketReplicationEnabled': replication,
      'PCI.DSS.321-S3BucketReplicationEnabled': replication,
    });
  }
}
