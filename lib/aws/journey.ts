import path from 'node:path';
import {
  aws_cloudwatch as cloudwatch,
  aws_iam as iam,
  aws_synthetics as synthetics,
  Duration,
  Stack,
} from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { journeyVariables, type Walked } from '../platform/journeys';
import { stagePrefix } from '../platform/names';
import type { Journey as Spec, Walks } from '../platform/nouns/journeys';
import { acknowledgeWildcards } from './acknowledge';
import { acknowledgeContents } from './acknowledge-contents';
import type { Alarms } from './alarms';
import { functionPrincipal } from './function-principal';
import { grantKeyUse } from './grants';
import { allowSignIn } from './journey-sign-in';

export interface JourneyProps {
  readonly name: string;
  readonly platform: Walked;
  readonly spec: Spec;
  readonly walks: Pick<Walks, 'everyMinutes' | 'keepDays'>;
  /** Keeps what walks saw, each journey's below its name. */
  readonly bucket: s3.IBucket;
  /** Encrypts it. */
  readonly key: kms.IKey;
  readonly alarms: Alarms;
}

/** Beside its steps a walk starts, and writes what it saw, in seconds. */
const startSeconds = 30;

/**
 * A journey walked from one region. Somebody is called when two of three walks in a row failed, or when nobody walks any more. Its
 * log goes to the bucket with what it saw: a log group would be made by its first run, without a key and for ever. It is no browser:
 * there are no pictures and no records of requests, and what a walk says of itself never holds an answer, a password or a token.
 */
export class Journey extends Construct {
  public readonly canary: synthetics.Canary;
  public readonly role: iam.Role;
  public readonly failed: cloudwatch.Alarm;

  public constructor(scope: Construct, id: string, props: JourneyProps) {
    super(scope, id);
    this.role = new iam.Role(this, 'Role', { assumedBy: functionPrincipal(this) });
    const policy = this.allow(props);
    this.canary = this.walk(props);
    this.canary.node.addDependency(policy);
    this.failed = this.watch(props);
  }

  private allow({ bucket, key, name, platform, spec }: JourneyProps): iam.ManagedPolicy {
    const seen = bucket.arnForObjects(`${name}/*`);
    const policy = new iam.ManagedPolicy(this, 'Policy', {
      roles: [this.role],
      statements: [
        new iam.PolicyStatement({ actions: ['s3:PutObject', 's3:GetObject'], resources: [seen] }),
        new iam.PolicyStatement({ actions: ['s3:GetBucketLocation'], resources: [bucket.bucketArn] }),
        new iam.PolicyStatement({ actions: ['s3:ListAllMyBuckets'], resources: ['*'] }),
        new iam.PolicyStatement({
          actions: ['cloudwatch:PutMetricData'],
          resources: ['*'],
          conditions: { StringEquals: { 'cloudwatch:namespace': 'CloudWatchSynthetics' } },
        }),
      ],
    });
    grantKeyUse(policy, key, { through: 's3', actions: ['kms:GenerateDataKey', 'kms:Decrypt'] });
    acknowledgeContents(policy, seen, 'Writes what its own walks saw, under the prefix of its own journey alone.');
    acknowledgeWildcards(policy, [
      {
        action: 's3:ListAllMyBuckets',
        reason:
          'Synthetics asks for names of buckets; the action knows no resource. Metrics know none either: a condition confines them.',
      },
    ]);
    allowSignIn(policy, { platform, spec });
    return policy;
  }

  private walk({ bucket, key, name, platform, spec, walks }: JourneyProps): synthetics.Canary {
    const asked = [...(spec.signIn === undefined ? [] : [spec.signIn]), ...spec.steps];
    const seconds = asked.reduce((sum, { milliseconds }) => sum + milliseconds / 1000, startSeconds);
    const kept = Duration.days(walks.keepDays);
    return new synthetics.Canary(this, 'Canary', {
      // Metrics and the runbook know it by this name.
      canaryName: `${stagePrefix(platform)}-${name}`,
      runtime: synthetics.Runtime.SYNTHETICS_NODEJS_3_1,
      test: synthetics.Test.custom({
        code: synthetics.Code.fromAsset(path.join(__dirname, 'handlers', 'journey')),
        handler: 'index.handler',
      }),
      schedule: synthetics.Schedule.rate(Duration.minutes(walks.everyMinutes)),
      timeout: Duration.seconds(Math.min(Math.ceil(seconds), walks.everyMinutes * 60)),
      environmentVariables: { ...journeyVariables(platform, spec) },
      // The role has its own policy; CDK would add an inline one.
      role: this.role.withoutPolicyUpdates(),
      artifactsBucketLocation: { bucket, prefix: name },
      artifactS3EncryptionMode: synthetics.ArtifactsEncryptionMode.KMS,
      artifactS3KmsKey: key,
      successRetentionPeriod: kept,
      failureRetentionPeriod: kept,
      startAfterCreation: true,
      provisionedResourceCleanup: true,
    });
  }

  private watch({ alarms, name, spec, walks }: JourneyProps): cloudwatch.Alarm {
    return alarms.raise(this, 'Failed', {
      runbook: 'journeys',
      description: `People cannot do this, seen from ${Stack.of(this).region}: ${spec.description} (journey ${name}).`,
      metric: this.canary.metricSuccessPercent({
        period: Duration.minutes(walks.everyMinutes),
        statistic: cloudwatch.Stats.AVERAGE,
      }),
      threshold: 100,
      comparison: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
      periods: 3,
      periodsToAlarm: 2,
      missingData: cloudwatch.TreatMissingData.BREACHING,
    });
  }
}
