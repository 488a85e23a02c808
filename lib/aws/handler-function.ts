import path from 'node:path';
import { aws_lambda as lambda, Duration } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge';

export interface HandlerFunctionProps extends Pick<
  lambda.FunctionProps,
  'deadLetterQueue' | 'environment' | 'logGroup' | 'retryAttempts'
> {
  /** What it does, for people. */
  readonly description: string;
  /** Directory of its code below `handlers`. */
  readonly handler: string;
  /** @default - a minute */
  readonly timeout?: Duration;
  readonly role: iam.Role;
  /** All that the role may do; it is there before the function is. */
  readonly policy: iam.ManagedPolicy;
  readonly reasons: {
    /** Why as many may run at once as are started. */
    readonly concurrency: string;
    /** Why it stands outside of the network. */
    readonly outside: string;
    /** Why nothing keeps what failed. @default - `deadLetterQueue` keeps it */
    readonly deadLetters?: string;
  };
}

/** A function of the platform's own, which calls AWS and has no interface in the network. */
export function handlerFunction(scope: Construct, id: string, props: HandlerFunctionProps): lambda.Function {
  const { handler, policy, reasons, role, timeout = Duration.minutes(1), ...others } = props;
  const made = new lambda.Function(scope, id, {
    ...others,
    runtime: lambda.Runtime.NODEJS_24_X,
    architecture: lambda.Architecture.ARM_64,
    code: lambda.Code.fromAsset(path.join(__dirname, 'handlers', handler)),
    handler: 'index.handler',
    timeout,
    memorySize: 256,
    // The role has its own policy; CDK would add an inline one.
    role: role.withoutPolicyUpdates(),
  });
  made.node.addDependency(policy);
  acknowledge(made, {
    'NIST.800.53.R5-LambdaConcurrency': reasons.concurrency,
    ...(reasons.deadLetters === undefined ? {} : { 'NIST.800.53.R5-LambdaDLQ': reasons.deadLetters }),
    'NIST.800.53.R5-LambdaInsideVPC': reasons.outside,
    'PCI.DSS.321-LambdaInsideVPC': reasons.outside,
  });
  return made;
}
