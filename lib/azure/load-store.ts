import { StorageAccount } from '@cdktf/provider-azurerm/lib/storage-account';
import { StorageContainer } from '@cdktf/provider-azurerm/lib/storage-container';
import { StorageManagementPolicy } from '@cdktf/provider-azurerm/lib/storage-management-policy';
import { Construct } from 'constructs';
import { loadContainer } from '../platform/load-tests/in-cluster';
import { closedAccount } from './closed-account';
import { sendDiagnostics, type Monitoring } from './diagnostics';
import type { Encryption } from './encryption';
import { keep } from './keep';
import { nameIn, placed, type Place } from './place';
import { privateEndpoint } from './private-endpoint';
import type { PrivateNetwork } from './private-network';
import { assignRole, type Identity } from './role';
import { storageSettings } from './storage-settings';

export interface LoadStoreProps {
  readonly place: Place;
  readonly network: PrivateNetwork;
  readonly encryption: Encryption;
  readonly monitoring: Monitoring;
  /** Results are kept this long, in days. */
  readonly keepDays: number;
  /** As whom results are written, and nobody else writes here. */
  readonly writer: Pick<Identity, 'principalId'>;
}

/** What was deleted or written over can be had back for so long, in days. */
const keptDays = 14;

/** Keeps what load tests found, in an account of its own: whoever makes load has a way to no other data. */
export class LoadStore extends Construct {
  public readonly account: StorageAccount;
  public readonly container: StorageContainer;

  public constructor(scope: Construct, id: string, props: LoadStoreProps) {
    super(scope, id);
    const { keepDays, monitoring, network, place, writer } = props;
    this.account = this.makeAccount(props);
    keep(this.account);
    this.container = new StorageContainer(this, 'Container', {
      storageAccountId: this.account.id,
      name: loadContainer,
      containerAccessType: 'private',
    });
    keep(this.container);
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
    assignRole(this, 'Writer', {
      principalId: writer.principalId,
      role: 'Storage Blob Data Contributor',
      scopeId: this.container.id,
    });
    privateEndpoint(this, 'Endpoint', { place, network, name: 'loads', targetId: this.account.id, service: 'blob' });
    sendDiagnostics(this, { id: `${this.account.id}/blobServices/default`, monitoring, metrics: false });
  }

  private makeAccount({ encryption, place }: LoadStoreProps): StorageAccount {
    const { tags, ...where } = placed(place);
    const { accessTier, accountReplicationType } = storageSettings('hot', place);
    return new StorageAccount(this, 'Account', {
      ...closedAccount(encryption),
      ...where,
      tags: { ...tags, 'data-class': 'internal' },
      name: nameIn(place, 'storage-account', 'loads'),
      accountReplicationType,
      accessTier,
      sasPolicy: { expirationPeriod: '01.00:00:00', expirationAction: 'Log' },
      blobProperties: {
        versioningEnabled: true,
        deleteRetentionPolicy: { days: keptDays },
        containerDeleteRetentionPolicy: { days: keptDays },
      },
    });
  }
}
