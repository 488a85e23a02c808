import type { Json } from '../../../lib/review/json';
import type { Expectation } from './expectations';
import type { Matcher } from './matchers';

/** What a row of the platform's requirements has to show in the templates. */
export interface Row {
  /** What the row is about: `database`. */
  readonly row: string;
  readonly expectations: readonly Expectation[];
}

type Common = Pick<Expectation, 'stack' | 'type' | 'where' | 'having' | 'through' | 'count'>;

/** Expectations about the same resources, by name. */
export const about = (
  common: Common,
  named: Readonly<Record<string, Omit<Expectation, 'name' | 'type'>>>,
): readonly Expectation[] => Object.entries(named).map(([name, rest]) => ({ ...common, ...rest, name }));

/** Resources of a type that nobody may make. */
export const none = (common: Common, name: string): Expectation => ({ ...common, name, count: 0 });

/** One path, and no other. */
export const at = (path: string): RegExp => new RegExp(`^${path.replaceAll('.', '\\.')}$`);

/** One resource of a table, at one path and no other: it says all of this. */
export const one = (
  name: string,
  type: string,
  path: string,
  having: Readonly<Record<string, Json | Matcher>>,
): Expectation => ({ name, type, where: at(path), having, count: 1 });
