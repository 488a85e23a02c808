import { RoleDefinition } from '@cdktf/provider-azurerm/lib/role-definition';
import { Construct } from 'constructs';
import { groupIdOf, type Place } from './place';
import type { StorageAccount } from './storage-account';

export interface ArchiveWriterProps {
  readonly place: Place;
  /** The account of the archive. */
  readonly storage: StorageAccount;
}

const blobs = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs';

/** A role that writes objects and reads what it wrote, and removes none. Azure has no such role of its own. */
export class ArchiveWriter extends Construct {
  /** Its name, which no other role of the tenant has. */
  public readonly roleName: string;

  public constructor(scope: Construct, id: string, props: ArchiveWriterProps) {
    super(scope, id);
    const { place, storage } = props;
    const { name, site } = place.naming;
    // Azure offers roles of our own in nothing smaller than a resource group; they are given on one container.
    const group = groupIdOf(place);
    this.roleName = new RoleDefinition(this, 'Role', {
      name: `Archive writer of ${name} ${site} in ${storage.account.name}`,
      description: 'Writes objects to the archive and removes none.',
      scope: group,
      assignableScopes: [group],
      permissions: [
        {
          dataActions: [`${blobs}/read`, `${blobs}/write`, `${blobs}/add/action`],
          notDataActions: [`${blobs}/delete`],
        },
      ],
    }).name;
  }
}
