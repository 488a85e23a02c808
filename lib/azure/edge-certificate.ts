import { UserAssignedIdentity } from '@cdktf/provider-azurerm/lib/user-assigned-identity';
import type { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment';
import { Construct } from 'constructs';
import { edgeCertificate } from '../platform/azure-gateway';
import { nameIn, placed, type Place } from './place';
import { assignRole } from './role';

export interface EdgeCertificateProps {
  readonly place: Place;
  readonly vaultId: string;
  /** Address of the vault: `https://kv….vault.azure.net`. */
  readonly vaultHost: string;
}

/**
 * The certificate of the platform's domain, which people or a pipeline keep in the vault under a fixed name, and the identity
 * that may read this one entry. It is named without a version, so that a renewed one is followed without an apply.
 */
export class EdgeCertificate extends Construct {
  public readonly identity: UserAssignedIdentity;
  /** What must stand before the certificate can be read. */
  public readonly grant: RoleAssignment;
  /** Where the certificate and its key are read, without a version. */
  public readonly secretId: string;
  /** The certificate itself, without a version. */
  public readonly certificateId: string;

  public constructor(scope: Construct, id: string, props: EdgeCertificateProps) {
    super(scope, id);
    const { place, vaultHost, vaultId } = props;
    this.identity = new UserAssignedIdentity(this, 'Identity', {
      ...placed(place),
      name: nameIn(place, 'identity', 'edge'),
    });
    this.grant = assignRole(this, 'Reads', {
      principalId: this.identity.principalId,
      role: 'Key Vault Secrets User',
      scopeId: `${vaultId}/secrets/${edgeCertificate}`,
    });
    this.secretId = `${vaultHost}/secrets/${edgeCertificate}`;
    this.certificateId = `${vaultHost}/certificates/${edgeCertificate}`;
  }
}
