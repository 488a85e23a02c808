import { aws_cloudwatch as cloudwatch, aws_iam as iam, aws_pipes as pipes, Duration, Stack } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { pageReleasesQueue, releasesWord } from '../platform/names';
import type { Platform } from '../platform/platform';
import { alarmPeriod, type Alarms } from './alarms';
import { grantKeyUse } from './grants';
import { PodRole } from './pod-role';
import { privateQueue } from './private-queue';

export interface PageNewsProps {
  readonly platform: Pick<Platform, 'name' | 'stageName'>;
  /** Name of the service that makes the pages, for people. */
  readonly service: string;
  /** Name of the cluster that releases it. */
  readonly clusterName: string;
  /** What runs when a release has ended, by ARN. */
  readonly machineArn: string;
  /** Encrypts messages. */
  readonly key: kms.IKey;
  readonly alarms: Alarms;
}

/** A message that could not be handed on so often is laid aside, and somebody is called; ours. */
const mostReceives = 5;

/**
 * How a cluster tells that a release has ended: what releases services there sends a message, as a role that may send to this queue
 * and do nothing else, and a pipe begins what is to be done then.
 */
export class PageNews extends Construct {
  public readonly queue: sqs.Queue;
  public readonly sender: PodRole;
  public readonly pipe: pipes.CfnPipe;

  public constructor(scope: Construct, id: string, props: PageNewsProps) {
    super(scope, id);
    const { alarms, clusterName, key, platform, service } = props;
    const dead = privateQueue(this, 'Dead', { key, retentionPeriod: Duration.days(14) });
    this.queue = privateQueue(this, 'Queue', {
      key,
      // Manifests of the cluster name it.
      queueName: pageReleasesQueue(platform),
      retentionPeriod: Duration.days(1),
      deadLetterQueue: { queue: dead, maxReceiveCount: mostReceives },
    });
    this.sender = new PodRole(this, 'Sender', { platform, word: releasesWord, clusterName });
    const sends = this.sender.policy([
      new iam.PolicyStatement({
        actions: ['sqs:GetQueueUrl', 'sqs:SendMessage'],
        resources: [this.queue.queueArn],
      }),
    ]);
    grantKeyUse(sends, key, { through: 'sqs', actions: ['kms:Decrypt', 'kms:GenerateDataKey'] });
    this.pipe = this.handOn(props);
    alarms.raise(this, 'Unbegun', {
      metric: dead.metricApproximateNumberOfMessagesVisible({
        period: alarmPeriod,
        statistic: cloudwatch.Stats.MAXIMUM,
      }),
      description: `The edge was not told to forget the pages of the release before of ${service}.`,
      runbook: 'edge',
      threshold: 1,
      periods: 1,
    });
  }

  private handOn({ key, machineArn, service }: PageNewsProps): pipes.CfnPipe {
    const role = new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('pipes.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    });
    const policy = new iam.ManagedPolicy(this, 'Policy', {
      roles: [role],
      statements: [
        new iam.PolicyStatement({
          actions: ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
          resources: [this.queue.queueArn],
        }),
        new iam.PolicyStatement({ actions: ['states:StartExecution'], resources: [machineArn] }),
      ],
    });
    grantKeyUse(policy, key, { through: 'sqs', actions: ['kms:Decrypt'] });
    const pipe = new pipes.CfnPipe(this, 'Pipe', {
      description: `A release of ${service} has ended`,
      roleArn: role.roleArn,
      source: this.queue.queueArn,
      sourceParameters: { sqsQueueParameters: { batchSize: 1 } },
      target: machineArn,
      targetParameters: { stepFunctionStateMachineParameters: { invocationType: 'FIRE_AND_FORGET' } },
    });
    pipe.node.addDependency(policy);
    return pipe;
  }
}
