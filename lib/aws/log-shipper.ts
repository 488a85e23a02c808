import { join } from 'node:path';
import {
  aws_cloudwatch as cloudwatch,
  aws_ec2 as ec2,
  aws_iam as iam,
  aws_lambda as lambda,
  aws_s3 as s3,
  Duration,
} from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as opensearch from 'aws-cdk-lib/aws-opensearchservice';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge';
import { acknowledgeContents } from './acknowledge-contents';
import type { Alarms } from './alarms';
import { Connection } from './connection';
import { grantKeyUse } from './grants';
import { encryptedLogGroup } from './log-group';
import { logLifecycle, privateBucket } from './private-bucket';

export interface LogShipperProps {
  readonly domain: opensearch.IDomain;
  /** Group of the domain. */
  readonly domainGroup: ec2.ISecurityGroup;
  /** By which the domain knows whoever writes. */
  readonly role: iam.Role;
  readonly vpc: ec2.IVpc;
  /** Encrypts its own log, and lines that the domain did not take. */
  readonly logsKey: kms.IKey;
  /** Logs are kept this long, in days; so are lines that the domain did not take. */
  readonly logDays: number;
  /** Where requests for those lines are logged. */
  readonly accessLogs: s3.IBucket;
  readonly alarms: Alarms;
}

/**
 * The function that CloudWatch Logs hands lines to, and which writes them into a domain. It may do nothing else there. What the domain
 * did not take after three times lies in a bucket, as it came, and somebody is called.
 */
export class LogShipper extends Construct {
  public readonly function: lambda.Function;
  public readonly logGroup: logs.LogGroup;
  public readonly securityGroup: ec2.SecurityGroup;
  /** Lines that the domain did not take. */
  public readonly left: s3.Bucket;

  public constructor(scope: Construct, id: string, props: LogShipperProps) {
    super(scope, id);
    this.logGroup = encryptedLogGroup(this, 'Logs', { key: props.logsKey, days: props.logDays });
    this.left = this.makeBucket(props);
    this.securityGroup = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc: props.vpc,
      description: 'Writes lines of logs into their search domain',
      allowAllOutbound: false,
    });
    new Connection(this, 'Domain', {
      from: this.securityGroup,
      to: props.domainGroup,
      port: 443,
      description: 'lines of logs to their search domain',
    });
    this.function = this.make(props, this.allow(props));
    this.watch(props.alarms);
  }

  private makeBucket({ accessLogs, logDays, logsKey }: LogShipperProps): s3.Bucket {
    const bucket = privateBucket(this, 'Left', {
      encryption: s3.BucketEncryption.KMS,
      encryptionKey: logsKey,
      lifecycleRules: logLifecycle(logDays),
      accessLogs,
    });
    const copy = 'It holds lines that CloudWatch keeps as well; the bucket is there to send them again.';
    acknowledge(bucket, {
      'NIST.800.53.R5-S3BucketReplicationEnabled': copy,
      'PCI.DSS.321-S3BucketReplicationEnabled': copy,
    });
    return bucket;
  }

  private allow({ domain, logsKey, role }: LogShipperProps): iam.ManagedPolicy {
    const objects = this.left.arnForObjects('*');
    const policy = new iam.ManagedPolicy(this, 'Policy', {
      roles: [role],
      statements: [
        new iam.PolicyStatement({ actions: ['es:ESHttpPost'], resources: [`${domain.domainArn}/_bulk`] }),
        new iam.PolicyStatement({ actions: ['s3:PutObject'], resources: [objects] }),
        new iam.PolicyStatement({ actions: ['s3:ListBucket'], resources: [this.left.bucketArn] }),
      ],
    });
    this.logGroup.grantWrite(policy);
    grantKeyUse(policy, logsKey, { through: 's3', actions: ['kms:GenerateDataKey', 'kms:Decrypt'] });
    acknowledgeContents(policy, objects, 'Lambda names an object for each batch that was not taken.');
    return policy;
  }

  private make({ domain, role, vpc }: LogShipperProps, policy: iam.ManagedPolicy): lambda.Function {
    const made = new lambda.Function(this, 'Function', {
      description: 'Writes lines of logs into their search domain',
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      code: lambda.Code.fromAsset(join(__dirname, 'search-roles')),
      handler: 'ship.handler',
      timeout: Duration.minutes(1),
      memorySize: 512,
      // The role has its own policy; CDK would add an inline one.
      role: role.withoutPolicyUpdates(),
      vpc,
      vpcSubnets: { subnetGroupName: 'app' },
      securityGroups: [this.securityGroup],
      logGroup: this.logGroup,
      environment: { ENDPOINT: domain.domainEndpoint },
    });
    made.node.addDependency(policy);
    const again = new lambda.CfnEventInvokeConfig(this, 'Again', {
      functionName: made.functionName,
      qualifier: '$LATEST',
      maximumRetryAttempts: 2,
      maximumEventAgeInSeconds: Duration.hours(6).toSeconds(),
      destinationConfig: { onFailure: { destination: this.left.bucketArn } },
    });
    again.node.addDependency(policy);
    acknowledge(made, {
      'NIST.800.53.R5-LambdaConcurrency':
        'As many run as lines come. To reserve some would fail in a new account, which may run ten at once and keeps them all unreserved.',
      'NIST.800.53.R5-LambdaDLQ':
        'What was not taken in the end lies in a bucket, which a dead-letter queue would be too small for.',
    });
    return made;
  }

  private watch(alarms: Alarms): void {
    const measured = (metricName: string) =>
      this.function.metric(metricName, { statistic: cloudwatch.Stats.SUM, period: Duration.minutes(5) });
    alarms.raise(this, 'Refused', {
      runbook: 'log-search',
      description: 'The search domain of logs does not take lines: they come again, and lie in a bucket in the end.',
      metric: measured('Errors'),
      threshold: 5,
      periods: 3,
    });
    alarms.raise(this, 'Lost', {
      runbook: 'log-search',
      description: 'Lines that the search domain of logs did not take could not be laid into the bucket either.',
      metric: measured('DestinationDeliveryFailures'),
      threshold: 1,
      periods: 1,
    });
    alarms.raise(this, 'Silent', {
      runbook: 'log-search',
      description: 'No line of any log reached the function that writes them into their search domain.',
      metric: measured('Invocations'),
      threshold: 1,
      comparison: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
      periods: 6,
      missingData: cloudwatch.TreatMissingData.BREACHING,
    });
  }
}
