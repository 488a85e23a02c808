import type { Bucket } from './nouns/storage';

/**
 * What an account is for: an archive that is hardly ever read, files that everybody may see, or objects that services use.
 * What everybody may see has an account of its own, so that no other is told to let anybody in.
 */
export type StorageKind = 'archive' | 'assets' | 'hot';

/** The account in which a bucket stands. */
export const storageKind = ({ holds }: Pick<Bucket, 'holds'>): StorageKind => (holds === 'uploads' ? 'hot' : holds);

/**
 * Buckets of which Azure copies what they hold between two accounts, at most.
 * https://learn.microsoft.com/azure/storage/blobs/object-replication-overview#replication-rules
 */
export const mostReplicatedBuckets = 10;
