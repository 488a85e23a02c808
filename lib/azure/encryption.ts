import type { Identity } from './role';

/** What is encrypted with a key of its own. */
export const keyPurposes = ['cache', 'cluster', 'database', 'messaging', 'registry', 'storage'] as const;
export type KeyPurpose = (typeof keyPurposes)[number];

/** Customer keys, and the identity with which services of Azure use them. */
export interface Encryption {
  readonly vaultId: string;
  /** Ids of the keys without a version, so that a rotation is followed. */
  readonly keyIds: Readonly<Record<KeyPurpose, string>>;
  /** Id of the newest version of the database key: Azure SQL takes no other, and follows rotations from there by itself. */
  readonly databaseKeyVersionId: string;
  /** Identity that may wrap and unwrap with each of them, and nothing else. */
  readonly identity: Identity;
}
