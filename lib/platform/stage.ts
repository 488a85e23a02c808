import { usesNoun, type Definition, type StageInput } from './definition';
import type { Problem } from './error';
import { applyPatch } from './patch';
import { parts } from './schema';

/** A definition before it was checked: by noun and name, anything. */
type Loose = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
type Stage = StageInput<never>;

/** A part that a stage does without. */
export interface Omitted {
  readonly noun: string;
  readonly name: string;
  readonly reason: string;
}

const loose = (value: object): Loose => value as unknown as Loose;
const isPart = (noun: string): boolean => noun in parts;

/** The parts that a stage does without. */
export function omissionsOf(stage: Stage): readonly Omitted[] {
  return Object.entries(loose(stage.omits ?? {})).flatMap(([noun, named]) =>
    Object.entries(named).map(([name, omission]) => ({ noun, name, reason: (omission as Omitted).reason })),
  );
}

/** The definition as one stage has it: `every`, then `overrides` applied, omitted parts and their uses taken away. */
export function patched(definition: Definition, stage: Stage): unknown {
  const { stages: _stages, ...base } = definition;
  const { every = {}, overrides = {}, omits: _omits, ...rest } = stage;
  const declared = loose(base);
  const everyPart = Object.entries(every).map(([noun, patch]) => [
    noun,
    Object.fromEntries(Object.keys(declared[noun] ?? {}).map((name) => [name, patch])),
  ]);
  const known = Object.entries(overrides).map(([noun, patches]) => [
    noun,
    isPart(noun) ? keep(patches, (name) => declared[noun]?.[name] !== undefined) : patches,
  ]);
  const merged = [everyPart, known].map((entries) => Object.fromEntries(entries) as unknown).reduce(applyPatch, base);
  return { ...withoutOmitted(loose(merged as object), omissionsOf(stage)), stage: rest };
}

/** Overrides and omissions that name parts which the definition does not declare. */
export function unknownParts(definition: Definition, stageName: string, stage: Stage): readonly Problem[] {
  const declared = loose(definition);
  return (['overrides', 'omits'] as const).flatMap((kind) =>
    Object.entries(loose(stage[kind] ?? {}))
      .filter(([noun]) => isPart(noun))
      .flatMap(([noun, named]) =>
        Object.keys(named)
          .filter((name) => declared[noun]?.[name] === undefined)
          .map((name) => ({
            path: `stages.${stageName}.${kind}.${noun}.${name}`,
            got: name,
            allowed: `one of ${Object.keys(declared[noun] ?? {}).join(', ')}`,
            remedy: 'name a part that the definition declares',
          })),
      ),
  );
}

function withoutOmitted(definition: Loose, omitted: readonly Omitted[]): Loose {
  const isOmitted = (noun: string, name: string) => omitted.some((part) => part.noun === noun && part.name === name);
  const nouns = Object.entries(definition).map(([noun, named]) => [
    noun,
    isPart(noun) ? keep(named, (name) => !isOmitted(noun, name)) : named,
  ]);
  const services = Object.entries(definition['services'] ?? {}).map(([name, service]) => {
    const { uses = {} } = service as { uses?: Readonly<Record<string, readonly string[]>> };
    const kept = Object.entries(uses).map(([kind, used]) => [
      kind,
      used.filter((part) => !isOmitted(usesNoun[kind as keyof typeof usesNoun], part)),
    ]);
    return [name, { ...(service as object), uses: Object.fromEntries(kept) }];
  });
  return { ...Object.fromEntries(nouns), services: Object.fromEntries(services) };
}

const keep = (named: object, test: (name: string) => boolean): object =>
  Object.fromEntries(Object.entries(named).filter(([name]) => test(name)));
