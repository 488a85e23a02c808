import { z } from 'zod';
import { usesNoun, type Definition, type StageInput } from './definition';
import type { Problem } from './error';
import { didYouMean } from './nearest';
import { reason } from './nouns/scalars';
import { applyPatch } from './patch';
import { problemsOf } from './problems';
import { parts, platform } from './schema';

/** A definition before it was checked: by noun and name, anything. */
type Loose = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
type Stage = StageInput<never>;

/** A part that a stage does without. */
export interface Omitted {
  readonly noun: string;
  readonly name: string;
  readonly reason: string;
}

const omission = z.strictObject({ reason });

const loose = (value: object): Loose => value as unknown as Loose;
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isPart = (noun: string): boolean => Object.hasOwn(parts, noun);

/** What a stage may change, by the property that changes it. */
const changeable = {
  every: Object.keys(parts),
  overrides: Object.keys(platform.shape).filter((noun) => noun !== 'name' && noun !== 'stage'),
  omits: Object.keys(parts),
} as const;
type Change = keyof typeof changeable;
const changes = Object.keys(changeable) as Change[];

/** The nouns whose parts use others. */
const users: readonly string[] = ['functions', 'services'];

/** What a stage says under `every`, `overrides` or `omits`, by noun, as far as there is such a noun. */
const changesOf = (stage: Stage, change: Change): readonly (readonly [noun: string, named: Loose[string]])[] =>
  Object.entries(loose(stage[change] ?? {})).filter(([noun]) => changeable[change].includes(noun));

/** The parts that a stage does without, sorted by noun and name. */
export function omissionsOf(stage: Stage): readonly Omitted[] {
  return changesOf(stage, 'omits')
    .flatMap(([noun, named]) =>
      Object.entries(named).map(([name, value]) => ({ noun, name, reason: (value as Omitted).reason })),
    )
    .sort((a, b) => (`${a.noun}.${a.name}` < `${b.noun}.${b.name}` ? -1 : 1));
}

/** The definition as one stage has it: `every`, then `overrides` applied, omitted parts and their uses taken away. */
export function patched(definition: Definition, stage: Stage): unknown {
  const { stages: _stages, ...base } = definition;
  const { every: _every, overrides: _overrides, omits: _omits, ...rest } = stage;
  const declared = loose(base);
  const every = changesOf(stage, 'every').map(([noun, patch]) => [noun, mapValues(declared[noun] ?? {}, () => patch)]);
  const overrides = changesOf(stage, 'overrides').map(([noun, patches]) => [
    noun,
    isPart(noun) ? keep(patches, (name) => declared[noun]?.[name] !== undefined) : patches,
  ]);
  const merged = [every, overrides].map((entries) => Object.fromEntries(entries) as unknown).reduce(applyPatch, base);
  return { ...withoutOmitted(loose(merged as object), omissionsOf(stage)), stage: rest };
}

/** What is wrong with how a stage changes the definition: nouns and parts that are not there, and missing reasons. */
export function changeProblems(definition: Definition, stageName: string, stage: Stage): readonly Problem[] {
  const declared = loose(definition);
  const at = (...words: readonly string[]) => ['stages', stageName, ...words].join('.');
  const unknownNouns = changes.flatMap((change) =>
    Object.keys(stage[change] ?? {})
      .filter((noun) => !changeable[change].includes(noun))
      .map((noun) => ({
        path: at(change, noun),
        got: noun,
        allowed: `one of ${changeable[change].join(', ')}`,
        remedy: didYouMean(noun, changeable[change], 'remove it'),
      })),
  );
  const unknownParts = (['overrides', 'omits'] as const).flatMap((change) =>
    changesOf(stage, change)
      .filter(([noun]) => isPart(noun))
      .flatMap(([noun, named]) => {
        const known = Object.keys(declared[noun] ?? {});
        return Object.keys(named)
          .filter((name) => !known.includes(name))
          .map((name) => ({
            path: at(change, noun, name),
            got: name,
            allowed: known.length === 0 ? `a name in ${noun}, of which there are none` : `one of ${known.join(', ')}`,
            remedy: didYouMean(name, known, 'name a part that the definition declares'),
          }));
      }),
  );
  const unreasoned = changesOf(stage, 'omits').flatMap(([noun, named]) =>
    Object.entries(named).flatMap(([name, value]) =>
      problemsOf(omission, value, omission.safeParse(value).error?.issues ?? []).map((problem) => ({
        ...problem,
        path: [at('omits', noun, name), problem.path].filter((word) => word !== '').join('.'),
      })),
    ),
  );
  return [...unknownNouns, ...unknownParts, ...unreasoned];
}

function withoutOmitted(definition: Loose, omitted: readonly Omitted[]): Loose {
  const isOmitted = (noun: string, name: unknown) => omitted.some((part) => part.noun === noun && part.name === name);
  const nouns = mapValues(definition, (named, noun) =>
    isPart(noun) && isObject(named) ? keep(named, (name) => !isOmitted(noun, name)) : named,
  );
  const withoutUses = (user: unknown) =>
    isObject(user) && isObject(user['uses'])
      ? {
          ...user,
          uses: mapValues(user['uses'], (used, kind) =>
            Array.isArray(used)
              ? used.filter((name) => !isOmitted(usesNoun[kind as keyof typeof usesNoun], name))
              : used,
          ),
        }
      : user;
  return loose(
    mapValues(nouns, (named, noun) =>
      users.includes(noun) && isObject(named) ? mapValues(named, withoutUses) : named,
    ),
  );
}

const mapValues = (
  object: Readonly<Record<string, unknown>>,
  map: (value: unknown, key: string) => unknown,
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value, key)]));

const keep = (named: object, test: (name: string) => boolean): object =>
  Object.fromEntries(Object.entries(named).filter(([name]) => test(name)));
