import type { SiteName } from '../platform/platform';
import { keep, type Kept, type Witness } from './keeper';
import type { Sql } from './sql';
import type { Clock } from './step';

/** What a keeper says of a turn with one database. */
export type Told =
  | ({ readonly database: string } & Kept)
  | { readonly database: string; readonly did: 'failed'; readonly because: string };

/** What a keeper keeps. */
export interface KeepingInput {
  readonly site: SiteName;
  /** Databases of the site that the other one follows or is followed by. */
  readonly databases: readonly { readonly name: string; readonly sql: Sql }[];
  readonly witness: Witness;
  /** How long a site may write after a turn, in seconds. */
  readonly leaseSeconds: number;
  /** From one turn to the next, in seconds. */
  readonly everySeconds: number;
  readonly clock: Clock;
  /** Told of each turn. */
  readonly tell: (told: Told) => void;
  /** Told when every database has had its turn, whatever came of it. */
  readonly turned: () => void;
  /** Asked before each turn. */
  readonly goesOn: () => boolean;
}

/**
 * Keeps the databases of a site, turn after turn, until it is told to end. One that cannot be reached does not keep the others from
 * their turn, and is tried again in the next one: that no right is renewed meanwhile is what is wanted.
 */
export async function keepGoing(input: KeepingInput): Promise<void> {
  const { clock, databases, everySeconds, goesOn, turned } = input;
  while (goesOn()) {
    const began = clock.now();
    await Promise.all(databases.map(async (database) => turn(database, input)));
    turned();
    await clock.sleep(Math.max(0, began + everySeconds * 1000 - clock.now()));
  }
}

async function turn(
  { name, sql }: KeepingInput['databases'][number],
  { leaseSeconds, site, tell, witness }: KeepingInput,
): Promise<void> {
  try {
    tell({ database: name, ...(await keep(sql, site, witness, leaseSeconds)) });
  } catch (error) {
    tell({ database: name, did: 'failed', because: error instanceof Error ? error.message : String(error) });
  }
}
