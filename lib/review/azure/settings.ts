import { isList, isObject, shown } from '../json';
import type { Json, JsonObject } from '../json';
import { reporter, type Rule } from './rule';
import type { Resource } from './stack';

/** What an argument must be. */
export interface Setting {
  /** Way to the argument: `network_acls.default_action`. */
  readonly at: string;
  /** What it may be. */
  readonly oneOf: readonly Json[];
  /** Whether it may be left out, because what the provider takes then is right, too. @default false */
  readonly optional?: true;
}

/** What arguments must be, by type. */
export type Settings = Readonly<Record<string, readonly Setting[]>>;

/** The values at a way through blocks, one of each block; nothing where a block or an argument is left out. */
export function valuesAt(block: JsonObject, at: string): readonly (Json | undefined)[] {
  const [name = '', ...rest] = at.split('.');
  const value = block[name];
  if (rest.length === 0) return [value];
  const blocks = (isList(value) ? value : [value]).filter(isObject);
  return blocks.length === 0 ? [undefined] : blocks.flatMap((each) => valuesAt(each, rest.join('.')));
}

/** The value at a way through blocks that stand once. */
export const valueAt = (block: JsonObject, at: string): Json | undefined => valuesAt(block, at)[0];

/** Whether two values are the same, in the way that Terraform takes a switch or a number as text. */
const isSame = (value: Json, other: Json): boolean => plain(value) === plain(other);

/** A value as text, as Terraform would take it for one. */
export const plain = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** What of a resource is not as its type must be. */
export function unmet(settings: Settings, { arguments: given, type }: Resource): readonly string[] {
  return (Object.hasOwn(settings, type) ? (settings[type] ?? []) : []).flatMap(({ at, oneOf, optional }) =>
    valuesAt(given, at)
      .filter((value) => (value === undefined ? optional !== true : !oneOf.some((each) => isSame(value, each))))
      .map((value) => `${at} must be ${oneOf.map(shown).join(' or ')}, got ${shown(value)}`),
  );
}

/** A rule that asks types for settings, and says what to do where they are not met. */
export function settingsRule(name: string, settings: Settings, remedy: string): Rule {
  const report = reporter(name);
  return {
    name,
    judge: ({ resources }) =>
      resources.flatMap((resource) =>
        unmet(settings, resource).map((problem) => report(resource, `${problem}: ${remedy}`)),
      ),
  };
}
