import { aws_iam as iam, aws_stepfunctions as sfn, Stack } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge';
import { alarmPeriod, type Alarms } from './alarms';
import { deadLetterQueue } from './dead-letters';
import { grantKeyUse } from './grants';

export interface FailedStartsProps {
  /** Encrypts what could not be begun. */
  readonly key: kms.IKey;
  readonly alarms: Alarms;
  /** What is wrong then, for the person who is called, in one sentence. */
  readonly description: string;
  readonly runbook: string;
}

/** Where the scheduler puts what it could not begin. Somebody is called for the first of it. */
export function failedStarts(scope: Construct, props: FailedStartsProps): sqs.Queue {
  const queue = deadLetterQueue(scope, 'DeadLetters', { key: props.key, fifo: false });
  acknowledge(queue, {
    'AwsSolutions-SQS3': 'This queue is itself where the scheduler puts what it could not do.',
  });
  props.alarms.raise(scope, 'NotStarted', {
    metric: queue.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum', period: alarmPeriod }),
    description: props.description,
    runbook: props.runbook,
    threshold: 1,
    periods: 1,
  });
  return queue;
}

/** As whom the scheduler begins machines. What it may do is said by {@link allowStarts}. */
export const starterRole = (scope: Construct): iam.Role =>
  new iam.Role(scope, 'Starter', {
    assumedBy: new iam.ServicePrincipal('scheduler.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
    }),
  });

export interface StartsProps {
  readonly starter: iam.Role;
  readonly machines: readonly sfn.CfnStateMachine[];
  readonly deadLetters: sqs.IQueue;
  /** Key of the dead letters. */
  readonly key: kms.IKey;
}

/** Lets the scheduler begin these machines, and keep what it could not begin. */
export function allowStarts(scope: Construct, { deadLetters, key, machines, starter }: StartsProps): void {
  const policy = new iam.ManagedPolicy(scope, 'Starts', {
    roles: [starter],
    statements: [
      new iam.PolicyStatement({
        actions: ['states:StartExecution'],
        resources: machines.map((machine) => machine.attrArn),
      }),
      new iam.PolicyStatement({ actions: ['sqs:SendMessage'], resources: [deadLetters.queueArn] }),
    ],
  });
  grantKeyUse(policy, key, { through: 'sqs', actions: ['kms:Decrypt', 'kms:GenerateDataKey'] });
}

export interface LoggedMachineProps {
  readonly name: string;
  readonly role: iam.IRole;
  /** In the language of Step Functions. */
  readonly definition: object;
  /** Where runs write how they went. */
  readonly logGroup: logs.ILogGroup;
  /** What the role must be allowed before. */
  readonly permissions: iam.ManagedPolicy;
}

/** A machine that is traced and writes down every step of a run, but not what the run was given. */
export function loggedMachine(scope: Construct, props: LoggedMachineProps): sfn.CfnStateMachine {
  const machine = new sfn.CfnStateMachine(scope, 'Machine', {
    stateMachineName: props.name,
    stateMachineType: sfn.StateMachineType.STANDARD,
    roleArn: props.role.roleArn,
    definitionString: Stack.of(scope).toJsonString(props.definition),
    tracingConfiguration: { enabled: true },
    loggingConfiguration: {
      level: sfn.LogLevel.ALL,
      includeExecutionData: false,
      destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: props.logGroup.logGroupArn } }],
    },
  });
  machine.node.addDependency(props.permissions);
  return machine;
}
