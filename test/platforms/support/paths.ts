import { isList, isObject, textOf } from '../../../lib/review/json';
import type { Json } from '../../../lib/review/json';

/** The way to one value: field names and places in lists. */
export type Place = readonly (string | number)[];

/** One step of a way. `[*]` is every element of a list, `[Key=value]` those that say so, anything else a field. */
type Step =
  | { readonly kind: 'every' }
  | { readonly kind: 'those'; readonly field: string; readonly value: string }
  | { readonly kind: 'field'; readonly name: string };

const parsed = new Map<string, readonly Step[]>();

/**
 * The steps of a way such as `Rules[*].Id`, `Tags[Key=owner].Value` or `Parameters[rds.force_ssl]`: brackets also hold
 * names with a dot.
 */
function steps(way: string): readonly Step[] {
  const known = parsed.get(way) ?? [...way.matchAll(/\[([^\]]*)\]|([^.[\]]+)/g)].map(step);
  parsed.set(way, known);
  return known;
}

function step([, bracket, name]: RegExpMatchArray): Step {
  if (bracket === undefined) return { kind: 'field', name: name ?? '' };
  if (bracket === '*') return { kind: 'every' };
  const equals = bracket.indexOf('=');
  if (equals < 0) return { kind: 'field', name: bracket };
  return { kind: 'those', field: bracket.slice(0, equals), value: bracket.slice(equals + 1) };
}

/** JSON in a text is read as what it says. */
function opened(value: Json): Json {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value) as Json;
  } catch {
    return value; // a text that only begins like JSON
  }
}

/** What stands at the end of a way: nothing where the way leads into something that has no such field. */
export interface Found {
  readonly place: Place;
  readonly value: Json | undefined;
}

/**
 * Everything inside a value to which a way leads. Each element of a list counts: one that lacks what the others have is
 * found too, with nothing in it.
 */
export function foundAt(value: Json, way: string): readonly Found[] {
  let reached: readonly Found[] = [{ place: [], value }];
  for (const each of steps(way)) {
    reached = reached.flatMap(({ place, value: here }) =>
      next(here === undefined ? undefined : opened(here), each).map(([key, inner]) => ({
        place: [...place, key],
        value: inner,
      })),
    );
  }
  return reached;
}

/** Every value inside a value to which a way leads, and nothing for each that is lacking. */
export const valuesAt = (value: Json, way: string): readonly (Json | undefined)[] =>
  foundAt(value, way).map((found) => found.value);

function next(
  value: Json | undefined,
  step: Step,
): readonly (readonly [key: string | number, value: Json | undefined])[] {
  switch (step.kind) {
    case 'field':
      if (isList(value)) return [[Number(step.name), value[Number(step.name)]]];
      return [[step.name, isObject(value) ? value[step.name] : undefined]];
    case 'every':
      return isList(value) ? value.map((item, index) => [index, item] as const) : [[0, value]];
    case 'those':
      return (isList(value) ? value : [])
        .map((item, index) => [index, item] as const)
        .filter(([, item]) => isObject(item) && says(item[step.field], step.value));
  }
}

const says = (value: Json | undefined, text: string): boolean =>
  value !== undefined && (textOf(value) ?? JSON.stringify(value)) === text;

/** The value with what stands at a place changed, or taken away where the change gives nothing. */
export function changedAt(value: Json, place: Place, change: (value: Json) => Json | undefined): Json | undefined {
  const [key, ...rest] = place;
  if (key === undefined) return change(value);
  const open = opened(value);
  const changed = isList(open) ? changedItem(open, Number(key), rest, change) : changedField(open, key, rest, change);
  return open === value ? changed : JSON.stringify(changed);
}

function changedItem(
  list: readonly Json[],
  index: number,
  rest: Place,
  change: (value: Json) => Json | undefined,
): readonly Json[] {
  return list.flatMap((item, at) => {
    const changed = at === index ? changedAt(item, rest, change) : item;
    return changed === undefined ? [] : [changed];
  });
}

function changedField(value: Json, key: string | number, rest: Place, change: (value: Json) => Json | undefined): Json {
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => {
      if (name !== key) return [[name, inner] as const];
      const changed = changedAt(inner, rest, change);
      return changed === undefined ? [] : [[name, changed] as const];
    }),
  );
}
