import {
  aws_cloudwatch as cloudwatch,
  aws_events as events,
  aws_events_targets as targets,
  aws_iam as iam,
  aws_logs as logs,
  aws_xray as xray,
  Duration,
  Stack,
} from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { Telemetry } from '../platform/nouns/telemetry';
import { acknowledge } from './acknowledge';
import type { Alarms } from './alarms';
import { functionPrincipal } from './function-principal';
import { handlerFunction } from './handler-function';
import { encryptedLogGroup } from './log-group';

export interface TracingProps {
  /** What names of the stage begin with; the namespace of what is measured. */
  readonly prefix: string;
  readonly spec: Pick<Telemetry, 'indexedPercent' | 'traceSeconds'>;
  readonly logsKey: kms.IKey;
  readonly logDays: number;
  readonly alarms: Alarms;
}

/** Groups that X-Ray makes and writes to, once it keeps whole traces. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Enable-TransactionSearch.html */
const groups = ['aws/spans', '/aws/application-signals/data'] as const;

/** How often somebody reads a trace to see how long it takes, in minutes. */
const everyMinutes = 5;

/** What is measured of a trace that is read. */
export const traceReadMetric = 'TraceReadSeconds';

/**
 * Traces of the account on X-Ray: all that services send are kept whole in CloudWatch, and a share of them is indexed. One of the last
 * minutes is read every five minutes, the one with the most services, and it is measured how long that takes: somebody is called when
 * it is too long, or nothing is read. Traces exist once an account and region.
 */
export class Tracing extends Construct {
  public readonly search: xray.CfnTransactionSearchConfig;
  public readonly reader: lambda.Function;

  public constructor(scope: Construct, id: string, props: TracingProps) {
    super(scope, id);
    const { logsKey, spec } = props;
    const admitted = this.admit();
    this.search = new xray.CfnTransactionSearchConfig(this, 'Search', {
      indexingPercentage: spec.indexedPercent,
      // Names that begin with `aws/` are for AWS: X-Ray makes the group of spans, and no template can.
      cloudWatchLogsConfiguration: { spansLogGroupKmsKeyId: logsKey.keyArn },
    });
    acknowledge(this.search, {
      'CloudFormation-Validate::F3002':
        'The schemas of the validator are older than the key of spans, which the template reference of CloudFormation has.',
    });
    this.search.node.addDependency(admitted);
    this.reader = this.createReader(props);
    this.readOften();
    this.watch(props);
  }

  /** What is slow calls somebody, and so does silence: whether nothing was read, or nobody reads, or its figure is lost. */
  private watch({ alarms, prefix, spec }: TracingProps): void {
    const read = (statistic: string) =>
      new cloudwatch.Metric({
        namespace: `${prefix}/tracing`,
        metricName: traceReadMetric,
        statistic,
        period: Duration.minutes(everyMinutes),
      });
    alarms.raise(this, 'Slow', {
      metric: read(cloudwatch.Stats.MAXIMUM),
      description: `A trace over all services takes longer than ${spec.traceSeconds} s to read.`,
      runbook: 'telemetry',
      threshold: spec.traceSeconds,
      comparison: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      // What is not read is not slow: the other alarm calls.
      missingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    });
    alarms.raise(this, 'Unread', {
      metric: read(cloudwatch.Stats.SAMPLE_COUNT),
      description: 'No trace was read for a quarter of an hour: there is none, X-Ray does not answer, or nobody reads.',
      runbook: 'telemetry',
      threshold: 1,
      comparison: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
      missingData: cloudwatch.TreatMissingData.BREACHING,
    });
  }

  /** X-Ray writes spans to groups of its own, by this permission alone. */
  private admit(): logs.CfnResourcePolicy {
    const { account, partition, region } = Stack.of(this);
    const arn = (group: string) => `arn:${partition}:logs:${region}:${account}:log-group:${group}:*`;
    return new logs.CfnResourcePolicy(this, 'Spans', {
      policyName: `${Stack.of(this).stackName}-spans`,
      policyDocument: Stack.of(this).toJsonString({
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'TracesWriteSpans',
            Effect: 'Allow',
            Principal: { Service: 'xray.amazonaws.com' },
            Action: 'logs:PutLogEvents',
            Resource: groups.map(arn),
            Condition: {
              ArnLike: { 'aws:SourceArn': `arn:${partition}:xray:${region}:${account}:*` },
              StringEquals: { 'aws:SourceAccount': account },
            },
          },
        ],
      }),
    });
  }

  private createReader({ logDays, logsKey, prefix }: TracingProps): lambda.Function {
    const role = new iam.Role(this, 'Role', { assumedBy: functionPrincipal(this) });
    const logGroup = encryptedLogGroup(this, 'Logs', { key: logsKey, days: logDays });
    const policy = new iam.ManagedPolicy(this, 'Policy', {
      roles: [role],
      statements: [
        new iam.PolicyStatement({
          actions: ['xray:BatchGetTraces', 'xray:GetTraceSummaries'],
          resources: ['*'],
          conditions: { StringEquals: { 'aws:RequestedRegion': Stack.of(this).region } },
        }),
      ],
    });
    logGroup.grantWrite(policy);
    acknowledge(policy, {
      'AwsSolutions-IAM5[Resource::*]':
        'Traces have no resource to name; the role reads them in its region, and writes none.',
    });
    const scheduled =
      'A rule calls it once in five minutes, and its silence calls somebody: a call that is lost is followed by the next.';
    return handlerFunction(this, 'Reader', {
      description: 'Reads a trace over as many services as there is, and measures how long that takes',
      handler: 'trace-reader',
      role,
      policy,
      logGroup,
      environment: { NAMESPACE: `${prefix}/tracing`, METRIC: traceReadMetric },
      reasons: {
        concurrency: scheduled,
        deadLetters: scheduled,
        outside: 'It asks X-Ray alone and reaches nothing in the network; it needs no interface there.',
      },
    });
  }

  private readOften(): void {
    new events.Rule(this, 'Often', {
      description: 'Reads a trace to see how long that takes',
      schedule: events.Schedule.rate(Duration.minutes(everyMinutes)),
      targets: [new targets.LambdaFunction(this.reader, { retryAttempts: 0 })],
    });
  }
}
