import { CfnResource, Stack } from 'aws-cdk-lib';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { encryptedLogGroup, type LogGroupSettings } from './log-group';

/**
 * Encrypted logs for a function that the CDK makes itself for its custom resources: Lambda would make the group when the
 * function first runs, without a key and for ever. The group is there before the function is used.
 *
 * @param type of the custom resource, such as `Custom::VpcRestrictDefaultSG`
 * @param user the custom resource
 * @throws Error when the stack has no such function
 */
export function providerLogs(
  scope: Construct,
  id: string,
  { type, user, ...settings }: Omit<LogGroupSettings, 'name'> & { readonly type: string; readonly user: CfnResource },
): LogGroup {
  const path = `${type}CustomResourceProvider`;
  const handler = Stack.of(scope).node.tryFindChild(path)?.node.tryFindChild('Handler');
  if (!CfnResource.isCfnResource(handler)) {
    throw new Error(
      `${Stack.of(scope).node.path} has no function ${path}/Handler for ${type}: see what the CDK makes now`,
    );
  }
  const group = encryptedLogGroup(scope, id, { ...settings, name: `/aws/lambda/${handler.ref}` });
  user.node.addDependency(group);
  return group;
}
