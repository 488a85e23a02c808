import { PublicIp } from '@cdktf/provider-azurerm/lib/public-ip';
import type { Construct } from 'constructs';
import type { AzureSite } from '../platform/nouns/site';
import { raiseAlert } from './alerts';
import { sendDiagnostics, type Monitoring } from './diagnostics';
import { nameIn, placed, type Place } from './place';

export interface PublicAddressProps {
  readonly place: Place;
  readonly monitoring: Monitoring;
  /** What it is for, behind the words of every public address. */
  readonly words: readonly string[];
  /** @default Standard */
  readonly sku?: 'Standard' | 'StandardV2';
  /** How it is protected against floods. @default 'basic' */
  readonly ddosProtection?: AzureSite['network']['ddosProtection'];
}

/** What each protection asks of an address itself. */
const ddosModes = { basic: {}, address: { ddosProtectionMode: 'Enabled' }, network: {} } as const;

/** A public address that others know by heart, so Terraform never lets it go. It spans all zones of the site. */
export function publicAddress(
  scope: Construct,
  id: string,
  { ddosProtection = 'basic', monitoring, place, sku = 'Standard', words }: PublicAddressProps,
): PublicIp {
  const address = new PublicIp(scope, id, {
    ...placed(place),
    name: nameIn(place, 'public-ip', ...words),
    sku,
    allocationMethod: 'Static',
    ...ddosModes[ddosProtection],
    // StandardV2 spans the zones without being told.
    ...(sku === 'Standard' ? { zones: [...place.zones] } : {}),
  });
  address.lifecycle = { preventDestroy: true };
  sendDiagnostics(scope, { id: address.id, monitoring }, `${id}Diagnostics`);
  if (ddosProtection !== 'basic') {
    raiseAlert(scope, `${id}Attacked`, {
      place,
      monitoring,
      name: `address-${words.join('-')}-attacked`,
      targetId: address.id,
      metricNamespace: 'Microsoft.Network/publicIPAddresses',
      metricName: 'IfUnderDDoSAttack',
      aggregation: 'Maximum',
      threshold: 1,
      severity: 2,
      description: `Azure holds a flood off the address ${words.join(' ')}.`,
      runbook: 'azure-edge',
    });
  }
  return address;
}
