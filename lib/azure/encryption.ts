import type { Identity } from './role';

/** What is encrypted with a key of its own. */
export const keyPurposes = ['cache', 'cluster', 'database', 'messaging', 'registry', 'storage'] as const;
export type KeyPurpose = (typeof keyPurposes)[number];

/** Customer keys, and the identity with which services of Azure use them. What needs some of them asks for these alone. */
export interface Encryption<Purpose extends KeyPurpose = KeyPurpose> {
  readonly vaultId: string;
  /** Ids of the keys without a version, so that a rotation is followed. */
  readonly keyIds: Readonly<Record<Purpose, string>>;
  /**
   * Ids of the newest versions of the keys, for what takes no other: Azure SQL, which follows rotations from there by itself,
   * a cluster and a Managed Redis, which are told by the next apply. A version is good for a year after the next one.
   */
  readonly keyVersionIds: Readonly<Record<Purpose, string>>;
  /** Identity that may wrap and unwrap with each of them, and nothing else. */
  readonly identity: Identity;
}
