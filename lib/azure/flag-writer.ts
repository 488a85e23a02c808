import { RoleDefinition } from '@cdktf/provider-azurerm/lib/role-definition';
import { Construct } from 'constructs';
import { pascalCase } from '../platform/ids';
import { groupIdOf, type Place } from './place';
import { assignRole, type Identity } from './role';

export interface FlagWriterProps {
  readonly place: Place;
  /** Who changes flags: what does so step by step, and takes them back. */
  readonly identity: Pick<Identity, 'principalId'>;
  /** Ids of the stores, by the set. */
  readonly stores: Readonly<Record<string, string>>;
}

/** What reading entries with their history and writing them anew needs; nothing that deletes or locks one. */
export const writerDataActions = [
  'Microsoft.AppConfiguration/configurationStores/keyValues/read',
  'Microsoft.AppConfiguration/configurationStores/keyValues/write',
] as const;

/** Lets somebody change flags, and delete none. Azure has no role of its own that may do this and no more. */
export class FlagWriter extends Construct {
  public readonly role: RoleDefinition;

  public constructor(scope: Construct, id: string, props: FlagWriterProps) {
    super(scope, id);
    const { identity, place, stores } = props;
    const { name, site } = place.naming;
    // Azure offers roles of our own in nothing smaller than a resource group; they are given on one store.
    const group = groupIdOf(place);
    this.role = new RoleDefinition(this, 'Role', {
      name: `Flag writer of ${name} ${site}`,
      description: 'Reads flags with their history and changes them, and deletes none.',
      scope: group,
      assignableScopes: [group],
      permissions: [{ dataActions: [...writerDataActions] }],
    });
    for (const [set, scopeId] of Object.entries(stores)) {
      assignRole(this, pascalCase(set), { principalId: identity.principalId, role: this.role.name, scopeId });
    }
  }
}
