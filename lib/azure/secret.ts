import type { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment';
import { Construct } from 'constructs';
import { azureSecretName } from '../platform/names';
import type { Secret as SecretSpec } from '../platform/nouns/storage';
import type { Capability, Use } from './capability';
import { pascalCase } from '../platform/ids';
import { assignRole, type Identity } from './role';

export interface ExternalSecretProps {
  /** What the definition calls it. */
  readonly name: string;
  readonly spec: SecretSpec;
  /** Id of the vault in which it lies. */
  readonly vaultId: string;
}

/** Who reads a field of a secret. */
export interface FieldUse {
  readonly reader: string;
  readonly field: string;
}

/**
 * A secret whose value comes from outside. Terraform makes no entry for it: it would have to know a value, and would write
 * that over the one that people wrote. People or a pipeline write each field into the vault under the name that is fixed
 * here (docs/runbooks/azure-secrets.md), before the stack is applied that gives services the right to read it.
 */
export class ExternalSecret extends Construct implements Capability {
  /** Names of the entries of the vault, by field. */
  public readonly entries: Readonly<Record<string, string>>;
  private readonly vaultId: string;

  public constructor(scope: Construct, id: string, props: ExternalSecretProps) {
    super(scope, id);
    const { name, spec, vaultId } = props;
    this.vaultId = vaultId;
    this.entries = Object.fromEntries(spec.fields.map((field) => [field, azureSecretName(name, field)]));
  }

  /** Allows a service to read the values, and no other entry of the vault. */
  public grant(scope: Construct, identity: Identity, { service }: Use): readonly RoleAssignment[] {
    return Object.keys(this.entries).map((field) => this.grantField(scope, identity, { reader: service, field }));
  }

  /**
   * Allows somebody to read the value of one field alone.
   *
   * @throws Error if the secret has no such field
   */
  public grantField(scope: Construct, identity: Identity, { field, reader }: FieldUse): RoleAssignment {
    const entry = this.entries[field];
    if (entry === undefined) {
      throw new Error(`${this.node.path} must have one of ${Object.keys(this.entries).join(', ')}, got ${field}`);
    }
    return assignRole(scope, pascalCase(`${reader}-${entry}`), {
      principalId: identity.principalId,
      role: 'Key Vault Secrets User',
      scopeId: `${this.vaultId}/secrets/${entry}`,
    });
  }
}
