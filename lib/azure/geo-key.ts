import { KeyVault } from '@cdktf/provider-azurerm/lib/key-vault';
import type { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment';
import { UserAssignedIdentity } from '@cdktf/provider-azurerm/lib/user-assigned-identity';
import { Construct } from 'constructs';
import { sendDiagnostics, type Monitoring } from './diagnostics';
import { keep } from './keep';
import { makeKey, vaultSettings } from './keys';
import { nameIn, placed, type Place } from './place';
import { privateEndpoint } from './private-endpoint';
import type { PrivateNetwork } from './private-network';
import { assignRole, type Identity } from './role';
import { VaultExpiry } from './vault-expiry';
import { waitFor } from './wait-for';

export interface GeoKeyProps {
  readonly place: Place;
  readonly network: PrivateNetwork;
  readonly monitoring: Monitoring;
  /** Region to which backups are copied. */
  readonly region: string;
}

/**
 * What encrypts copies of backups in another region. PostgreSQL takes neither the key nor the identity of the region that it
 * stands in, since both must outlive it.
 */
export class GeoKey extends Construct {
  public readonly vault: KeyVault;
  /** Id of the key without a version, so that a rotation is followed. */
  public readonly keyId: string;
  /** Identity that may wrap and unwrap with it, and nothing else. */
  public readonly identity: Identity;
  /** What must stand before anything can be encrypted with it. */
  public readonly grant: RoleAssignment;

  public constructor(scope: Construct, id: string, props: GeoKeyProps) {
    super(scope, id);
    const { monitoring, network, place, region } = props;
    const there = { ...place, location: region };
    this.identity = new UserAssignedIdentity(this, 'Identity', {
      ...placed(there),
      name: nameIn(place, 'identity', 'backup-encryption'),
    });
    this.vault = new KeyVault(this, 'Vault', { ...vaultSettings(there), name: nameIn(place, 'key-vault', 'backup') });
    keep(this.vault);
    // The endpoint stands in the network of the site; a vault of any region may be behind it.
    privateEndpoint(this, 'Endpoint', {
      place,
      network,
      name: 'backup-vault',
      targetId: this.vault.id,
      service: 'key-vault',
    });
    sendDiagnostics(this, { id: this.vault.id, monitoring });
    const key = makeKey(this, 'Key', { place: there, vault: this.vault, name: 'backup' });
    const vaultId = this.vault.id;
    const { told } = new VaultExpiry(this, 'Expiry', {
      place: there,
      monitoring,
      vaultId,
      name: 'backup-vault',
      holds: ['Key'],
    });
    waitFor(key, told);
    this.keyId = key.read('properties.keyUri');
    this.grant = assignRole(this, 'Use', {
      principalId: this.identity.principalId,
      role: 'Key Vault Crypto Service Encryption User',
      scopeId: key.id,
    });
  }
}
