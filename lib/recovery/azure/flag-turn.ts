import { createHash } from 'node:crypto';
import { isSame, letsMoreIn, nobody, stepOf, told, type Audience } from '../../platform/flag-audience';
import type { FlagSet } from '../../platform/nouns/flags';
import { audienceIn, definitionIn, withAudience } from './flag-value';

/** An entry of a store, as it is or was. */
export interface Kept {
  readonly key: string;
  readonly value: string;
  /** Changes with each writing. */
  readonly etag: string;
  /** When it was written, in milliseconds. */
  readonly at: number;
  readonly contentType: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** What is known of a flag when it is its turn. */
export interface Situation {
  /** In milliseconds. */
  readonly now: number;
  readonly rollout: FlagSet['rollout'];
  /** Whether services that use the set fail. */
  readonly isFailing: boolean;
  readonly flag: Kept;
  /** What it was before, the newest first. */
  readonly earlier: readonly Kept[];
  /** What its definition says. @default - it has none: people made it */
  readonly definition: Kept | undefined;
}

/** What became of a flag. */
export type Did = 'moved' | 'taken back';

/** What is done with a flag in its turn: it is written, waits until services are well, or stays as it is. */
export type Turn =
  | {
      readonly did: Did;
      readonly value: string;
      readonly tags: Readonly<Record<string, string>>;
      /** For whom it was on, and is, for people. */
      readonly from: string;
      readonly to: string;
    }
  | { readonly did: 'waits' | 'nothing' };

/** Tags by which a writing of ours is known, and what it was; people see them in the portal. */
export const tagNames = { did: 'rollout', wrote: 'rollout-wrote', towards: 'rollout-towards', from: 'rollout-from' };

const minute = 60_000;

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

/** What we did when we wrote this: nothing, where people wrote it, who may leave our tags at what they change. */
const didOf = ({ tags, value }: Kept): string | undefined =>
  tags[tagNames.wrote] === digest(value) ? tags[tagNames.did] : undefined;

/** Whether a flag is on its way to what its definition says. */
const isMoving = (kept: Kept, definition: Kept): boolean =>
  didOf(kept) === ('moved' satisfies Did) && kept.tags[tagNames.towards] === digest(definition.value);

/** Whether nobody takes this back any more: it stood for as long as a change is watched, or is what was put back. */
const isSettled = (kept: Kept, { now, rollout }: Pick<Situation, 'now' | 'rollout'>): boolean =>
  didOf(kept) === ('taken back' satisfies Did) || now - kept.at >= (rollout.minutes + rollout.bakeMinutes) * minute;

/** What a definition says, if the flag is to become that: it was written after the flag, or the flag is on its way to it. */
function goalOf({ definition, flag }: Pick<Situation, 'definition' | 'flag'>): Audience | undefined {
  if (definition === undefined) return undefined;
  const goal = definitionIn(definition.value);
  const isAsked = definition.at > flag.at || isMoving(flag, definition);
  return isAsked && !isSame(goal, audienceIn(flag.value)) ? goal : undefined;
}

/** Whether a flag needs a turn at all: it is to become something else, or may have to be taken back. */
export const isOpen = (situation: Omit<Situation, 'earlier' | 'isFailing'>): boolean =>
  goalOf(situation) !== undefined || !isSettled(situation.flag, situation);

/**
 * What is done with a flag.
 *
 * A change that lets nobody more in is carried out whole and at once, and never taken back: so do people put out a fire. Any other goes
 * in steps while services are well. When they fail, a flag that was changed lately is put back to what it last was for as long as
 * changes are watched; a new one is turned off.
 */
export function turnOf(situation: Situation): Turn {
  const { flag, isFailing } = situation;
  const goal = goalOf(situation);
  if (goal !== undefined && !letsMoreIn(audienceIn(flag.value), goal)) return moveTo(situation, goal);
  if (isFailing) return takeBack(situation) ?? { did: goal === undefined ? 'nothing' : 'waits' };
  return goal === undefined ? { did: 'nothing' } : step(situation, goal);
}

function takeBack(situation: Situation): Turn | undefined {
  const { earlier, flag } = situation;
  if (isSettled(flag, situation)) return undefined;
  const base = earlier.find((kept) => isSettled(kept, situation));
  const [before, after] = [base === undefined ? nobody : audienceIn(base.value), audienceIn(flag.value)];
  if (!letsMoreIn(before, after)) return undefined;
  const value = base?.value ?? withAudience(flag.value, { ...after, enabled: false });
  return written(flag, 'taken back', value, { [tagNames.from]: told(after) });
}

function step(situation: Situation, goal: Audience): Turn {
  const { definition, earlier, flag, now, rollout } = situation;
  const all = [flag, ...earlier];
  const before = all.find((kept) => definition === undefined || !isMoving(kept, definition));
  const moved = before === undefined ? all : all.slice(0, all.indexOf(before));
  const began = moved.at(-1)?.at ?? now;
  const from = before === undefined ? nobody : audienceIn(before.value);
  const next = stepOf(from, goal, rollout, (now - began) / minute);
  return isSame(next, audienceIn(flag.value)) ? { did: 'nothing' } : moveTo(situation, next);
}

const moveTo = ({ definition, flag }: Situation, to: Audience): Turn =>
  written(flag, 'moved', withAudience(flag.value, to), { [tagNames.towards]: digest(definition?.value ?? '') });

function written(flag: Kept, did: Did, value: string, tags: Readonly<Record<string, string>>): Turn {
  const others = Object.fromEntries(
    Object.entries(flag.tags).filter(([name]) => !Object.values(tagNames).includes(name)),
  );
  return {
    did,
    value,
    tags: { ...others, [tagNames.did]: did, [tagNames.wrote]: digest(value), ...tags },
    from: told(audienceIn(flag.value)),
    to: told(audienceIn(value)),
  };
}
