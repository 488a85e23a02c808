import { aws_iam as iam } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { secretsRole, secretsRolePath } from '../platform/names';
import type { Platform } from '../platform/platform';
import type { Scope } from './scope';
import { inScope } from './scope-marks';

export interface SecretsReaderProps {
  readonly platform: Pick<Platform, 'name' | 'stageName'>;
  /** The word of whoever the secrets are for. */
  readonly word: string;
  /** Role of External Secrets in the cluster, by ARN. */
  readonly reader: string;
  /** What is judged apart, and bounds it. @default - nothing */
  readonly scope?: Pick<Scope, 'boundary' | 'name'> | undefined;
}

/**
 * What External Secrets may read for one namespace, and takes on when it makes the secrets of that namespace: its own role reads
 * nothing. The process itself is given the values, and no right to read them.
 */
export class SecretsReader extends Construct {
  public readonly role: iam.Role;
  /** Takes what may be read. */
  public readonly policy: iam.ManagedPolicy;

  public constructor(scope: Construct, id: string, props: SecretsReaderProps) {
    super(scope, id);
    const { platform, reader, scope: apart, word } = props;
    this.role = new iam.Role(this, 'Role', {
      // The store of the namespace names it.
      roleName: secretsRole(platform, word),
      path: secretsRolePath(platform),
      description: `External Secrets, for ${word}`,
      assumedBy: new iam.ArnPrincipal(reader).withSessionTags(),
      ...(apart === undefined ? {} : { permissionsBoundary: apart.boundary }),
    });
    inScope(this.role, apart?.name);
    this.policy = new iam.ManagedPolicy(this, 'Policy', { roles: [this.role] });
  }
}
