import { aws_iam as iam, Stack } from 'aws-cdk-lib';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { IDependable } from 'constructs';

/**
 * Lets the log delivery of the account write to a log group. AWS adds such a policy by itself, in the name and with the
 * permissions of whoever deploys; written here, it is in the review, and it goes with the group.
 *
 * @returns the policy, which must be there before a delivery is set up
 */
export function admitLogDelivery(logGroup: logs.LogGroup): IDependable {
  const stack = Stack.of(logGroup);
  const { policyDependable } = logGroup.addToResourcePolicy(
    new iam.PolicyStatement({
      sid: 'LogDelivery',
      principals: [new iam.ServicePrincipal('delivery.logs.amazonaws.com')],
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [logGroup.logGroupArn],
      conditions: {
        StringEquals: { 'aws:SourceAccount': stack.account },
        ArnLike: { 'aws:SourceArn': stack.formatArn({ service: 'logs', resource: '*' }) },
      },
    }),
  );
  return policyDependable ?? logGroup;
}
