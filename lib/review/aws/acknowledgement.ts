import { isList, isObject, shown, textOf } from '../json';
import type { Json } from '../json';

/** The shortest reason that a reviewer can weigh, in characters. */
export const REASON_LENGTH = 20;

/** A deviation that a construct wrote down in its resource's metadata. */
export interface Acknowledgement {
  readonly action: string;
  readonly reason: string;
}

/**
 * Reads a list of acknowledgements.
 *
 * @param at the list's place, to begin the sentences with
 * @returns the entries that can be read, and a sentence for everything that is wrong
 */
export function readAcknowledgements(
  value: Json | undefined,
  at: string,
): {
  readonly entries: readonly Acknowledgement[];
  readonly problems: readonly string[];
} {
  if (value === undefined) return { entries: [], problems: [] };
  if (!isList(value))
    return { entries: [], problems: [`${at} must be a list of { action, reason }, got ${shown(value)}: write a list`] };
  const entries: Acknowledgement[] = [];
  const problems: string[] = [];
  for (const [index, item] of value.entries()) {
    const action = textOf(isObject(item) ? item.action : undefined);
    const reason = textOf(isObject(item) ? item.reason : undefined);
    if (action === undefined || reason === undefined) {
      problems.push(`${at}[${index}] must be { action, reason }, got ${shown(item)}: write both`);
      continue;
    }
    entries.push({ action, reason });
    if (reason.trim().length < REASON_LENGTH) {
      problems.push(
        `${at}[${index}].reason must have at least ${REASON_LENGTH} characters, got '${reason}': say why '${action}' needs it`,
      );
    }
  }
  return { entries, problems };
}
