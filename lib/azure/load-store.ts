import type { StorageAccount } from '@cdktf/provider-azurerm/lib/storage-account';
import type { StorageContainer } from '@cdktf/provider-azurerm/lib/storage-container';
import { StorageManagementPolicy } from '@cdktf/provider-azurerm/lib/storage-management-policy';
import { Construct } from 'constructs';
import { loadContainer } from '../platform/load-tests/in-cluster';
import { writtenStore, type WrittenStoreProps } from './written-store';

export interface LoadStoreProps extends WrittenStoreProps {
  /** Results are kept this long, in days. */
  readonly keepDays: number;
}

/** Keeps what load tests found, in an account of its own: whoever makes load has a way to no other data. */
export class LoadStore extends Construct {
  public readonly account: StorageAccount;
  public readonly container: StorageContainer;

  public constructor(scope: Construct, id: string, props: LoadStoreProps) {
    super(scope, id);
    const { keepDays } = props;
    const made = writtenStore(this, props, { name: 'loads', container: loadContainer, dataClass: 'internal' });
    this.account = made.account;
    this.container = made.container;
    new StorageManagementPolicy(this, 'Expiry', {
      storageAccountId: this.account.id,
      rule: [
        {
          name: 'expire',
          enabled: true,
          filters: { blobTypes: ['blockBlob'], prefixMatch: [`${loadContainer}/`] },
          actions: {
            baseBlob: { deleteAfterDaysSinceModificationGreaterThan: keepDays },
            version: { deleteAfterDaysSinceCreation: keepDays },
          },
        },
      ],
    });
  }
}
