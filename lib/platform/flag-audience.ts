import type { Flag, FlagSet } from './nouns/flags';

/** For whom a flag is on, in the terms of App Configuration. */
export interface Audience {
  /** Off is off for everybody. */
  readonly enabled: boolean;
  /** Share of everybody, in percent. */
  readonly percent: number;
  /** Share of each group, in percent, by its name: a segment is a group that is in as a whole. */
  readonly groups: Readonly<Record<string, number>>;
}

/** Names of the groups that segments are, `plan=enterprise`. */
export const segmentGroups = ({ segments }: Pick<Flag, 'segments'>): readonly string[] =>
  segments.flatMap(({ attribute, values }) => values.map((value) => `${attribute}=${value}`));

/** For whom a flag is on by its definition. */
export const audienceOf = (flag: Pick<Flag, 'enabled' | 'percent' | 'segments'>): Audience => ({
  enabled: flag.enabled,
  percent: flag.percent,
  groups: Object.fromEntries(segmentGroups(flag).map((name) => [name, 100])),
});

/** Nobody. */
export const nobody: Audience = { enabled: false, percent: 0, groups: {} };

/** The share of a group that has a flag. */
const shareOf = ({ enabled, groups }: Audience, group: string): number => (enabled ? (groups[group] ?? 0) : 0);

/** The share of everybody that has a flag. */
const percentOf = ({ enabled, percent }: Audience): number => (enabled ? percent : 0);

/** Whether anybody has a flag afterwards who had it not before. */
export const letsMoreIn = (before: Audience, after: Audience): boolean =>
  percentOf(after) > percentOf(before) ||
  Object.keys(after.groups).some((group) => shareOf(after, group) > shareOf(before, group));

/** Whether the same people have a flag. */
export const isSame = (one: Audience, other: Audience): boolean => !letsMoreIn(one, other) && !letsMoreIn(other, one);

/** One text for people: `on for 5% and for tier=gold`. */
export const told = ({ enabled, groups, percent }: Audience): string => {
  const names = Object.keys(groups).sort();
  return enabled ? `on for ${percent}%${names.length === 0 ? '' : ` and for ${names.join(', ')}`}` : 'off';
};

/**
 * For whom a flag is on so many minutes after its change began: groups at once, and of the share as many steps as there were.
 *
 * @param before For whom it was on before the change.
 */
export function stepOf(
  before: Audience,
  wanted: Audience,
  { minutes, stepPercent }: Pick<FlagSet['rollout'], 'minutes' | 'stepPercent'>,
  elapsedMinutes: number,
): Audience {
  const from = percentOf(before);
  if (minutes === 0 || from >= wanted.percent) return wanted;
  const steps = Math.floor(elapsedMinutes / ((minutes * stepPercent) / 100)) + 1;
  const share = Math.min(100, steps * stepPercent);
  return { ...wanted, percent: from + Math.ceil(((wanted.percent - from) * share) / 100) };
}
