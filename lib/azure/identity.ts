import { UserAssignedIdentity } from '@cdktf/provider-azurerm/lib/user-assigned-identity';
import { Construct } from 'constructs';
import { azureIdentity } from '../platform/names';
import { pascalCase } from '../platform/ids';
import { placed, type Place } from './place';
import type { Identity } from './role';

export interface IdentitiesProps {
  readonly place: Place;
  /** Names of the services. */
  readonly services: readonly string[];
}

/** The gateway's word among the identities. */
export const gatewayWord = 'gateway';

/**
 * An identity for each service and for the gateway. It may nothing by itself: each part that a service uses gives it a role,
 * and the cluster says which of its own accounts may act as it.
 */
export class Identities extends Construct {
  /** By service. */
  public readonly services: Readonly<Record<string, Identity>>;
  public readonly gateway: Identity;

  public constructor(scope: Construct, id: string, props: IdentitiesProps) {
    super(scope, id);
    const { place, services } = props;
    const make = (word: string): UserAssignedIdentity =>
      new UserAssignedIdentity(this, pascalCase(word), {
        ...placed(place),
        name: azureIdentity(place.platform, word),
      });
    this.services = Object.fromEntries(services.map((service) => [service, make(service)]));
    this.gateway = make(gatewayWord);
  }
}
