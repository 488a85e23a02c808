import { aws_ecs as ecs, aws_secretsmanager as secretsmanager, RemovalPolicy } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { Secret as SecretSpec } from '../platform/nouns/storage';
import type { Capability, Reach, Use } from './capability';
import { answerTo, grantSecrets } from './grants';
import { pascalCase } from '../platform/ids';
import { refuseOtherAccounts } from './secret-policy';
import { leaveUnrotated, rotatedLater } from './unrotated';

export interface ExternalSecretProps {
  /** Name by which people find it; every field is kept under `<name>/<field>`. */
  readonly name: string;
  readonly spec: SecretSpec;
  /** Encrypts the values. */
  readonly key: kms.IKey;
  /** Why no schedule rotates an entry, or why it stands in a later stack. @default - a third party gives the values */
  readonly rotation?: { readonly reason: string; readonly scheduled: readonly string[] };
}

const byThirdParty: NonNullable<ExternalSecretProps['rotation']> = {
  reason:
    'A third party gives the value; people change it in rotateDays, and are called when they did not: docs/runbooks/secrets.md.',
  scheduled: [],
};

/**
 * What stands in a field until people or a pipeline write its value (docs/runbooks/secrets.md): nothing that anybody
 * could guess. It must never change, since CloudFormation then generates anew, over the value that was written
 * (https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/2210).
 */
const placeholder: secretsmanager.SecretStringGenerator = { passwordLength: 64, excludePunctuation: true };

/**
 * A secret whose value comes from outside. Every field has an entry of its own, so that adding a field leaves the others
 * alone: in one entry with several fields, it would write new placeholders over all of them. Entries outlive their stack.
 */
export class ExternalSecret extends Construct implements Capability {
  /** The entries by field. */
  public readonly entries: Readonly<Record<string, secretsmanager.Secret>>;
  public readonly secrets: Readonly<Record<string, ecs.Secret>>;
  public readonly reach: readonly Reach[] = [];
  private readonly key: kms.IKey;

  public constructor(scope: Construct, id: string, props: ExternalSecretProps) {
    super(scope, id);
    this.key = props.key;
    const entries = props.spec.fields.map((field) => [field, this.entry(field, props)] as const);
    this.entries = Object.fromEntries(entries);
    this.secrets = Object.fromEntries(
      entries.map(([field, entry]) => {
        // ECS grants itself access to what it injects; a handle keeps that out of the policies of entry and key.
        const handle = secretsmanager.Secret.fromSecretCompleteArn(this, `${pascalCase(field)}Handle`, entry.secretArn);
        return [field, ecs.Secret.fromSecretsManager(handle)];
      }),
    );
  }

  public values(): Readonly<Record<string, string>> {
    return {};
  }

  public grant(grantee: iam.IGrantable, use: Use): void {
    answerTo(this.node.path, { secrets: true }, use);
    grantSecrets(
      grantee,
      this.key,
      Object.values(this.entries).map(({ secretArn }) => secretArn),
    );
  }

  private entry(
    field: string,
    { key, name, rotation = byThirdParty, spec }: ExternalSecretProps,
  ): secretsmanager.Secret {
    const entry = new secretsmanager.Secret(this, pascalCase(field), {
      secretName: `${name}/${field}`,
      description: `${spec.description}: ${field}`,
      encryptionKey: key,
      generateSecretString: placeholder,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    refuseOtherAccounts(entry);
    const say = rotation.scheduled.includes(field) ? rotatedLater : leaveUnrotated;
    say(entry, rotation.reason);
    return entry;
  }
}
