import { StorageObjectReplication } from '@cdktf/provider-azurerm/lib/storage-object-replication';
import { Construct } from 'constructs';
import { mostReplicatedBuckets, type StorageKind } from '../platform/azure-storage';
import { raiseAlerts, type AlertTable } from './alert-table';
import { AzapiUpdate, type AzapiUpdateProps } from './azapi';
import type { Monitoring } from './diagnostics';
import { inTurn } from './in-turn';
import type { Place } from './place';

export interface ObjectReplicationProps {
  readonly place: Place;
  readonly monitoring: Monitoring;
  /** What the accounts are for, for alerts. */
  readonly kind: StorageKind;
  /** Ids of the accounts: that of the site that leads until a move, and that of the other one. */
  readonly firstAccountId: string;
  readonly secondAccountId: string;
  /** Buckets that are copied: both accounts have a container of each name. At most ten. */
  readonly buckets: readonly string[];
  /** Since when objects are written into the second account, in UTC. @default - they are written into the first */
  readonly backSince?: string | undefined;
}

/** Azure counts what waits by how long it has waited: so begin the ages from a quarter of an hour. */
const lateAges = ['15', '30', '2', '8', '>'];

const alerts = (kind: StorageKind): AlertTable => ({
  CopiesLate: {
    metricName: 'PendingOperationsForReplication',
    aggregation: 'Maximum',
    threshold: 1,
    windowMinutes: 15,
    dimensionBeginnings: { TimeBucket: lateAges },
    description: `Objects of the ${kind} storage account wait longer than a quarter of an hour for their copies in the other region.`,
    runbook: 'azure-region',
  },
});

/** Which way objects are copied, and which of them. */
export interface CopySettings {
  readonly sourceStorageAccountId: string;
  readonly destinationStorageAccountId: string;
  readonly copyBlobsCreatedAfter: string;
}

/**
 * From the first account to the second; back while objects are written into the second. Of an archive goes back what is new alone: the
 * rest lies in the first one, where it cannot be written over. What else is there may have been changed on the second.
 */
export const copySettings = ({
  backSince,
  firstAccountId,
  kind,
  secondAccountId,
}: Pick<ObjectReplicationProps, 'backSince' | 'firstAccountId' | 'kind' | 'secondAccountId'>): CopySettings =>
  backSince === undefined
    ? {
        sourceStorageAccountId: firstAccountId,
        destinationStorageAccountId: secondAccountId,
        copyBlobsCreatedAfter: 'Everything',
      }
    : {
        sourceStorageAccountId: secondAccountId,
        destinationStorageAccountId: firstAccountId,
        copyBlobsCreatedAfter: kind === 'archive' ? backSince : 'Everything',
      };

/** Has Azure count what waits to be copied, which the provider of the policy does not say. */
const counted = (place: Place, resourceId: string): AzapiUpdateProps => ({
  place,
  type: 'Microsoft.Storage/storageAccounts/objectReplicationPolicies@2024-01-01',
  resourceId,
  body: { properties: { metrics: { enabled: true } } },
});

/**
 * Copies what buckets of a site hold into the buckets of the site in another region, versions and deletions too, old objects and
 * new. The other ones take no writes of anybody else until the copying is ended, which is part of taking over and needs the account
 * alone that is taken over. Archives are copied while they are warm: Azure copies none that lies in the archive tier.
 * https://learn.microsoft.com/azure/storage/blobs/object-replication-overview
 */
export class ObjectReplication extends Construct {
  public readonly replication: StorageObjectReplication;

  /** @throws Error if there are more buckets than Azure copies between two accounts */
  public constructor(scope: Construct, id: string, props: ObjectReplicationProps) {
    super(scope, id);
    const { buckets, kind, monitoring, place } = props;
    const { copyBlobsCreatedAfter, ...accounts } = copySettings(props);
    if (buckets.length > mostReplicatedBuckets) {
      throw new Error(
        `${this.node.path} must have at most ${mostReplicatedBuckets} buckets, got ${buckets.length}: join some of them`,
      );
    }
    this.replication = new StorageObjectReplication(this, 'Replication', {
      ...accounts,
      rules: buckets.map((name) => ({
        sourceContainerName: name,
        destinationContainerName: name,
        copyBlobsCreatedAfter,
      })),
    });
    const { destinationObjectReplicationId, sourceObjectReplicationId } = this.replication;
    inTurn([
      new AzapiUpdate(this, 'DestinationCounts', counted(place, destinationObjectReplicationId)),
      new AzapiUpdate(this, 'SourceCounts', counted(place, sourceObjectReplicationId)),
    ]);
    raiseAlerts(
      this,
      {
        place,
        monitoring,
        targetId: sourceObjectReplicationId,
        name: `storage-${kind}`,
        metricNamespace: 'Microsoft.Storage/storageAccounts/objectReplicationPolicies',
      },
      alerts(kind),
    );
  }
}
