import { StorageAccount } from '@cdktf/provider-azurerm/lib/storage-account';
import { StorageContainer } from '@cdktf/provider-azurerm/lib/storage-container';
import { StorageContainerImmutabilityPolicy } from '@cdktf/provider-azurerm/lib/storage-container-immutability-policy';
import { Construct } from 'constructs';
import { pascalCase } from '../platform/ids';
import { digestContainer } from '../platform/ledgers';
import { databaseName } from '../platform/names';
import type { DataClass } from '../platform/nouns/scalars';
import { closedAccount } from './closed-account';
import { sendDiagnostics, type Monitoring } from './diagnostics';
import type { Encryption } from './encryption';
import { keep } from './keep';
import { nameIn, placed, type Place } from './place';
import { privateEndpoint } from './private-endpoint';
import type { PrivateNetwork } from './private-network';
import { raiseQueryAlert } from './query-alert';
import { assignRole, type Identity } from './role';
import { storageSettings } from './storage-settings';

export interface LedgerStoreProps {
  readonly place: Place;
  readonly network: PrivateNetwork;
  readonly encryption: Encryption;
  readonly monitoring: Monitoring;
  /** Databases whose digests it keeps. */
  readonly databases: readonly string[];
  /** The most sensitive data of any of them: a digest tells when something was written, and nothing of what. */
  readonly dataClass: DataClass;
  /** As whom digests are written, and nobody else writes here. */
  readonly writer: Pick<Identity, 'principalId'>;
}

/** What was deleted can be had back for so long, in days. Digests cannot be deleted; containers of an unprotected stage can. */
const keptDays = 14;

/**
 * For so long after its last line nobody changes or removes what was written, in days. Ours: seven years, as long as records of
 * trade are asked for.
 */
const immutableDays = 2557;

/** Somebody is called when there was no digest for so long, in minutes: three in a row are missing. */
const missingMinutes = 60;

/**
 * Keeps digests of ledgers where who owns the databases cannot reach them: an account of its own, whose container takes further lines
 * and lets none be changed. In a protected stage that is locked, for us and for Azure.
 */
export class LedgerStore extends Construct {
  public readonly account: StorageAccount;
  public readonly container: StorageContainer;

  public constructor(scope: Construct, id: string, props: LedgerStoreProps) {
    super(scope, id);
    const { monitoring, network, place, writer } = props;
    this.account = this.makeAccount(props);
    keep(this.account);
    this.container = new StorageContainer(this, 'Container', {
      storageAccountId: this.account.id,
      name: digestContainer,
      containerAccessType: 'private',
    });
    keep(this.container);
    new StorageContainerImmutabilityPolicy(this, 'Immutable', {
      storageContainerResourceManagerId: this.container.id,
      immutabilityPeriodInDays: immutableDays,
      protectedAppendWritesEnabled: true,
      locked: place.isProtected,
    });
    assignRole(this, 'Writer', {
      principalId: writer.principalId,
      role: 'Storage Blob Data Contributor',
      scopeId: this.container.id,
    });
    privateEndpoint(this, 'Endpoint', { place, network, name: 'ledger', targetId: this.account.id, service: 'blob' });
    sendDiagnostics(this, { id: `${this.account.id}/blobServices/default`, monitoring, metrics: false });
    this.alert(props);
  }

  private makeAccount({ dataClass, encryption, place }: LedgerStoreProps): StorageAccount {
    const { tags, ...where } = placed(place);
    const { accessTier, accountReplicationType } = storageSettings('hot', place);
    return new StorageAccount(this, 'Account', {
      ...closedAccount(encryption),
      ...where,
      tags: { ...tags, 'data-class': dataClass },
      name: nameIn(place, 'storage-account', 'ledger'),
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

  /** Azure's own log of the account is asked, so that a cluster that is gone is noticed, too. */
  private alert({ databases, monitoring, place }: LedgerStoreProps): void {
    for (const database of databases) {
      const blobs = `/${digestContainer}/${databaseName(database)}/`;
      raiseQueryAlert(this, `${pascalCase(database)}Missing`, {
        place,
        monitoring,
        name: `ledger-${database}-missing`,
        // A count has a row even where there is nothing to count, so that silence calls somebody.
        query:
          `StorageBlobLogs | where AccountName == "${nameIn(place, 'storage-account', 'ledger')}" and OperationName == "AppendBlock"` +
          ` and StatusText == "Success" and ObjectKey contains "${blobs}" and TimeGenerated > ago(${missingMinutes}m)` +
          ' | summarize digests = count() | project missing = iff(digests == 0, 1, 0)',
        measure: 'missing',
        threshold: 0,
        windowMinutes: missingMinutes,
        description: `No digest of the ledger in database ${database} was kept for an hour.`,
        runbook: 'azure-ledger',
      });
    }
  }
}
