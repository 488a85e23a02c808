import { Construct } from 'constructs';
import type { AzureSite } from '../platform/nouns/site';
import type { Monitoring } from './diagnostics';
import type { Encryption } from './encryption';
import { Keys } from './keys';
import type { PrivateNetwork } from './private-network';
import { ScopeNetwork, type ScopeNetworkProps } from './scope-network';
import { VaultExpiry } from './vault-expiry';
import { waitFor } from './wait-for';

/** What is encrypted in a scope. */
export const scopePurposes = ['database', 'storage'] as const;
export type ScopePurpose = (typeof scopePurposes)[number];

/** What whatever stands in a scope is given in place of the site's own. */
export interface Apart {
  readonly network: PrivateNetwork;
  readonly encryption: Encryption<ScopePurpose>;
}

export interface ScopeProps extends ScopeNetworkProps {
  readonly monitoring: Monitoring;
  /** Who administers keys and secrets: a group of Entra ID. */
  readonly administrators: AzureSite['administrators'];
}

/** What a scope has of its own before anything stands in it: subnets, and a vault for its keys and secrets. */
export class Scope extends Construct implements Apart {
  public readonly network: ScopeNetwork;
  public readonly encryption: Keys<ScopePurpose>;

  public constructor(scope: Construct, id: string, props: ScopeProps) {
    super(scope, id);
    const { administrators, monitoring, place } = props;
    this.network = new ScopeNetwork(this, 'Network', props);
    this.encryption = new Keys(this, 'Keys', {
      place,
      network: this.network,
      monitoring,
      administrators,
      purposes: scopePurposes,
    });
    const { vaultId } = this.encryption;
    const { told } = new VaultExpiry(this, 'VaultExpiry', { place, monitoring, vaultId, holds: ['Secret', 'Key'] });
    for (const key of this.encryption.keys) waitFor(key, told);
  }
}
