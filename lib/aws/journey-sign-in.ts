import { Arn, ArnFormat, aws_iam as iam, Stack } from 'aws-cdk-lib';
import { signInEntries, type Walked } from '../platform/journeys';
import { stagePrefix } from '../platform/names';
import type { Journey } from '../platform/nouns/journeys';
import { acknowledgeContents } from './acknowledge-contents';

export interface SignInProps {
  readonly platform: Walked;
  readonly spec: Pick<Journey, 'signIn'>;
}

/** Secrets Manager ends the name of an entry by so many characters, which nobody knows before. */
const suffix = '-??????';

/**
 * Lets a walk read the entries by which it signs in, where the site keeps them, and open them by the site's key for secrets. Nothing is
 * copied to the region of the walk: people write the value once.
 */
export function allowSignIn(policy: iam.ManagedPolicy, { platform, spec }: SignInProps): void {
  const stack = Stack.of(policy);
  const { region } = platform.stage.sites.primary;
  const arnOf = (service: string, resource: string, resourceName: string, arnFormat: ArnFormat): string =>
    Arn.format({ service, resource, resourceName, region, arnFormat }, stack);
  const secrets = Object.values(signInEntries(platform, spec)).map((entry) =>
    arnOf('secretsmanager', 'secret', `${entry}${suffix}`, ArnFormat.COLON_RESOURCE_NAME),
  );
  if (secrets.length === 0) return;
  const keys = arnOf('kms', 'key', '*', ArnFormat.SLASH_RESOURCE_NAME);
  policy.addStatements(
    new iam.PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: secrets }),
    new iam.PolicyStatement({
      actions: ['kms:Decrypt'],
      resources: [keys],
      conditions: {
        'ForAnyValue:StringEquals': { 'kms:ResourceAliases': `alias/${stagePrefix(platform)}/secrets` },
        StringEquals: { 'kms:ViaService': `secretsmanager.${region}.amazonaws.com` },
        StringLike: { 'kms:EncryptionContext:SecretARN': secrets },
      },
    }),
  );
  acknowledgeContents(
    policy,
    keys,
    'A key has a name when it is made: the one whose alias is that of secrets, through Secrets Manager and for these entries alone.',
  );
}
