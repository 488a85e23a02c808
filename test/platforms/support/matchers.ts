import { isDeepStrictEqual } from 'node:util';
import { isList, isObject, numberOf } from '../../../lib/review/json';
import type { Json } from '../../../lib/review/json';

/** What stands at one place of a resource: a value, or nothing, for each element of the lists on the way. */
export type Values = readonly (Json | undefined)[];

/** What the values at one place of a resource must be like. */
export interface Matcher {
  /** As it reads in a failure: `one of a, b`. */
  readonly says: string;
  /** Whether the values are as they must be. */
  matches(values: Values): boolean;
}

const given = (values: Values): readonly Json[] => values.filter((value) => value !== undefined);

const shown = (value: Json): string => JSON.stringify(value);

/** At least one value, and each as it must be. */
const each = (says: string, test: (value: Json) => boolean): Matcher => ({
  says,
  matches: (values) => values.length > 0 && values.every((value) => value !== undefined && test(value)),
});

/** Exactly this. CloudFormation takes `"3"` for 3 and `"true"` for true; so does this. */
export const equal = (expected: Json): Matcher => each(shown(expected), (value) => same(value, expected));

const same = (a: Json, b: Json): boolean =>
  typeof a === 'object' || typeof b === 'object' ? isDeepStrictEqual(a, b) : String(a) === String(b);

/** Nothing at all. */
export const absent: Matcher = { says: 'nothing', matches: (values) => given(values).length === 0 };

/** Anything but nothing. */
export const present: Matcher = each('anything', () => true);

/** One of these. */
export const oneOf = (...allowed: readonly Json[]): Matcher =>
  each(`one of ${allowed.map(shown).join(', ')}`, (value) => allowed.some((item) => same(value, item)));

/** As many as there are, each one of these; or none at all. */
export const eachOneOf = (...allowed: readonly Json[]): Matcher => {
  const one = oneOf(...allowed);
  return { says: `each ${one.says}`, matches: (values) => values.length === 0 || one.matches(values) };
};

/** Anything but these, or nothing. */
export const noneOf = (...refused: readonly Json[]): Matcher => ({
  says: `none of ${refused.map(shown).join(', ')}`,
  matches: (values) => !given(values).some((value) => refused.some((item) => same(value, item))),
});

/** A number from the first to the last. */
export const between = (least: number, most: number): Matcher =>
  each(`${least} to ${most}`, (value) => {
    const number = numberOf(value);
    return number !== undefined && number >= least && number <= most;
  });

/** A number so great, or greater. */
export const atLeast = (least: number): Matcher => between(least, Infinity);

/** A number so great, or smaller. */
export const atMost = (most: number): Matcher => between(-Infinity, most);

/** A text like this. */
export const like = (pattern: RegExp): Matcher =>
  each(`a text like ${pattern}`, (value) => typeof value === 'string' && pattern.test(value));

/** Texts, one of which is like this. */
export const oneLike = (pattern: RegExp): Matcher => ({
  says: `one text like ${pattern}`,
  matches: (values) => values.some((value) => typeof value === 'string' && pattern.test(value)),
});

/** No text like this, wherever it stands in the value. */
export const withoutText = (pattern: RegExp): Matcher => ({
  says: `nothing like ${pattern}`,
  matches: (values) => !given(values).some((value) => pattern.test(shown(value))),
});

/** A list with exactly these, in any order. */
export const exactly = (...items: readonly Json[]): Matcher =>
  each(`exactly ${items.map(shown).join(', ')}`, (value) => {
    const texts = (isList(value) ? value : [value]).map(shown).sort();
    return isDeepStrictEqual(texts, items.map(shown).sort());
  });

/** A list, one element of which says all of this, and perhaps more. One element may stand without its list. */
export const containing = (...parts: readonly Json[]): Matcher =>
  each(`a list with ${parts.map(shown).join(', ')}`, (value) =>
    parts.every((part) => (isList(value) ? value : [value]).some((item) => says(item, part))),
  );

/** A list no element of which says all of this. */
export const notContaining = (part: Json): Matcher => ({
  says: `a list without ${shown(part)}`,
  matches: (values) =>
    !given(values).some((value) => (isList(value) ? value : [value]).some((item) => says(item, part))),
});

/** All of these at once. */
export const all = (...matchers: readonly Matcher[]): Matcher => ({
  says: matchers.map((matcher) => matcher.says).join(' and '),
  matches: (values) => matchers.every((matcher) => matcher.matches(values)),
});

/** Whether a value says what another says: every field of an object, every element of a list, and perhaps more. */
function says(value: Json, part: Json): boolean {
  if (isObject(part)) {
    return (
      isObject(value) &&
      Object.entries(part).every(([key, item]) => {
        const inner = value[key];
        return inner !== undefined && says(inner, item);
      })
    );
  }
  if (isList(part)) {
    const items = isList(value) ? value : [value];
    return part.every((item) => items.some((inner) => says(inner, item)));
  }
  return isList(value) ? value.some((item) => same(item, part)) : same(value, part);
}
