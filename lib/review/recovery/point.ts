import type { Sum } from './part';

/** What of a kind of data may be lost. */
export interface Point {
  /** `databases.store`, `objects`, `messages`, `caches` */
  readonly data: string;
  /** Nothing where nobody promises anything: all of it may be lost, or none of it is there. */
  readonly sum?: Sum;
  /** What holds it, or why it is not held. */
  readonly because: string;
  /** What is wrong with it. */
  readonly problem?: string;
}
