import { aws_iam as iam } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { acknowledgeManaged } from './acknowledge';
import { functionPrincipal } from './function-principal';

const joinsNetwork = 'service-role/AWSLambdaVPCAccessExecutionRole';

/**
 * Role of a function that stands in the network: what Lambda needs to put it there, and nothing else.
 *
 * @param roleName Only where somebody outside must know it. @default - CloudFormation chooses
 */
export function networkRole(scope: Construct, id: string, roleName?: string): iam.Role {
  const role = new iam.Role(scope, id, {
    ...(roleName === undefined ? {} : { roleName }),
    assumedBy: functionPrincipal(scope),
    managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName(joinsNetwork)],
  });
  acknowledgeManaged(
    role,
    [joinsNetwork],
    'What Lambda needs to put the function into the network, as AWS keeps it up to date.',
  );
  return role;
}
