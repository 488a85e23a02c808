import { aws_iam as iam, Stack } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { Use } from './capability';

/** What a part answers to each kind of use. */
type ByUse<Answer> = { readonly [Kind in Use['kind']]?: Answer };

/**
 * What a part answers to a use.
 *
 * @param path the part's path, for the message
 * @throws Error when the part has no such use
 */
export function answerTo<Answer>(path: string, answers: ByUse<Answer>, use: Use): Answer {
  const answer = answers[use.kind];
  if (answer !== undefined) return answer;
  const allowed = Object.keys(answers).join(', ');
  throw new Error(`${path} can be used for ${allowed}, got ${use.kind} by ${use.service}: name another part`);
}

/** How a customer key may be used. */
export interface KeyUse {
  /** First word of the service's host name: `sqs`. */
  readonly through: string;
  readonly actions: readonly `kms:${string}`[];
  /** Narrows to what the service says that it encrypts: one thing, or any of several. @default - anything in that service */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

/**
 * Lets an identity use a customer key through one service of AWS and no other way. Only the identity's own policy
 * changes, so the key's stack never learns who uses the key.
 */
export function grantKeyUse(
  grantee: iam.IGrantable,
  key: kms.IKey,
  { through, actions, context = {} }: KeyUse,
): iam.Grant {
  const contexts = Object.entries(context).map(([name, value]) => {
    const [only, ...more] = [value].flat();
    return [`kms:EncryptionContext:${name}`, more.length === 0 ? only : value] as const;
  });
  return iam.Grant.addToPrincipal({
    grantee,
    actions: [...actions],
    resourceArns: [key.keyArn],
    conditions: {
      StringEquals: {
        'kms:ViaService': `${through}.${Stack.of(key).region}.amazonaws.com`,
        ...Object.fromEntries(contexts),
      },
    },
  });
}

/** Lets an identity read what secrets hold, each of them and no other that the key encrypts. */
export function grantSecrets(grantee: iam.IGrantable, key: kms.IKey, secretArns: readonly string[]): void {
  iam.Grant.addToPrincipal({ grantee, actions: ['secretsmanager:GetSecretValue'], resourceArns: [...secretArns] });
  grantKeyUse(grantee, key, {
    through: 'secretsmanager',
    actions: ['kms:Decrypt'],
    context: { SecretARN: secretArns },
  });
}
