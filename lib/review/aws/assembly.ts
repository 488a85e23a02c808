import { join } from 'node:path';
import { z } from 'zod';
import { readJson } from '../json-file';
import { readNotes } from './notes';
import type { Note } from './notes';
import type { Assembly, Stack } from './stack';
import { stackFrom } from './stack-from';

const artifact = z.looseObject({
  type: z.string(),
  environment: z.string().default('aws://unknown-account/unknown-region'),
  displayName: z.string().optional(),
  dependencies: z.array(z.string()).default([]),
  metadata: z.unknown().optional(),
  additionalMetadataFile: z.string().optional(),
  properties: z.looseObject({
    templateFile: z.string().optional(),
    stackName: z.string().optional(),
    terminationProtection: z.boolean().default(false),
    directoryName: z.string().optional(),
    displayName: z.string().optional(),
  }),
});
type Artifact = z.output<typeof artifact>;

const manifest = z.looseObject({
  artifacts: z.record(z.string(), z.looseObject({ type: z.string() })).default({}),
  missing: z.array(z.looseObject({ key: z.string() })).default([]),
});

/** What the manifest says around the artifact of one stack. */
interface Surroundings {
  readonly directory: string;
  readonly stage: string;
  readonly missing: readonly string[];
  /** Paths of the manifest's stacks by artifact id. */
  readonly names: ReadonlyMap<string, string>;
}

/**
 * Reads a cloud assembly (`cdk.out`) with the assemblies of its stages and the templates of its nested stacks.
 *
 * @throws Error if the directory is not a cloud assembly, a file of it is missing or malformed, or it holds no stack at
 *   all: a review of nothing must not pass.
 */
export function readAssembly(directory: string): Assembly {
  const stacks = readManifest(directory, '', []);
  if (stacks.length === 0) {
    throw new Error(`${directory} must hold at least one stack, got none: synthesize the platform into it first`);
  }
  return { stacks: stacks.sort((a, b) => (a.name < b.name ? -1 : 1)) };
}

function readManifest(directory: string, stage: string, missingAbove: readonly string[]): Stack[] {
  const { value } = readJson(directory, 'manifest.json');
  const { artifacts, missing } = manifest.parse(value);
  const keys = [...new Set([...missingAbove, ...missing.map(({ key }) => key)])];

  const ofType = (type: string): readonly (readonly [string, Artifact])[] =>
    Object.entries(artifacts)
      .filter(([, each]) => each.type === type)
      .map(([id, each]) => [id, artifact.parse(each)]);

  const stacks = ofType('aws:cloudformation:stack');
  const names = new Map(stacks.map(([id, { displayName }]) => [id, displayName ?? id]));
  return [
    ...stacks.flatMap(([id, each]) => readStacks(id, each, { directory, stage, missing: keys, names })),
    ...ofType('cdk:cloud-assembly').flatMap(([id, { properties }]) =>
      readManifest(join(directory, properties.directoryName ?? id), properties.displayName ?? id, keys),
    ),
  ];
}

/** The stack of an artifact and the nested stacks inside it. */
function readStacks(id: string, artifact: Artifact, { directory, stage, missing, names }: Surroundings): Stack[] {
  const { properties, additionalMetadataFile: file } = artifact;
  const name = names.get(id) ?? id;
  const notes = [
    ...readNotes(artifact.metadata),
    ...(file === undefined ? [] : readNotes(readJson(directory, file).value)),
  ];
  const templates = new Map([[name, properties.templateFile ?? `${id}.template.json`]]);
  for (const { path, type, data } of notes) {
    if (type === 'aws:cdk:templateFile' && typeof data === 'string') templates.set(path, data);
  }

  const [account = '', region = ''] = artifact.environment.replace('aws://', '').split('/');
  const common = {
    stage,
    account,
    region,
    missing,
    terminationProtection: properties.terminationProtection,
    dependencies: artifact.dependencies.flatMap((other) => names.get(other) ?? []).sort(),
  };
  const owned = ownership(notes, [...templates.keys()]);
  return [...templates].map(([path, templateFile]) =>
    stackFrom({
      ...common,
      name: path,
      stackName: path === name ? (properties.stackName ?? name) : path,
      file: readJson(directory, templateFile),
      notes: owned.get(path) ?? [],
    }),
  );
}

/** The notes by the innermost stack whose path holds them. */
function ownership(notes: readonly Note[], stacks: readonly string[]): ReadonlyMap<string, readonly Note[]> {
  const innermostFirst = [...stacks].sort((a, b) => b.length - a.length);
  const owned = new Map<string, Note[]>(stacks.map((stack) => [stack, []]));
  for (const note of notes) {
    const owner = innermostFirst.find((stack) => note.path === stack || note.path.startsWith(`${stack}/`));
    if (owner !== undefined) owned.get(owner)?.push(note);
  }
  return owned;
}
