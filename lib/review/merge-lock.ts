import type { Finding } from './finding';
import { byName, entryName, lossesOf } from './stateful-lock';
import type { Held, StatefulLock } from './stateful-lock';

/** A lock brought up to date. */
export interface MergedLock {
  readonly lock: StatefulLock;
  /** What stays locked because its loss is not accepted, and what was accepted without need. */
  readonly refused: readonly Finding[];
}

/**
 * Adds what is new to a lock, follows constructs that moved and kept their logical id, and gives up what is missing or
 * of another type only if it is named. Stages that were not synthesized stay as they are.
 *
 * @param acceptLoss names of entries, `<stack>/<logical id>`, that may go @default - none
 */
export function mergeLock(lock: StatefulLock, held: Held, acceptLoss: readonly string[] = []): MergedLock {
  const losses = lossesOf(lock, held);
  const refused = losses.filter((finding) => !acceptLoss.includes(entryName(finding)));
  const kept = new Set(refused.map(entryName));

  const merged: Record<string, StatefulLock[string]> = { ...lock };
  for (const [stage, present] of held.entries) {
    const asLocked = (lock[stage] ?? []).filter((entry) => kept.has(entryName(entry)));
    merged[stage] = [...present.filter((entry) => !kept.has(entryName(entry))), ...asLocked].sort(byName);
  }

  const lost = new Set(losses.map(entryName));
  const needless = acceptLoss.filter((name) => !lost.has(name)).map(needlessly);
  return { lock: merged, refused: [...refused, ...needless] };
}

function needlessly(name: string): Finding {
  const message = 'is accepted as a loss, but the assembly loses no such thing: correct the name';
  return { rule: 'stateful-lock', stack: name, path: name, logicalId: '', message };
}
