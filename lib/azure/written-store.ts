import { StorageAccount } from '@cdktf/provider-azurerm/lib/storage-account';
import { StorageContainer } from '@cdktf/provider-azurerm/lib/storage-container';
import type { Construct } from 'constructs';
import type { DataClass } from '../platform/nouns/scalars';
import { closedAccount } from './closed-account';
import { sendDiagnostics, type Monitoring } from './diagnostics';
import type { Encryption } from './encryption';
import { keep } from './keep';
import { nameIn, placed, type Place } from './place';
import { privateEndpoint } from './private-endpoint';
import type { PrivateNetwork } from './private-network';
import { assignRole, type Identity } from './role';
import { storageSettings } from './storage-settings';

export interface WrittenStoreProps {
  readonly place: Place;
  readonly network: PrivateNetwork;
  readonly encryption: Encryption<'storage'>;
  readonly monitoring: Monitoring;
  /** As whom blobs are written, and nobody else writes here. */
  readonly writer: Pick<Identity, 'principalId'>;
}

/** What was deleted or written over can be had back for so long, in days. */
const keptDays = 14;

/** An account of its own with one container in it, in the network alone, for one identity that writes there. */
export function writtenStore(
  scope: Construct,
  { encryption, monitoring, network, place, writer }: WrittenStoreProps,
  { container: containerName, dataClass, name }: { name: string; container: string; dataClass: DataClass },
): { readonly account: StorageAccount; readonly container: StorageContainer } {
  const { tags, ...where } = placed(place);
  const { accessTier, accountReplicationType } = storageSettings('hot', place);
  const account = new StorageAccount(scope, 'Account', {
    ...closedAccount(encryption),
    ...where,
    tags: { ...tags, 'data-class': dataClass },
    name: nameIn(place, 'storage-account', name),
    accountReplicationType,
    accessTier,
    sasPolicy: { expirationPeriod: '01.00:00:00', expirationAction: 'Log' },
    blobProperties: {
      versioningEnabled: true,
      deleteRetentionPolicy: { days: keptDays },
      containerDeleteRetentionPolicy: { days: keptDays },
    },
  });
  keep(account);
  const container = new StorageContainer(scope, 'Container', {
    storageAccountId: account.id,
    name: containerName,
    containerAccessType: 'private',
  });
  keep(container);
  assignRole(scope, 'Writer', {
    principalId: writer.principalId,
    role: 'Storage Blob Data Contributor',
    scopeId: container.id,
  });
  privateEndpoint(scope, 'Endpoint', { place, network, name, targetId: account.id, service: 'blob' });
  sendDiagnostics(scope, { id: `${account.id}/blobServices/default`, monitoring, metrics: false });
  return { account, container };
}
