import type { Way } from './way';

/** Something that the right of a site to write stands on: what it is, where it was found, what brings it. */
export type Kept = Way;

/** What a keeper says of itself, on either site. */
export interface KeeperTold {
  readonly at: string;
  /** Where it reads which site leads. */
  readonly latch: string;
  /** Whether nobody has told which image it is, so that its cloud refuses to deploy it. */
  readonly untold: boolean;
  /** How long its site may write after a turn, in seconds. */
  readonly leaseSeconds: number | undefined;
}
