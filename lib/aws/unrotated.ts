import type { CfnSecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { acknowledge } from './acknowledge';

/** Where a secret keeps the reason why no schedule rotates it; the review of the synthesized files reads it. */
export const unrotatedMetadata = 'mainstay:unrotated';

/** Says why a schedule for the secret stands in a later stack, where the packs do not look. */
export const rotatedLater = (secret: Secret, reason: string): void =>
  acknowledge(secret, { 'AwsSolutions-SMG4': reason, 'NIST.800.53.R5-SecretsManagerRotationEnabled': reason });

/** Says why no schedule rotates the secret. A reason that a schedule makes untrue fails the synth, as does a secret with neither. */
export function leaveUnrotated(secret: Secret, reason: string): void {
  rotatedLater(secret, reason);
  (secret.node.defaultChild as CfnSecret).addMetadata(unrotatedMetadata, reason);
}
