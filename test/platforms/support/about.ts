import type { Expectation } from './expectations';

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
