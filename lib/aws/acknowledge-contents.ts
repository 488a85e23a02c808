import { Stack } from 'aws-cdk-lib';
import { flattenCfnReference } from 'cdk-nag/lib/utils/flatten-cfn-reference';
import type { IConstruct } from 'constructs';
import { acknowledge } from './acknowledge';

/**
 * Acknowledges that a policy reaches everything inside one resource, named by an ARN that ends in `*`. The finding spells
 * that ARN as the policy's stack refers to it, which is not known before references between stacks are resolved: the
 * acknowledgement is recorded then, in the step of a synth that validates the constructs.
 */
export function acknowledgeContents(policy: IConstruct, arn: string, reason: string): void {
  policy.node.addValidation({
    validate: () => {
      const resource = flattenCfnReference(Stack.of(policy).resolve(arn) as string);
      acknowledge(policy, { [`AwsSolutions-IAM5[Resource::${resource}]`]: reason });
      return [];
    },
  });
}
