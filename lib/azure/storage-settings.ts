import type { StorageManagementPolicyRule } from '@cdktf/provider-azurerm/lib/storage-management-policy';
import { pairedRegion } from '../platform/azure-paired-regions';
import type { StorageKind } from '../platform/azure-storage';
import type { Bucket } from '../platform/nouns/storage';
import type { Place } from './place';

/** How an account keeps its objects. */
export interface StorageSettings {
  /**
   * Copies. `RAGZRS` keeps them in three zones and in the paired region, where they can be read; `GRS` in one data centre
   * of each, which is what the archive tier asks for; `ZRS` in three zones; `LRS` in one data centre.
   */
  readonly accountReplicationType: 'GRS' | 'LRS' | 'RAGZRS' | 'ZRS';
  readonly accessTier: 'Cool' | 'Hot';
  /** Where an archive's cold objects go. Azure refuses the archive tier to objects that lie in three zones. */
  readonly archiveTier: 'archive' | 'cold';
}

/** How an account of a kind keeps its objects, in what the region offers. A stage that is not protected stays in one region. */
export function storageSettings(
  kind: StorageKind,
  { isProtected, location }: Pick<Place, 'isProtected' | 'location'>,
): StorageSettings {
  const paired = pairedRegion(location) !== undefined;
  if (kind !== 'archive') {
    return { accountReplicationType: isProtected && paired ? 'RAGZRS' : 'ZRS', accessTier: 'Hot', archiveTier: 'cold' };
  }
  if (!isProtected) return { accountReplicationType: 'LRS', accessTier: 'Cool', archiveTier: 'archive' };
  return paired
    ? { accountReplicationType: 'GRS', accessTier: 'Cool', archiveTier: 'archive' }
    : { accountReplicationType: 'ZRS', accessTier: 'Cool', archiveTier: 'cold' };
}

/** The longest that Azure keeps what was deleted, in days. */
const longestSoftDelete = 365;

/** For so long what was deleted can be had back, in days: as long as the most careful bucket of the account asks for. */
export const softDeleteDays = (buckets: readonly Pick<Bucket, 'noncurrentDays'>[]): number =>
  Math.min(longestSoftDelete, Math.max(1, ...buckets.map(({ noncurrentDays }) => noncurrentDays)));

/** Objects can be taken back to any second of this long at most, in days. Ours. */
const longestRestore = 30;
/** What was deleted must be there a little longer than objects can be taken back. */
const restoreMargin = 5;

/** For so long objects of an account can be taken back to any second, in days; nothing where they are gone too soon. */
export function restoreDays(kind: StorageKind, softDelete: number): number | undefined {
  const days = Math.min(longestRestore, softDelete - restoreMargin);
  // Archives cannot be changed, and Azure takes back none that lies in the archive tier.
  return kind !== 'archive' && days >= 1 ? days : undefined;
}

/** A year: for so long PCI DSS 10.5.1 wants records kept. */
const immutableDays = 365;

/** For so long nobody changes or removes what was written to an archive, in days; nothing for other buckets and stages. */
export const immutableFor = (
  { expireDays, holds }: Pick<Bucket, 'expireDays' | 'holds'>,
  { isProtected }: Pick<Place, 'isProtected'>,
): number | undefined => (holds === 'archive' && isProtected ? (expireDays ?? immutableDays) : undefined);

type BaseActions = NonNullable<StorageManagementPolicyRule['actions']['baseBlob']>;

const cooled = (days: number, tier: StorageSettings['archiveTier']): BaseActions =>
  tier === 'archive'
    ? { tierToArchiveAfterDaysSinceModificationGreaterThan: days }
    : { tierToColdAfterDaysSinceModificationGreaterThan: days };

/**
 * The rules by which objects of a bucket grow cold and leave. Azure counts the age of a superseded version from when it was
 * written, and not from when it was superseded; since what a rule deletes can be had back for a time, no version is gone
 * before its days are over.
 */
export function lifecycleRule(
  name: string,
  { coldAfterDays, expireDays, holds, noncurrentDays }: Bucket,
  { archiveTier }: Pick<StorageSettings, 'archiveTier'>,
): StorageManagementPolicyRule {
  const tier = holds === 'archive' ? archiveTier : 'cold';
  const baseBlob = {
    ...(coldAfterDays === undefined ? {} : cooled(coldAfterDays, tier)),
    ...(expireDays === undefined ? {} : { deleteAfterDaysSinceModificationGreaterThan: expireDays }),
  };
  return {
    name,
    enabled: true,
    filters: { blobTypes: ['blockBlob'], prefixMatch: [`${name}/`] },
    actions: {
      ...(Object.keys(baseBlob).length === 0 ? {} : { baseBlob }),
      version: { deleteAfterDaysSinceCreation: noncurrentDays },
    },
  };
}
