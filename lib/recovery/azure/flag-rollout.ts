import { definitionKeys, flagKeys } from '../../platform/azure-flags';
import type { FlagSet } from '../../platform/nouns/flags';
import { firstThatAnswers, type FlagStore } from './flag-store';
import { isOpen, turnOf, type Kept } from './flag-turn';

/** What a turn of a set needs of the world. */
export interface RolloutWorld {
  /** The store, and then its copies. */
  readonly stores: readonly FlagStore[];
  /** Services that use the set and fail. */
  readonly failing: () => Promise<readonly string[]>;
  readonly now: () => number;
  /** Told of everything that was done, and not done: people are called by it. */
  readonly tell: (told: Readonly<Record<string, unknown>>) => void;
}

/**
 * A turn of every flag of a set.
 *
 * @throws Error if it is not known which services fail or what the flags are, or if some flag cannot have its turn; the others had it.
 */
export async function turnFlags(world: RolloutWorld, rollout: FlagSet['rollout']): Promise<void> {
  const failing = await world.failing();
  const { entries: flags, store } = await firstThatAnswers(world.stores, flagKeys);
  const definitions = await store.list(definitionKeys);
  const now = world.now();
  const spoilt: string[] = [];
  for (const flag of flags) {
    const name = flag.key.slice(flagKeys.length);
    const definition = definitions.find(({ key }) => key === `${definitionKeys}${name}`);
    try {
      await turnFlag(world, store, { now, rollout, failing, flag, definition, name });
    } catch (error) {
      spoilt.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  if (spoilt.length > 0) throw new Error(`flags without their turn: ${spoilt.join('; ')}`);
  world.tell({ did: 'turned', flags: flags.length, failing });
}

interface FlagTurn {
  readonly now: number;
  readonly rollout: FlagSet['rollout'];
  readonly failing: readonly string[];
  readonly flag: Kept;
  readonly definition: Kept | undefined;
  readonly name: string;
}

async function turnFlag({ tell }: RolloutWorld, store: FlagStore, given: FlagTurn): Promise<void> {
  const { failing, flag, name } = given;
  if (!isOpen(given)) return;
  const turn = turnOf({ ...given, isFailing: failing.length > 0, earlier: await store.earlier(flag) });
  switch (turn.did) {
    case 'nothing':
      return;
    case 'waits':
      tell({ did: turn.did, flag: name, failing });
      return;
    default: {
      const { from, tags, to, value } = turn;
      // Who wrote it meanwhile knows better: its next turn is in a minute.
      const did = (await store.write(flag, value, tags)) ? turn.did : 'overtaken';
      tell({ did, flag: name, from, to, failing });
    }
  }
}
