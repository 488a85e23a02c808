import path from 'node:path';
import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge';
import { functionPrincipal } from './function-principal';
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
  const made = new lambda.Function(scope, 'Function', {
    description: props.description,
    runtime: lambda.Runtime.NODEJS_24_X,
    architecture: lambda.Architecture.ARM_64,
    code: lambda.Code.fromAsset(path.join(__dirname, 'handlers', props.handler)),
    handler: 'index.handler',
    timeout: Duration.minutes(1),
    memorySize: 256,
    logGroup,
    // The role has its own policy; CDK would add an inline one.
    role: role.withoutPolicyUpdates(),
  });
  made.node.addDependency(policy);
  const calledByCloudFormation =
    'CloudFormation calls it once in a deployment, waits for its answer and reports a failure itself.';
  const outside = `It asks ${props.asks} and answers CloudFormation, and reaches nothing in the network; it needs no interface there.`;
  acknowledge(made, {
    'NIST.800.53.R5-LambdaConcurrency': calledByCloudFormation,
    'NIST.800.53.R5-LambdaDLQ': calledByCloudFormation,
    'NIST.800.53.R5-LambdaInsideVPC': outside,
    'PCI.DSS.321-LambdaInsideVPC': outside,
  });
  return { function: made, policy };
}
