import { RoleDefinition } from '@cdktf/provider-azurerm/lib/role-definition';
import { Construct } from 'constructs';
import { pascalCase } from '../platform/ids';
import { groupIdOf, type Place } from './place';
import type { Queue } from './queue';
import { assignRole, type Identity } from './role';

export interface QueueReaderProps {
  readonly place: Place;
  /** Who asks: what counts pods by queues. */
  readonly identity: Identity;
  /** The queues whose length is asked for, by name. */
  readonly queues: Readonly<Record<string, Queue>>;
}

/**
 * Lets somebody ask how many messages wait in a queue, and neither take nor send one. Azure has no such role of its own: all of
 * its roles that tell the length hand out the messages, too.
 */
export class QueueReader extends Construct {
  public readonly role: RoleDefinition;

  public constructor(scope: Construct, id: string, props: QueueReaderProps) {
    super(scope, id);
    const { identity, place, queues } = props;
    const { name, site } = place.naming;
    // Azure offers roles of our own in nothing smaller than a resource group; they are given on one queue.
    const group = groupIdOf(place);
    this.role = new RoleDefinition(this, 'Role', {
      name: `Queue reader of ${name} ${site}`,
      description: 'Asks how many messages wait in a queue, and takes none.',
      scope: group,
      assignableScopes: [group],
      permissions: [{ actions: ['Microsoft.ServiceBus/namespaces/queues/read'] }],
    });
    for (const [queue, { queue: resource }] of Object.entries(queues)) {
      assignRole(this, pascalCase(queue), {
        principalId: identity.principalId,
        role: this.role.name,
        scopeId: resource.id,
      });
    }
  }
}
