import { aws_iam as iam, aws_scheduler as scheduler, Stack } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { doorTimes } from '../platform/door-times';
import type { ReleaseHours as Model } from '../platform/nouns/delivery';
import { acknowledge } from './acknowledge';
import { alarmPeriod, type Alarms } from './alarms';
import { awsCron } from './cron';
import { deadLetterQueue } from './dead-letters';
import { grantKeyUse } from './grants';

export interface ReleaseHoursProps {
  readonly hours: Model;
  /** Role of the pipeline that deploys. */
  readonly deploy: iam.Role;
  /** Encrypts what could not be done in time. */
  readonly messagingKey: kms.IKey;
  readonly alarms: Alarms;
}

/**
 * Hours in which the pipeline may deploy. A policy that denies its role all that it may do, which is to take on the roles that deploy,
 * is on it from the first, taken off when they begin and put on when they end; it takes effect at once, on sessions that are open too. Whatever had begun in CloudFormation and ECS is finished, and taken
 * back if it must be: neither needs the pipeline. People with their own roles are not stopped, which is the way out in an emergency.
 */
export class ReleaseHours extends Construct {
  public readonly closed: iam.ManagedPolicy;
  public readonly role: iam.Role;
  public readonly deadLetters: sqs.Queue;
  public readonly opens: scheduler.CfnSchedule;
  public readonly closes: scheduler.CfnSchedule;

  public constructor(scope: Construct, id: string, props: ReleaseHoursProps) {
    super(scope, id);
    const { alarms, deploy, hours, messagingKey } = props;
    this.closed = new iam.ManagedPolicy(this, 'Closed', {
      description: 'Outside of the hours in which releases may begin',
      // Whenever it is made, or made anew, the door is shut until hours begin: nothing else knows what the hour is.
      roles: [deploy],
      statements: [new iam.PolicyStatement({ effect: iam.Effect.DENY, actions: ['sts:AssumeRole'], resources: ['*'] })],
    });
    this.deadLetters = deadLetterQueue(this, 'DeadLetters', { key: messagingKey, fifo: false });
    acknowledge(this.deadLetters, {
      'AwsSolutions-SQS3': 'This queue is itself where the scheduler puts what it could not do.',
    });
    this.role = new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    });
    const allowed = this.allow(deploy, messagingKey);
    const times = doorTimes(hours);
    this.opens = this.schedule('Opens', times.opens, 'detachRolePolicy', props);
    this.closes = this.schedule('Closes', times.closes, 'attachRolePolicy', props);
    for (const each of [this.opens, this.closes]) each.node.addDependency(allowed);
    alarms.raise(this, 'DoorStuck', {
      metric: this.deadLetters.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum', period: alarmPeriod }),
      description:
        'Hours of releases began or ended, and the pipeline was not told: it may deploy at night, or cannot by day.',
      runbook: 'release',
      threshold: 1,
      periods: 1,
    });
  }

  /** Puts this one policy on this one role and takes it off, and nothing else. */
  private allow(deploy: iam.Role, messagingKey: kms.IKey): iam.ManagedPolicy {
    const policy = new iam.ManagedPolicy(this, 'Policy', {
      roles: [this.role],
      statements: [
        new iam.PolicyStatement({
          actions: ['iam:AttachRolePolicy', 'iam:DetachRolePolicy'],
          resources: [deploy.roleArn],
          conditions: { ArnEquals: { 'iam:PolicyARN': this.closed.managedPolicyArn } },
        }),
        new iam.PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.deadLetters.queueArn] }),
      ],
    });
    grantKeyUse(policy, messagingKey, { through: 'sqs', actions: ['kms:Decrypt', 'kms:GenerateDataKey'] });
    return policy;
  }

  private schedule(
    id: string,
    time: string,
    action: 'attachRolePolicy' | 'detachRolePolicy',
    { deploy, hours }: ReleaseHoursProps,
  ): scheduler.CfnSchedule {
    return new scheduler.CfnSchedule(this, id, {
      description: `${id} the pipeline's door`,
      flexibleTimeWindow: { mode: 'OFF' },
      scheduleExpression: awsCron(time),
      scheduleExpressionTimezone: hours.timeZone,
      target: {
        arn: `arn:${Stack.of(this).partition}:scheduler:::aws-sdk:iam:${action}`,
        roleArn: this.role.roleArn,
        input: Stack.of(this).toJsonString({ RoleName: deploy.roleName, PolicyArn: this.closed.managedPolicyArn }),
        deadLetterConfig: { arn: this.deadLetters.queueArn },
        retryPolicy: { maximumRetryAttempts: 10, maximumEventAgeInSeconds: 900 },
      },
    });
  }
}
