import type { Json } from '../../../lib/review/json';
import { failuresOf, reaches, type Expectation, type World } from './expectations';
import type { Block } from './graph';
import { changedAt, foundAt } from './paths';

/** What must not be lost of every resource of a type that has it. */
export interface Hardened {
  /** Place of the value: see `valuesAt`. Nothing for the resource as a whole. */
  readonly path?: string;
  /** Values that would be worse; a boolean's opposite is one by itself. */
  readonly weak?: readonly Json[];
  /** Whether to take it away is worse. @default true */
  readonly needed?: boolean;
  /** Which of the resources, by path. @default - all that have it */
  readonly where?: RegExp;
}

/** One thing that is taken away, or made worse. */
export interface Mutation {
  readonly block: Block;
  /** What was done: `KmsKeyId taken away`. */
  readonly how: string;
  /** The resource afterwards; nothing if it was taken away. */
  readonly changed: Block | undefined;
}

/** Attributes of a resource that are no properties. */
const ATTRIBUTES = /^(DeletionPolicy|UpdateReplacePolicy|UpdatePolicy|DependsOn)\b/;

/** Every way to lose what is hardened, one at a time. */
export function mutationsOf(
  type: string,
  { needed = true, path, weak = [], where }: Hardened,
  world: World,
): readonly Mutation[] {
  const blocks = world.ofType(type).filter((block) => where === undefined || where.test(block.path));
  if (path === undefined) return blocks.map((block) => ({ block, how: 'taken away', changed: undefined }));
  const way = ATTRIBUTES.test(path) ? path : `Properties.${path}`;
  return blocks.flatMap((block) =>
    foundAt(block.body, way).flatMap(({ place, value }): readonly Mutation[] => {
      if (value === undefined) return [];
      const alter = (how: string, change: (value: Json) => Json | undefined): Mutation => ({
        block,
        how: `${path} ${how}`,
        changed: { ...block, body: changedAt(block.body, place, change) as Block['body'] },
      });
      return [
        ...(needed ? [alter('taken away', () => undefined)] : []),
        ...[...oppositeOf(value), ...weak].map((worse) => alter(`set to ${JSON.stringify(worse)}`, () => worse)),
      ];
    }),
  );
}

/** What a switch would say if it were turned; nothing for a value that is none. */
function oppositeOf(value: Json): readonly Json[] {
  if (typeof value === 'boolean') return [!value];
  if (value === 'true' || value === 'false') return [value === 'true' ? 'false' : 'true'];
  return [];
}

/** The names of the expectations that notice a mutation. */
export function noticed(
  { block, changed }: Mutation,
  expectations: readonly Expectation[],
  world: World,
): readonly string[] {
  const after = world.with(block, changed);
  return expectations
    .filter((expectation) => reaches(expectation, block))
    .filter((expectation) => failuresOf(expectation, after).length > 0)
    .map(({ name }) => name);
}
