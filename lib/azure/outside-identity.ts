import { FederatedIdentityCredential } from '@cdktf/provider-azurerm/lib/federated-identity-credential';
import { UserAssignedIdentity } from '@cdktf/provider-azurerm/lib/user-assigned-identity';
import { Construct } from 'constructs';
import { tokenAudience } from '../platform/delivery';
import { pascalCase } from '../platform/ids';
import { azureIdentity } from '../platform/azure-names';
import { placed, type Place } from './place';
import type { Identity } from './role';

export interface OutsideIdentityProps {
  readonly place: Place;
  /** What acts as the identity, by which it is named: `object-copier`. */
  readonly word: string;
  /** Where that is: `primary`. Names the proof. */
  readonly from: string;
  /** Who issues the tokens by which it proves itself. */
  readonly issuer: string;
  /** Whom alone such a token may be about. */
  readonly subject: string;
}

/**
 * As whom something acts that stands outside of Azure: one subject of one issuer of tokens may take the identity, and there is no
 * key or password that could be lost. It may nothing by itself; what it uses gives it a role.
 */
export class OutsideIdentity extends Construct {
  public readonly identity: Identity;
  public readonly credential: FederatedIdentityCredential;

  public constructor(scope: Construct, id: string, props: OutsideIdentityProps) {
    super(scope, id);
    const { from, issuer, place, subject, word } = props;
    const identity = new UserAssignedIdentity(this, 'Identity', {
      ...placed(place),
      name: azureIdentity(place.naming, word),
    });
    this.identity = identity;
    this.credential = new FederatedIdentityCredential(this, pascalCase(from), {
      name: from,
      resourceGroupName: place.resourceGroupName,
      parentId: identity.id,
      issuer,
      audience: [tokenAudience.azure],
      subject,
    });
  }
}
