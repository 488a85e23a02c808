import { FederatedIdentityCredential } from '@cdktf/provider-azurerm/lib/federated-identity-credential';
import { UserAssignedIdentity } from '@cdktf/provider-azurerm/lib/user-assigned-identity';
import { Construct } from 'constructs';
import { azureIdentity, copierWord } from '../platform/names';
import type { ObjectCopies } from '../platform/object-copies';
import { tokenAudience } from './federation';
import { placed, type Place } from './place';
import type { Identity } from './role';

export interface ObjectCopierProps {
  readonly place: Place;
  readonly copies: Pick<ObjectCopies, 'issuer' | 'subject'>;
}

/** As whom objects are copied from the primary: an identity that one role of its account may act as, proved by AWS, without any key. */
export class ObjectCopier extends Construct {
  public readonly identity: Identity;
  public readonly credential: FederatedIdentityCredential;

  public constructor(scope: Construct, id: string, props: ObjectCopierProps) {
    super(scope, id);
    const { copies, place } = props;
    const identity = new UserAssignedIdentity(this, 'Identity', {
      ...placed(place),
      name: azureIdentity(place.platform, copierWord),
    });
    this.identity = identity;
    this.credential = new FederatedIdentityCredential(this, 'Primary', {
      name: 'primary',
      resourceGroupName: place.resourceGroupName,
      parentId: identity.id,
      issuer: copies.issuer,
      audience: [tokenAudience],
      subject: copies.subject,
    });
  }
}
