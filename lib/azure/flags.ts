import { AppConfiguration } from '@cdktf/provider-azurerm/lib/app-configuration';
import type { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment';
import { Construct } from 'constructs';
import { pascalCase } from '../platform/ids';
import type { AzureSite } from '../platform/nouns/site';
import { raiseAlerts } from './alert-table';
import type { Capability, Use } from './capability';
import { sendDiagnostics, type Monitoring } from './diagnostics';
import { exempt } from './exempt';
import { flagAlerts } from './flag-settings';
import { keep } from './keep';
import { nameIn, placed, type Place } from './place';
import { privateEndpoint } from './private-endpoint';
import type { PrivateNetwork } from './private-network';
import { assignRole, type Identity } from './role';

/** Where the copy of a set stands. */
export interface FlagCopy {
  /** What the store calls it: letters and digits. */
  readonly name: string;
  readonly region: string;
}

export interface FlagsProps {
  readonly place: Place;
  readonly network: PrivateNetwork;
  readonly monitoring: Monitoring;
  /** Name of the set. */
  readonly name: string;
  /** Who turns flags. */
  readonly administrators: AzureSite['administrators'];
  /** @default - the set is in the site's region alone */
  readonly copy?: FlagCopy | undefined;
}

/** Days for which a deleted store can be had back, and nobody can purge it: Azure offers no more. */
const softDeleteDays = 7;

/**
 * Where a set of flags is kept: App Configuration, in the network, for identities of Entra ID alone. Services read; the group of
 * administrators turns. What the flags are is another stack's (docs/adr/0029-flags-on-azure.md).
 */
export class Flags extends Construct implements Capability {
  public readonly store: AppConfiguration;
  /** Lets the administrators turn flags. */
  public readonly administration: RoleAssignment;

  public constructor(scope: Construct, id: string, props: FlagsProps) {
    super(scope, id);
    const { administrators, copy, monitoring, name, network, place } = props;
    const { tags, ...where } = placed(place);
    this.store = new AppConfiguration(this, 'Store', {
      ...where,
      tags: { ...tags, 'data-class': 'internal' },
      name: nameIn(place, 'app-configuration', name),
      sku: 'standard',
      localAuthEnabled: false,
      publicNetworkAccess: 'Disabled',
      // Whoever comes by Azure's own interface needs a role on the flags as well, and is written down by name.
      dataPlaneProxyAuthenticationMode: 'Pass-through',
      dataPlaneProxyPrivateLinkDelegationEnabled: false,
      purgeProtectionEnabled: true,
      softDeleteRetentionDays: softDeleteDays,
      ...(copy === undefined ? {} : { replica: [{ name: copy.name, location: copy.region }] }),
    });
    exempt(this.store, {
      'customer-key':
        'Key Vault lets services past its firewall that it trusts by name, and App Configuration is none of them; flags are no secrets, and name no person.',
    });
    keep(this.store, { why: 'Flags are in it as people turned them.' });
    this.administration = assignRole(this, 'Administrators', {
      principalId: administrators.objectId,
      principalType: 'Group',
      role: 'App Configuration Data Owner',
      scopeId: this.store.id,
    });
    privateEndpoint(this, 'Endpoint', { place, network, name, targetId: this.store.id, service: 'flags' });
    sendDiagnostics(this, { id: this.store.id, monitoring });
    raiseAlerts(
      this,
      {
        place,
        monitoring,
        targetId: this.store.id,
        name: `flags-${name}`,
        metricNamespace: 'Microsoft.AppConfiguration/configurationStores',
      },
      flagAlerts(name, copy !== undefined),
    );
  }

  /** Lets a service read the flags of this set. */
  public grant(scope: Construct, identity: Identity, { kind, service }: Use): void {
    if (kind !== 'flags') throw new Error(`${this.node.path} answers to flags, got ${kind}`);
    assignRole(scope, `${pascalCase(service)}Reads`, {
      principalId: identity.principalId,
      role: 'App Configuration Data Reader',
      scopeId: this.store.id,
    });
  }
}
