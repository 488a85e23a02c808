import { StorageAccount as Account } from '@cdktf/provider-azurerm/lib/storage-account';
import { StorageManagementPolicy } from '@cdktf/provider-azurerm/lib/storage-management-policy';
import { Construct } from 'constructs';
import type { StorageKind } from '../platform/azure-storage';
import { mostSensitive } from '../platform/nouns/scalars';
import type { Bucket } from '../platform/nouns/storage';
import { raiseAlerts, type AlertTable } from './alert-table';
import { closedAccount } from './closed-account';
import { sendDiagnostics, type Monitoring } from './diagnostics';
import type { Encryption } from './encryption';
import { exempt } from './exempt';
import { keep } from './keep';
import { nameIn, placed, type Place } from './place';
import { privateEndpoint } from './private-endpoint';
import type { PrivateNetwork } from './private-network';
import { lifecycleRule, restoreDays, softDeleteDays, storageSettings, type StorageSettings } from './storage-settings';

export interface StorageAccountProps {
  readonly place: Place;
  readonly network: PrivateNetwork;
  readonly encryption: Encryption;
  readonly monitoring: Monitoring;
  readonly kind: StorageKind;
  /** Buckets of the account, by name. */
  readonly buckets: Readonly<Record<string, Bucket>>;
  /** Whether the edge serves the objects of one of them. The container says of which. @default false */
  readonly serves?: boolean;
}

const runbook = 'azure-storage';

/** What Azure answers when an account is asked for more than it can give. */
const throttled = ['ClientAccountRequestThrottlingError', 'ClientThrottlingError', 'ServerBusyError'];

const alerts = (kind: StorageKind): AlertTable => ({
  Unavailable: {
    metricName: 'Availability',
    aggregation: 'Average',
    operator: 'LessThan',
    threshold: 99.9,
    windowMinutes: 15,
    description: `The ${kind} storage account fails requests.`,
    runbook,
  },
  Throttled: {
    metricName: 'Transactions',
    aggregation: 'Total',
    threshold: 100,
    windowMinutes: 15,
    dimensions: { ResponseType: throttled },
    description: `The ${kind} storage account refuses requests because there are too many of them.`,
    runbook,
  },
});

/**
 * A storage account without keys: objects are versioned, encrypted twice, found on the network alone and kept for a time
 * after they were deleted.
 */
export class StorageAccount extends Construct {
  public readonly account: Account;
  public readonly settings: StorageSettings;
  /** For so long objects can be taken back to any second, in days. Nothing if they cannot. */
  public readonly restoreDays: number | undefined;

  public constructor(scope: Construct, id: string, props: StorageAccountProps) {
    super(scope, id);
    const { buckets, kind, monitoring, network, place } = props;
    this.settings = storageSettings(kind, place);
    this.restoreDays = restoreDays(kind, softDeleteDays(Object.values(buckets)));
    this.account = this.makeAccount(props);
    keep(this.account);
    if (props.serves === true) {
      exempt(this.account, {
        'public-access': 'The edge reads the files of one container without an identity, by private link alone.',
      });
    }
    new StorageManagementPolicy(this, 'Lifecycle', {
      storageAccountId: this.account.id,
      rule: Object.entries(buckets).map(([name, spec]) => lifecycleRule(name, spec, this.settings)),
    });
    privateEndpoint(this, 'Endpoint', { place, network, name: kind, targetId: this.account.id, service: 'blob' });
    // The account itself has no log; its metrics are kept by Azure in any case.
    sendDiagnostics(this, { id: `${this.account.id}/blobServices/default`, monitoring, metrics: false });
    raiseAlerts(
      this,
      {
        place,
        monitoring,
        targetId: this.account.id,
        name: `storage-${kind}`,
        metricNamespace: 'Microsoft.Storage/storageAccounts',
      },
      alerts(kind),
    );
  }

  private makeAccount({ buckets, encryption, kind, place, serves = false }: StorageAccountProps): Account {
    const { accessTier, accountReplicationType } = this.settings;
    const specs = Object.values(buckets);
    const { tags, ...where } = placed(place);
    const days = softDeleteDays(specs);
    return new Account(this, 'Account', {
      ...closedAccount(encryption),
      ...where,
      tags: { ...tags, 'data-class': mostSensitive(specs.map(({ dataClass }) => dataClass)) },
      name: nameIn(place, 'storage-account', kind),
      accountReplicationType,
      accessTier,
      allowNestedItemsToBePublic: serves,
      sasPolicy: { expirationPeriod: '01.00:00:00', expirationAction: 'Log' },
      blobProperties: {
        versioningEnabled: true,
        changeFeedEnabled: true,
        changeFeedRetentionInDays: days,
        deleteRetentionPolicy: { days },
        ...(this.restoreDays === undefined ? {} : { restorePolicy: { days: this.restoreDays } }),
        containerDeleteRetentionPolicy: { days },
      },
    });
  }
}
