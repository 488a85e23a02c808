import { aws_iam as iam, Stack } from 'aws-cdk-lib';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';

/** No policy of an identity elsewhere, and no later mistake in this one, opens the secret to another account. */
export function refuseOtherAccounts(secret: secretsmanager.Secret): void {
  secret.addToResourcePolicy(
    new iam.PolicyStatement({
      sid: 'RefuseOtherAccounts',
      effect: iam.Effect.DENY,
      principals: [new iam.AnyPrincipal()],
      actions: ['secretsmanager:*'],
      resources: ['*'],
      conditions: {
        StringNotEquals: { 'aws:PrincipalAccount': Stack.of(secret).account },
        BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
      },
    }),
  );
  const policy = secret.node.findChild('Policy').node.defaultChild as secretsmanager.CfnResourcePolicy;
  policy.blockPublicPolicy = true;
}
