import { aws_iam as iam, aws_logs as logs, Names, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/**
 * Lets search domains of this account write to these log groups. One policy for all: a region takes ten, and what CDK
 * makes by itself is one a log group.
 */
export function admitSearchLogs(
  scope: Construct,
  id: string,
  groups: readonly logs.ILogGroup[],
): logs.CfnResourcePolicy {
  const stack = Stack.of(scope);
  const document = new iam.PolicyDocument({
    statements: [
      new iam.PolicyStatement({
        principals: [new iam.ServicePrincipal('es.amazonaws.com')],
        actions: ['logs:PutLogEvents', 'logs:CreateLogStream'],
        resources: groups.map(({ logGroupArn }) => logGroupArn),
        conditions: {
          StringEquals: { 'aws:SourceAccount': stack.account },
          ArnLike: { 'aws:SourceArn': stack.formatArn({ service: 'es', resource: 'domain', resourceName: '*' }) },
        },
      }),
    ],
  });
  return new logs.CfnResourcePolicy(scope, id, {
    // CloudFormation makes no name for it.
    policyName: Names.uniqueResourceName(scope, { maxLength: 128 }),
    policyDocument: stack.toJsonString(document),
  });
}
