import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { alarmPeriod, type Alarms } from './alarms';
import { deadLetterQueue } from './dead-letters';
import { functionPrincipal } from './function-principal';
import { grantKeyUse } from './grants';
import { handlerFunction } from './handler-function';
import { encryptedLogGroup } from './log-group';
import { SecretAges } from './secret-ages';
import { rotationDays } from './secret-rotation';

export interface CacheLoginRotationProps {
  /** What names of the stage begin with. */
  readonly prefix: string;
  /** Id of the user of the caches. */
  readonly userId: string;
  /** Login of that user, with the fields `username` and `password`. */
  readonly secret: secretsmanager.ISecret;
  /** Its tasks log in, and read the secret when they start. */
  readonly service: ecs.FargateService;
  readonly keys: { readonly logs: kms.IKey; readonly secrets: kms.IKey; readonly messaging: kms.IKey };
  /** A password is used for so long, in days. @default rotationDays, as the administrator's of a database */
  readonly days?: number;
  /** Logs are kept this long, in days. */
  readonly logDays: number;
  readonly alarms: Alarms;
}

/** Days beyond the term after which somebody is called: Secrets Manager begins within the day, and tries again when it failed. */
const graceDays = 3;

/**
 * Changes the password by which tasks log in to caches, without a gap: the user has the password before and the new one, tasks start
 * anew with the new one, and the one before leaves with the next rotation. The first rotation is at the first deployment.
 *
 * It stands with the tasks, not with the caches: it must know which service to start anew.
 */
export class CacheLoginRotation extends Construct {
  public readonly function: lambda.Function;
  public readonly deadLetters: sqs.Queue;
  public readonly schedule: secretsmanager.CfnRotationSchedule;
  public readonly ages: SecretAges;

  public constructor(scope: Construct, id: string, props: CacheLoginRotationProps) {
    super(scope, id);
    const { alarms, days = rotationDays, keys, logDays, prefix, secret, service } = props;
    this.deadLetters = deadLetterQueue(this, 'DeadLetters', { key: keys.messaging, fifo: false });
    this.function = this.rotate(props);
    const allowed = new lambda.CfnPermission(this, 'Start', {
      functionName: this.function.functionArn,
      action: 'lambda:InvokeFunction',
      principal: 'secretsmanager.amazonaws.com',
      sourceAccount: Stack.of(this).account,
      sourceArn: secret.secretArn,
    });
    // Not the construct of the library: it would open the key to the function in the key's own stack, which comes before.
    this.schedule = new secretsmanager.CfnRotationSchedule(this, 'Schedule', {
      secretId: secret.secretArn,
      rotationLambdaArn: this.function.functionArn,
      rotationRules: { scheduleExpression: `rate(${days} days)` },
      rotateImmediatelyOnUpdate: true,
    });
    // The first rotation begins at once, and lets the tasks start anew.
    this.schedule.node.addDependency(allowed, service);
    this.ages = new SecretAges(this, 'Age', {
      secrets: { 'gateway-login': { entries: [secret.secretArn], rotateDays: days + graceDays } },
      prefix,
      logsKey: keys.logs,
      logDays,
      alarms,
    });
    this.raise(alarms);
  }

  private rotate(props: CacheLoginRotationProps): lambda.Function {
    const { keys, logDays, service, userId } = props;
    const role = new iam.Role(this, 'Role', { assumedBy: functionPrincipal(this) });
    const logGroup = encryptedLogGroup(this, 'Logs', { key: keys.logs, days: logDays });
    const policy = this.allow(role, props);
    logGroup.grantWrite(policy);
    return handlerFunction(this, 'Function', {
      description: `Rotates the password of the cache user ${userId}`,
      handler: 'cache-login',
      timeout: Duration.minutes(10),
      role,
      policy,
      logGroup,
      deadLetterQueue: this.deadLetters,
      environment: { USER_ID: userId, CLUSTER: service.cluster.clusterName, SERVICE: service.serviceName },
      reasons: {
        concurrency:
          'Secrets Manager rotates a secret once at a time. To reserve some would fail in a new account, which keeps all functions unreserved.',
        outside:
          'It asks Secrets Manager, ElastiCache and ECS and logs in nowhere, so it reaches nothing in the network and needs no interface there.',
      },
    });
  }

  /** One secret, one user, one service, and what could not be done left behind. */
  private allow(
    role: iam.Role,
    { keys, secret, service, userId }: Pick<CacheLoginRotationProps, 'keys' | 'secret' | 'service' | 'userId'>,
  ): iam.ManagedPolicy {
    const user = Stack.of(this).formatArn({
      service: 'elasticache',
      resource: 'user',
      resourceName: userId,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    const allow = (actions: string[], resource: string) => new iam.PolicyStatement({ actions, resources: [resource] });
    const policy = new iam.ManagedPolicy(this, 'Policy', {
      roles: [role],
      statements: [
        allow(
          ['secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecretVersionStage'],
          secret.secretArn,
        ),
        allow(['elasticache:DescribeUsers', 'elasticache:ModifyUser'], user),
        allow(['ecs:UpdateService'], service.serviceArn),
        allow(['sqs:SendMessage'], this.deadLetters.queueArn),
      ],
    });
    grantKeyUse(policy, keys.secrets, {
      through: 'secretsmanager',
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      context: { SecretARN: secret.secretArn },
    });
    grantKeyUse(policy, keys.messaging, { through: 'sqs', actions: ['kms:Decrypt', 'kms:GenerateDataKey'] });
    return policy;
  }

  private raise(alarms: Alarms): void {
    alarms.raise(this, 'Failed', {
      metric: this.function.metricErrors({ statistic: 'Sum', period: alarmPeriod }),
      description: 'The password by which the gateway logs in to its cache could not be rotated.',
      runbook: 'cache',
      threshold: 1,
      periods: 1,
    });
    alarms.raise(this, 'DeadLetter', {
      metric: this.deadLetters.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum', period: alarmPeriod }),
      description: 'A step of the rotation of the gateway’s password at its cache was given up.',
      runbook: 'cache',
      threshold: 1,
      periods: 1,
    });
  }
}
