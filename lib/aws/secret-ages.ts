import {
  aws_cloudwatch as cloudwatch,
  aws_events as events,
  aws_events_targets as targets,
  aws_iam as iam,
  Duration,
  Stack,
} from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { pascalCase } from '../platform/ids';
import type { Alarms } from './alarms';
import { functionPrincipal } from './function-principal';
import { handlerFunction } from './handler-function';
import { encryptedLogGroup } from './log-group';

/** A secret whose value must not grow old. */
export interface AgingSecret {
  /** The entry of each field, by ARN. */
  readonly entries: readonly string[];
  /** Somebody is called when its value is older, in days. */
  readonly rotateDays: number;
  /**
   * How many of an entry's latest writes must be younger: 2 where it holds two values, which are written one after the other. @default 1
   */
  readonly writes?: 2;
  /** What is old, in the words of people. @default - the value of the secret of that name */
  readonly called?: string;
  /** File name, without ending, of the runbook that says how it is changed. @default 'secrets' */
  readonly runbook?: string;
}

export interface SecretAgesProps {
  /** By name; at least one. */
  readonly secrets: Readonly<Record<string, AgingSecret>>;
  /** What names of the stage begin with. */
  readonly prefix: string;
  readonly logsKey: kms.IKey;
  /** Logs are kept this long, in days. */
  readonly logDays: number;
  readonly alarms: Alarms;
}

/** Twice a day, so that a day without a figure means that nobody looks. */
const lookEvery = Duration.hours(12);

/**
 * Calls somebody when a secret was not changed for too long: by people, or by a rotation that should have. A function asks when each value was written,
 * and can read none. Where nobody looks any more, somebody is called, too.
 */
export class SecretAges extends Construct {
  public readonly function: lambda.Function;
  /** By name of the secret. */
  public readonly alarms: Readonly<Record<string, cloudwatch.Alarm>>;

  public constructor(scope: Construct, id: string, props: SecretAgesProps) {
    super(scope, id);
    this.function = this.look(props);
    new events.Rule(this, 'Schedule', {
      description: 'Looks how old secrets are',
      schedule: events.Schedule.rate(lookEvery),
      targets: [new targets.LambdaFunction(this.function)],
    });
    this.alarms = Object.fromEntries(
      Object.entries(props.secrets).map(([name, secret]) => [name, this.watch(name, secret, props)]),
    );
  }

  private look({ logDays, logsKey, prefix, secrets }: SecretAgesProps): lambda.Function {
    const role = new iam.Role(this, 'Role', { assumedBy: functionPrincipal(this) });
    const logGroup = encryptedLogGroup(this, 'Logs', { key: logsKey, days: logDays });
    const policy = new iam.ManagedPolicy(this, 'Policy', {
      roles: [role],
      statements: [
        new iam.PolicyStatement({
          actions: ['secretsmanager:ListSecretVersionIds'],
          resources: Object.values(secrets).flatMap(({ entries }) => entries),
        }),
      ],
    });
    logGroup.grantWrite(policy);
    const twiceADay = 'It is started twice a day, and alarms ring when it has not told anything for a day.';
    return handlerFunction(this, 'Function', {
      description: 'Tells how old secrets are',
      handler: 'secret-ages',
      role,
      policy,
      logGroup,
      environment: {
        STAGE: prefix,
        SECRETS: Stack.of(this).toJsonString(
          Object.entries(secrets).map(([name, { entries, writes }]) => ({ name, entries, writes })),
        ),
      },
      reasons: {
        concurrency: twiceADay,
        deadLetters: twiceADay,
        outside: 'It asks Secrets Manager for dates and reaches nothing in the network; it needs no interface there.',
      },
    });
  }

  private watch(name: string, secret: AgingSecret, { alarms, prefix }: SecretAgesProps): cloudwatch.Alarm {
    const { called = `The value of the secret ${name}`, rotateDays, runbook = 'secrets' } = secret;
    return alarms.raise(this, `${pascalCase(name)}Old`, {
      runbook,
      description: `${called} is older than ${rotateDays} days, or nobody looks how old it is.`,
      metric: new cloudwatch.Metric({
        namespace: 'Mainstay/Secrets',
        metricName: 'AgeDays',
        dimensionsMap: { Stage: prefix, Secret: name },
        statistic: cloudwatch.Stats.MAXIMUM,
        period: Duration.days(1),
      }),
      threshold: rotateDays,
      comparison: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      periods: 1,
      missingData: cloudwatch.TreatMissingData.BREACHING,
    });
  }
}
