import type { StorageAccount } from '@cdktf/provider-azurerm/lib/storage-account';
import { StorageContainer } from '@cdktf/provider-azurerm/lib/storage-container';
import { Construct } from 'constructs';
import { failoverContainers } from '../platform/failover-store';
import { exempt } from './exempt';
import { keep } from './keep';
import { assignRole, type Identity } from './role';

export interface FailoverStoreProps {
  /** The account from which the edge serves. */
  readonly account: Pick<StorageAccount, 'id'>;
  /** As whom the failover control runs, and nobody else writes here. */
  readonly control: Pick<Identity, 'principalId'>;
}

/**
 * What a failover control keeps while the other cloud is down: the latch that says which site leads, which everybody may read, and the
 * journal of what was done, which nobody else may.
 */
export class FailoverStore extends Construct {
  public readonly leader: StorageContainer;
  public readonly journal: StorageContainer;

  public constructor(scope: Construct, id: string, props: FailoverStoreProps) {
    super(scope, id);
    this.leader = this.makeContainer('Leader', failoverContainers.leader, 'blob', props);
    exempt(this.leader, {
      'public-access': 'Keepers and health checks read which site leads; the account is reached by private link alone.',
    });
    this.journal = this.makeContainer('Journal', failoverContainers.journal, 'private', props);
  }

  private makeContainer(
    id: string,
    name: string,
    containerAccessType: 'blob' | 'private',
    { account, control }: FailoverStoreProps,
  ): StorageContainer {
    const container = new StorageContainer(this, id, { storageAccountId: account.id, name, containerAccessType });
    keep(container);
    assignRole(this, `${id}Writer`, {
      principalId: control.principalId,
      role: 'Storage Blob Data Contributor',
      scopeId: container.id,
    });
    return container;
  }
}
