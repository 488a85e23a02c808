import { aws_iam as iam } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { functionPrincipal } from './function-principal';
import { handlerFunction } from './handler-function';
import { encryptedLogGroup } from './log-group';

export interface TellingFunctionProps {
  /** What it tells, for people. */
  readonly description: string;
  /** Directory of its code below `handlers`. */
  readonly handler: string;
  /** Everything that it may do besides writing its log. */
  readonly statement: iam.PolicyStatement;
  /** Service that it asks, for the reason why it has no interface in the network. */
  readonly asks: string;
  readonly logsKey: kms.IKey;
  /** Logs are kept this long, in days. */
  readonly logDays: number;
}

/** A function that tells CloudFormation what it does not know of a resource by itself, and may do nothing else. */
export interface TellingFunction {
  readonly function: lambda.Function;
  readonly policy: iam.ManagedPolicy;
}

/** Makes a {@link TellingFunction} in a scope that holds nothing beside it. */
export function tellingFunction(scope: Construct, props: TellingFunctionProps): TellingFunction {
  const role = new iam.Role(scope, 'Role', { assumedBy: functionPrincipal(scope) });
  const logGroup = encryptedLogGroup(scope, 'Logs', { key: props.logsKey, days: props.logDays });
  const policy = new iam.ManagedPolicy(scope, 'Policy', { roles: [role], statements: [props.statement] });
  logGroup.grantWrite(policy);
  const calledByCloudFormation =
    'CloudFormation calls it once in a deployment, waits for its answer and reports a failure itself.';
  const made = handlerFunction(scope, 'Function', {
    description: props.description,
    handler: props.handler,
    role,
    policy,
    logGroup,
    reasons: {
      concurrency: calledByCloudFormation,
      deadLetters: calledByCloudFormation,
      outside: `It asks ${props.asks} and answers CloudFormation, and reaches nothing in the network; it needs no interface there.`,
    },
  });
  return { function: made, policy };
}
