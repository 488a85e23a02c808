import { PublicIp } from '@cdktf/provider-azurerm/lib/public-ip';
import type { Construct } from 'constructs';
import { sendDiagnostics, type Monitoring } from './diagnostics';
import { nameIn, placed, type Place } from './place';

export interface PublicAddressProps {
  readonly place: Place;
  readonly monitoring: Monitoring;
  /** What it is for, behind the words of every public address. */
  readonly words: readonly string[];
  /** @default Standard */
  readonly sku?: 'Standard' | 'StandardV2';
}

/** A public address that others know by heart, so Terraform never lets it go. It spans all zones of the site. */
export function publicAddress(
  scope: Construct,
  id: string,
  { monitoring, place, sku = 'Standard', words }: PublicAddressProps,
): PublicIp {
  const address = new PublicIp(scope, id, {
    ...placed(place),
    name: nameIn(place, 'public-ip', ...words),
    sku,
    allocationMethod: 'Static',
    // StandardV2 spans the zones without being told.
    ...(sku === 'Standard' ? { zones: [...place.zones] } : {}),
  });
  address.lifecycle = { preventDestroy: true };
  sendDiagnostics(scope, { id: address.id, monitoring }, `${id}Diagnostics`);
  return address;
}
