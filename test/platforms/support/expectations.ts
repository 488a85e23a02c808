import type { Json, JsonObject } from '../../../lib/review/json';
import { objectOf } from '../../../lib/review/json';
import type { Block } from './graph';
import { reference } from './graph';
import { equal, type Matcher, type Values } from './matchers';
import { valuesAt } from './paths';

/**
 * What the templates must say. Of every resource of a type, in a stack, at a path: the value at a place. An expectation
 * that no resource meets fails, unless it says how many there are.
 */
export interface Expectation {
  /** What a platform team relies on, as a sentence. No two are the same. */
  readonly name: string;
  /** Stack: `Data`, or `Service-*` for all that begin so. @default - every stack */
  readonly stack?: string;
  /** Type of the resource: `AWS::SQS::Queue`, or `AWS::IAM::*`. */
  readonly type: string;
  /** Which of them, by the path of the construct. @default - all */
  readonly where?: RegExp;
  /** Which of them, by what they say. @default - all */
  readonly having?: Readonly<Record<string, Json | Matcher>>;
  /** Looks at the resources that refer to them instead; each must have one. */
  readonly through?: { readonly type: string; readonly by: string };
  /** Place of the value: see {@link valuesAt}. Inside `Properties`, or an attribute of the resource. */
  readonly path?: string;
  /** What must stand there: a value, or what it is like. */
  readonly is?: Json | Matcher;
  /** How many resources there are. @default - one or more */
  readonly count?: number;
}

/** Where an expectation is not met. */
export interface Failure {
  readonly name: string;
  /** Path of the resource, or what was looked for. */
  readonly at: string;
  readonly message: string;
}

/** Attributes of a resource that are no properties. */
const ATTRIBUTES = /^(DeletionPolicy|UpdateReplacePolicy|UpdatePolicy|DependsOn)\b/;

/** The resources of a stage, found by type. */
export class World {
  private constructor(private readonly byType: ReadonlyMap<string, readonly Block[]>) {}

  public static of(blocks: readonly Block[]): World {
    const byType = new Map<string, Block[]>();
    for (const block of blocks) byType.set(block.type, [...(byType.get(block.type) ?? []), block]);
    return new World(byType);
  }

  /** The resources of a type, or of all types that begin so. */
  public ofType(type: string): readonly Block[] {
    if (!type.endsWith('*')) return this.byType.get(type) ?? [];
    return [...this.byType].flatMap(([each, blocks]) => (concerns(type, each) ? blocks : []));
  }

  /** The same resources, but for one, which says something else, or is not there. */
  public with(block: Block, changed: Block | undefined): World {
    const others = this.ofType(block.type).flatMap((each) => (each === block ? (changed ?? []) : each));
    return new World(new Map([...this.byType, [block.type, others]]));
  }
}

/** Whether a type is meant by another, which may end in `*`. */
export const concerns = (pattern: string, type: string): boolean =>
  pattern.endsWith('*') ? type.startsWith(pattern.slice(0, -1)) : type === pattern;

/** What was found in each resource. A resource is never changed, only replaced by another. */
const known = new WeakMap<Block, Map<string, Values>>();

/** The values at a place of a resource. */
export function valuesOf(block: Block, path: string): Values {
  const places = known.get(block) ?? new Map<string, Values>();
  known.set(block, places);
  const values = places.get(path) ?? valuesAt(ATTRIBUTES.test(path) ? block.body : (block.body.Properties ?? {}), path);
  places.set(path, values);
  return values;
}

/** Where the resources do not say what is expected. */
export function failuresOf(expectation: Expectation, world: World): readonly Failure[] {
  const { count, name, path } = expectation;
  const found = chosen(expectation, world);
  if (count === undefined ? found.length === 0 : found.length !== count) {
    const got = found.map((block) => block.path).join(', ');
    return [failure(name, shown(expectation), `expected ${count ?? 'one or more'}, got ${found.length}: ${got}`)];
  }
  if (path === undefined) return [];
  const wanted = matcher(expectation.is ?? null);
  return found.flatMap((block) => judged(expectation, { block, path, wanted }, world));
}

function chosen({ having = {}, stack, type, where }: Expectation, world: World): readonly Block[] {
  const said = Object.entries(having).map(([path, is]) => ({ path, is: matcher(is) }));
  return world
    .ofType(type)
    .filter((block) => isIn(block, stack))
    .filter((block) => where === undefined || where.test(block.path))
    .filter((block) => said.every(({ path, is }) => is.matches(valuesOf(block, path))));
}

const isIn = ({ stack }: Block, name: string | undefined): boolean =>
  name === undefined || stack === name || (name.endsWith('*') && stack.startsWith(name.slice(0, -1)));

function judged(
  { name, through }: Expectation,
  { block, path, wanted }: { readonly block: Block; readonly path: string; readonly wanted: Matcher },
  world: World,
): readonly Failure[] {
  const subjects = through === undefined ? [block] : referring(block, through, world);
  if (subjects.length === 0) return [failure(name, block.path, `no ${through?.type} refers to it`)];
  return subjects
    .map((subject) => ({ subject, values: valuesOf(subject, path) }))
    .filter(({ values }) => !wanted.matches(values))
    .map(({ subject, values }) =>
      failure(
        name,
        subject.path,
        `${path} must be ${wanted.says}, got ${values.map((each) => (each === undefined ? 'nothing' : JSON.stringify(each))).join(', ')}`,
      ),
    );
}

/** What was found, as text: every resource of a type is looked at for each that it may name. */
const texts = new WeakMap<Values, string>();

function textOf(block: Block, path: string): string {
  const values = valuesOf(block, path);
  const text = texts.get(values) ?? JSON.stringify(values);
  texts.set(values, text);
  return text;
}

/** The resources that name another at a place. */
function referring({ path }: Block, { by, type }: { type: string; by: string }, world: World): readonly Block[] {
  const [whole, attribute] = [reference(path), `${reference(path).slice(0, -1)}.`];
  return world.ofType(type).filter((block) => {
    const named = textOf(block, by);
    return named.includes(whole) || named.includes(attribute);
  });
}

/** Whether a change of a resource can make a difference to an expectation. */
export function reaches({ stack, through, type, where }: Expectation, block: Block): boolean {
  if (through !== undefined && concerns(through.type, block.type)) return true;
  return concerns(type, block.type) && isIn(block, stack) && (where === undefined || where.test(block.path));
}

const matcher = (is: Json | Matcher): Matcher => (isMatcher(is) ? is : equal(is));

const isMatcher = (is: Json | Matcher): is is Matcher =>
  typeof (objectOf(is as JsonObject) as { matches?: unknown }).matches === 'function';

const shown = ({ stack, type, where }: Expectation): string =>
  [type, ...(stack === undefined ? [] : [`in ${stack}`]), ...(where === undefined ? [] : [`at ${where}`])].join(' ');

const failure = (name: string, at: string, message: string): Failure => ({ name, at, message });
