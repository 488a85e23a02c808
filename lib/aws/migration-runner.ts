import { aws_iam as iam, Duration, Stack } from 'aws-cdk-lib';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { acknowledgeContents } from './acknowledge-contents';
import { alarmPeriod, type Alarms } from './alarms';
import { deadLetterQueue } from './dead-letters';
import { taskRolePath } from './ecs-role';
import { functionPrincipal } from './function-principal';
import { grantKeyUse } from './grants';
import { handlerFunction } from './handler-function';
import { encryptedLogGroup } from './log-group';
import { migrationFamily } from './migration-settings';

export interface MigrationRunnerProps {
  /** What every name of the stage begins with. */
  readonly prefix: string;
  /** Where migrations run. */
  readonly cluster: ecs.ICluster;
  readonly logsKey: kms.IKey;
  /** Encrypts what could not be handed to the function. */
  readonly messagingKey: kms.IKey;
  /** Logs are kept this long, in days. */
  readonly logDays: number;
  readonly alarms: Alarms;
}

/**
 * Runs migrations for CloudFormation and waits for them. One for all services of a stage: it may run their migration
 * tasks in one cluster, and nothing else.
 */
export class MigrationRunner extends Construct {
  public readonly cluster: ecs.ICluster;
  public readonly logGroup: logs.LogGroup;
  public readonly deadLetters: sqs.Queue;
  public readonly role: iam.Role;
  public readonly function: lambda.Function;
  /** For custom resources. */
  public readonly serviceToken: string;

  public constructor(scope: Construct, id: string, props: MigrationRunnerProps) {
    super(scope, id);
    this.cluster = props.cluster;
    this.logGroup = encryptedLogGroup(this, 'Logs', { key: props.logsKey, days: props.logDays });
    this.deadLetters = deadLetterQueue(this, 'DeadLetters', { key: props.messagingKey, fifo: false });
    this.role = new iam.Role(this, 'Role', { assumedBy: functionPrincipal(this) });
    this.function = this.createFunction(this.allow(props));
    this.serviceToken = this.function.functionArn;
    props.alarms.raise(this, 'DeadLetter', {
      metric: this.deadLetters.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum', period: alarmPeriod }),
      description: 'A migration could not be run, and its stack waits in vain.',
      runbook: 'migration',
      threshold: 1,
      periods: 1,
    });
  }

  /** What the function may do, and what it needs to be run, to log and to leave behind what failed. */
  private allow({ cluster, messagingKey, prefix }: MigrationRunnerProps): iam.ManagedPolicy {
    const stack = Stack.of(this);
    const family = `${migrationFamily(prefix, '*')}:*`;
    const families = stack.formatArn({ service: 'ecs', resource: 'task-definition', resourceName: family });
    const tasks = stack.formatArn({ service: 'ecs', resource: 'task', resourceName: `${cluster.clusterName}/*` });
    const roles = stack.formatArn({ service: 'iam', region: '', resource: `role${taskRolePath(prefix)}*` });
    const here = { ArnEquals: { 'ecs:cluster': cluster.clusterArn } };
    const toTasks = { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } };
    const policy = new iam.ManagedPolicy(this, 'Policy', {
      roles: [this.role],
      statements: [
        new iam.PolicyStatement({ actions: ['ecs:RunTask'], resources: [families], conditions: here }),
        new iam.PolicyStatement({
          actions: ['ecs:DescribeTasks', 'ecs:StopTask'],
          resources: [tasks],
          conditions: here,
        }),
        new iam.PolicyStatement({ actions: ['iam:PassRole'], resources: [roles], conditions: toTasks }),
        new iam.PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.deadLetters.queueArn] }),
      ],
    });
    grantKeyUse(policy, messagingKey, { through: 'sqs', actions: ['kms:Decrypt', 'kms:GenerateDataKey'] });
    this.logGroup.grantWrite(policy);
    acknowledgeContents(policy, families, 'Services come later: every revision of their migrations, in one cluster.');
    acknowledgeContents(policy, tasks, 'Tasks have names when they run: those of one cluster, to watch and to stop.');
    acknowledgeContents(policy, roles, 'Services come later: roles of the tasks of this stage, handed to tasks alone.');
    return policy;
  }

  private createFunction(policy: iam.ManagedPolicy): lambda.Function {
    return handlerFunction(this, 'Function', {
      description: 'Runs migrations before releases',
      handler: 'migration-runner',
      timeout: Duration.minutes(15),
      retryAttempts: 0,
      role: this.role,
      policy,
      logGroup: this.logGroup,
      deadLetterQueue: this.deadLetters,
      reasons: {
        concurrency:
          'As many run as releases wait for their migrations. To reserve some would fail in a new account, which may run ten functions at once and keeps them all unreserved.',
        outside:
          'It asks ECS to run tasks and answers CloudFormation, and reaches nothing in the network. Outside, it works while the ways out of the network do not, and needs no interfaces there.',
      },
    });
  }
}
