import type { StorageAccount } from '@cdktf/provider-azurerm/lib/storage-account';
import type { StorageContainer } from '@cdktf/provider-azurerm/lib/storage-container';
import { StorageContainerImmutabilityPolicy } from '@cdktf/provider-azurerm/lib/storage-container-immutability-policy';
import { Construct } from 'constructs';
import { pascalCase } from '../platform/ids';
import { digestContainer } from '../platform/ledgers';
import { databaseName } from '../platform/names';
import type { DataClass } from '../platform/nouns/scalars';
import { nameIn } from './place';
import { raiseQueryAlert } from './query-alert';
import { assignRole, type Identity } from './role';
import { writtenStore, type WrittenStoreProps } from './written-store';

export interface LedgerStoreProps extends WrittenStoreProps {
  /** Databases whose digests it keeps. */
  readonly databases: readonly string[];
  /** The most sensitive data of any of them: a digest tells when something was written, and nothing of what. */
  readonly dataClass: DataClass;
  /** As whom digests are read to verify ledgers by them; it writes nothing. */
  readonly reader: Pick<Identity, 'principalId'>;
}

/** What its account is called after. */
const accountWord = 'ledger';

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
    const { dataClass, place, reader } = props;
    const made = writtenStore(this, props, { name: accountWord, container: digestContainer, dataClass });
    this.account = made.account;
    this.container = made.container;
    assignRole(this, 'Reader', {
      principalId: reader.principalId,
      role: 'Storage Blob Data Reader',
      scopeId: this.container.id,
    });
    new StorageContainerImmutabilityPolicy(this, 'Immutable', {
      storageContainerResourceManagerId: this.container.id,
      immutabilityPeriodInDays: immutableDays,
      protectedAppendWritesEnabled: true,
      locked: place.isProtected,
    });
    this.alert(props);
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
          `StorageBlobLogs | where AccountName == "${nameIn(place, 'storage-account', accountWord)}" and OperationName == "AppendBlock"` +
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
