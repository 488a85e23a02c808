import {
  aws_iam as iam,
  aws_lambda as lambda,
  aws_secretsmanager as secretsmanager,
  Duration,
  Stack,
} from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Construct, IDependable } from 'constructs';
import { graceDays } from '../platform/gateway/token-keys';
import { alarmPeriod, type Alarms } from './alarms';
import { deadLetterQueue } from './dead-letters';
import { functionPrincipal } from './function-principal';
import { grantKeyUse } from './grants';
import { handlerFunction } from './handler-function';
import { encryptedLogGroup } from './log-group';
import { SecretAges } from './secret-ages';

export interface SecretRotatorProps {
  /** What names of the stage begin with. */
  readonly prefix: string;
  /** What is rotated. */
  readonly secret: secretsmanager.ISecret;
  /** What is written with it. @default - nothing */
  readonly others?: readonly secretsmanager.ISecret[];
  /** What the secret is called where its age is told. */
  readonly name: string;
  /** A value is used for so long, in days. */
  readonly days: number;
  /** Whether the first rotation is at the first deployment, and at every one that changes the schedule. */
  readonly atOnce: boolean;
  /** Directory of the function's code below `handlers`. */
  readonly handler: string;
  /** What the function does, for people. */
  readonly description: string;
  readonly environment: Readonly<Record<string, string>>;
  /** What the function may do besides what it does with the secrets. */
  readonly statements: readonly iam.PolicyStatement[];
  /** Why it needs no interface in the network. */
  readonly outside: string;
  /** What must be there before the first rotation. */
  readonly after: readonly IDependable[];
  readonly keys: { readonly logs: kms.IKey; readonly secrets: kms.IKey; readonly messaging: kms.IKey };
  /** Logs are kept this long, in days. */
  readonly logDays: number;
  readonly alarms: Alarms;
  /** What somebody is told when it failed, and when it was given up. */
  readonly told: { readonly failed: string; readonly givenUp: string; readonly runbook: string };
}

export interface SecretRotator {
  readonly function: lambda.Function;
  readonly deadLetters: sqs.Queue;
  readonly schedule: secretsmanager.CfnRotationSchedule;
  readonly ages: SecretAges;
}

/**
 * Lets Secrets Manager rotate a secret by a function of the platform's own, in a scope that holds nothing beside it. Somebody is called when a step
 * fails or is given up, when there was no rotation for {@link graceDays} beyond the term, and when nobody looks any more.
 */
export function secretRotator(scope: Construct, props: SecretRotatorProps): SecretRotator {
  const { alarms, days, keys, logDays, name, prefix, secret } = props;
  const deadLetters = deadLetterQueue(scope, 'DeadLetters', { key: keys.messaging, fifo: false });
  const made = rotate(scope, props, deadLetters);
  const allowed = new lambda.CfnPermission(scope, 'Start', {
    functionName: made.functionArn,
    action: 'lambda:InvokeFunction',
    principal: 'secretsmanager.amazonaws.com',
    sourceAccount: Stack.of(scope).account,
    sourceArn: secret.secretArn,
  });
  // Not the construct of the library: it would open the key to the function in the key's own stack, which comes before.
  const schedule = new secretsmanager.CfnRotationSchedule(scope, 'Schedule', {
    secretId: secret.secretArn,
    rotationLambdaArn: made.functionArn,
    rotationRules: { scheduleExpression: `rate(${days} days)` },
    rotateImmediatelyOnUpdate: props.atOnce,
  });
  schedule.node.addDependency(allowed, ...props.after);
  const ages = new SecretAges(scope, 'Age', {
    secrets: { [name]: { entries: [secret.secretArn], rotateDays: days + graceDays } },
    prefix,
    logsKey: keys.logs,
    logDays,
    alarms,
  });
  raise(scope, props, { function: made, deadLetters });
  return { function: made, deadLetters, schedule, ages };
}

function rotate(scope: Construct, props: SecretRotatorProps, deadLetterQueue: sqs.Queue): lambda.Function {
  const { description, environment, handler, keys, logDays, outside } = props;
  const role = new iam.Role(scope, 'Role', { assumedBy: functionPrincipal(scope) });
  const logGroup = encryptedLogGroup(scope, 'Logs', { key: keys.logs, days: logDays });
  const policy = allow(scope, role, props, deadLetterQueue);
  logGroup.grantWrite(policy);
  return handlerFunction(scope, 'Function', {
    description,
    handler,
    timeout: Duration.minutes(10),
    role,
    policy,
    logGroup,
    deadLetterQueue,
    environment: { ...environment },
    reasons: {
      concurrency:
        'Secrets Manager rotates a secret once at a time. To reserve some would fail in a new account, which keeps all functions unreserved.',
      outside,
    },
  });
}

/** The secret and what is written with it, what the function does elsewhere, and what could not be done left behind. */
function allow(
  scope: Construct,
  role: iam.Role,
  { keys, others = [], secret, statements }: SecretRotatorProps,
  deadLetters: sqs.Queue,
): iam.ManagedPolicy {
  const allowed = (actions: string[], resources: string[]) => new iam.PolicyStatement({ actions, resources });
  const written = others.map(({ secretArn }) => secretArn);
  const policy = new iam.ManagedPolicy(scope, 'Policy', {
    roles: [role],
    statements: [
      allowed(
        ['secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecretVersionStage'],
        [secret.secretArn],
      ),
      ...(written.length === 0
        ? []
        : [allowed(['secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue'], written)]),
      ...statements,
      allowed(['sqs:SendMessage'], [deadLetters.queueArn]),
    ],
  });
  grantKeyUse(policy, keys.secrets, {
    through: 'secretsmanager',
    actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
    context: { SecretARN: [secret.secretArn, ...written] },
  });
  grantKeyUse(policy, keys.messaging, { through: 'sqs', actions: ['kms:Decrypt', 'kms:GenerateDataKey'] });
  return policy;
}

function raise(
  scope: Construct,
  { alarms, told }: SecretRotatorProps,
  { deadLetters, function: made }: Pick<SecretRotator, 'deadLetters' | 'function'>,
): void {
  const shared = { runbook: told.runbook, threshold: 1, periods: 1 };
  alarms.raise(scope, 'Failed', {
    ...shared,
    metric: made.metricErrors({ statistic: 'Sum', period: alarmPeriod }),
    description: told.failed,
  });
  alarms.raise(scope, 'DeadLetter', {
    ...shared,
    metric: deadLetters.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum', period: alarmPeriod }),
    description: told.givenUp,
  });
}
