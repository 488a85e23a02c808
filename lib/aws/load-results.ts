import {
  aws_events as events,
  aws_events_targets as targets,
  aws_iam as iam,
  aws_s3 as s3,
  Duration,
  Stack,
} from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge';
import { acknowledgeContents } from './acknowledge-contents';
import { functionPrincipal } from './function-principal';
import { grantKeyUse } from './grants';
import { handlerFunction } from './handler-function';
import { encryptedLogGroup } from './log-group';
import { logLifecycle, privateBucket } from './private-bucket';

export interface LoadResultsProps {
  /** Names of the load tests. */
  readonly tests: readonly string[];
  /** What names of the stage begin with. */
  readonly prefix: string;
  /** Where programs write their summaries. */
  readonly programLogs: logs.ILogGroup;
  /** Encrypts results. */
  readonly key: kms.IKey;
  readonly logsKey: kms.IKey;
  /** Results are kept this long, in days. */
  readonly keepDays: number;
  /** Logs are kept this long, in days. */
  readonly logDays: number;
  /** Where requests to the bucket are logged. */
  readonly accessLogs: s3.IBucket;
}

/** Where what load tests found is kept, and what tells CloudWatch of it, after each run and every day. */
export class LoadResults extends Construct {
  public readonly bucket: s3.Bucket;
  public readonly function: lambda.Function;

  public constructor(scope: Construct, id: string, props: LoadResultsProps) {
    super(scope, id);
    this.bucket = privateBucket(this, 'Bucket', {
      encryption: s3.BucketEncryption.KMS,
      encryptionKey: props.key,
      lifecycleRules: logLifecycle(props.keepDays),
      accessLogs: props.accessLogs,
    });
    const once = 'It holds what runs of a test found, of which the last are committed with the definition.';
    acknowledge(this.bucket, {
      'NIST.800.53.R5-S3BucketReplicationEnabled': once,
      'PCI.DSS.321-S3BucketReplicationEnabled': once,
    });
    this.function = this.judge(props);
    new events.Rule(this, 'Look', {
      description: 'Tells how long ago load tests had a good run',
      schedule: events.Schedule.rate(Duration.hours(12)),
      targets: [
        new targets.LambdaFunction(this.function, { event: events.RuleTargetInput.fromObject({ look: true }) }),
      ],
    });
  }

  private judge({ key, logDays, logsKey, prefix, programLogs, tests }: LoadResultsProps): lambda.Function {
    const role = new iam.Role(this, 'Role', { assumedBy: functionPrincipal(this) });
    const logGroup = encryptedLogGroup(this, 'Logs', { key: logsKey, days: logDays });
    const streams = `${programLogs.logGroupArn}:log-stream:*`;
    const objects = this.bucket.arnForObjects('*');
    const policy = new iam.ManagedPolicy(this, 'Policy', {
      roles: [role],
      statements: [
        new iam.PolicyStatement({ actions: ['logs:GetLogEvents'], resources: [streams] }),
        new iam.PolicyStatement({ actions: ['s3:GetObject', 's3:PutObject'], resources: [objects] }),
        // Without it, an object that is not there is one that may not be seen.
        new iam.PolicyStatement({ actions: ['s3:ListBucket'], resources: [this.bucket.bucketArn] }),
      ],
    });
    grantKeyUse(policy, key, { through: 's3', actions: ['kms:GenerateDataKey', 'kms:Decrypt'] });
    logGroup.grantWrite(policy);
    acknowledgeContents(
      policy,
      streams,
      'Streams are named after tasks, which have names when they run: those of one group.',
    );
    acknowledgeContents(
      policy,
      objects,
      'Runs have names when they begin: what load tests found, in a bucket of their own.',
    );
    const lookedAt =
      'Each run waits for its answer and fails without it, and alarms ring when it has not told anything for a day.';
    return handlerFunction(this, 'Function', {
      description: 'Keeps and judges what load tests found',
      handler: 'load-results',
      timeout: Duration.minutes(10),
      role,
      policy,
      logGroup,
      environment: {
        BUCKET: this.bucket.bucketName,
        LOG_GROUP: programLogs.logGroupName,
        STAGE: prefix,
        TESTS: Stack.of(this).toJsonString(tests),
      },
      reasons: {
        concurrency: lookedAt,
        deadLetters: lookedAt,
        outside: 'It reads logs and writes objects, and reaches nothing in the network; it needs no interface there.',
      },
    });
  }
}
