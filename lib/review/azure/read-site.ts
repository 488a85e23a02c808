import { dirname, join } from 'node:path';
import { z } from 'zod';
import { listOf, objectOf, stringsOf, textOf } from '../json';
import type { Json, JsonObject } from '../json';
import { readJson } from '../json-file';
import type { Backend, Resource, Site, Stack } from './stack';

const manifest = z.looseObject({
  stacks: z.record(
    z.string(),
    z.looseObject({ synthesizedStackPath: z.string(), dependencies: z.array(z.string()).default([]) }),
  ),
});

/** What only Terraform is told of a resource. */
const META = ['connection', 'count', 'depends_on', 'for_each', 'provider', 'provisioner'];

/** Where the construct tree writes what Terraform skips. */
const COMMENT = '//';

/**
 * Reads the stacks of a site (`cdktf.out`).
 *
 * @throws Error if the directory is no output, a file of it is missing or malformed, or it holds no stack at all: a review
 *   of nothing must not pass.
 */
export function readSite(directory: string): Site {
  const { stacks } = manifest.parse(readJson(directory, 'manifest.json').value);
  const names = Object.keys(stacks).sort();
  if (names.length === 0) {
    throw new Error(`${directory} must hold at least one stack, got none: synthesize the platform into it first`);
  }
  return {
    stacks: names.flatMap((name) => {
      const entry = stacks[name];
      if (entry === undefined) return [];
      const { dependencies, synthesizedStackPath: file } = entry;
      const { value } = readJson(directory, file);
      return [
        { ...stackFrom(name, value), directory: join(directory, dirname(file)), dependencies: dependencies.sort() },
      ];
    }),
  };
}

function stackFrom(name: string, file: Json): Omit<Stack, 'directory' | 'dependencies'> {
  const root = objectOf(file);
  const terraform = objectOf(root.terraform);
  return {
    name,
    resources: declarationsIn(name, objectOf(root.resource), ''),
    data: declarationsIn(name, objectOf(root.data), 'data.'),
    variables: objectOf(root.variable),
    outputs: objectOf(root.output),
    locals: objectOf(root.locals),
    backends: backendsIn(objectOf(terraform.backend)),
    requiredProviders: objectOf(terraform.required_providers),
    providers: objectOf(root.provider),
    file,
  };
}

function declarationsIn(stack: string, byType: JsonObject, prefix: '' | 'data.'): readonly Resource[] {
  return Object.entries(byType)
    .flatMap(([type, byName]) =>
      Object.entries(objectOf(byName)).map(([name, declaration]) =>
        resourceFrom(stack, `${prefix}${type}`, name, objectOf(declaration)),
      ),
    )
    .sort((a, b) => (a.address < b.address ? -1 : 1));
}

function resourceFrom(stack: string, type: string, name: string, declaration: JsonObject): Resource {
  const address = `${type}.${name}`;
  const { [COMMENT]: comment, lifecycle, ...rest } = declaration;
  const { exemptions, metadata } = objectOf(comment);
  const isMeta = ([key]: readonly [string, Json]): boolean => META.includes(key);
  return {
    stack,
    type,
    address,
    path: textOf(objectOf(metadata).path) ?? `${stack}/${address}`,
    arguments: Object.fromEntries(Object.entries(rest).filter((entry) => !isMeta(entry))),
    lifecycle: objectOf(listOf(lifecycle)[0]),
    meta: Object.fromEntries(Object.entries(rest).filter(isMeta)),
    exemptions: objectOf(exemptions),
  };
}

const backendsIn = (backend: JsonObject): readonly Backend[] =>
  Object.entries(backend).map(([type, config]) => ({ type, config: objectOf(listOf(config)[0]) }));

/** The stacks that a resource must wait for, besides those of which it reads something. */
export const dependsOn = ({ meta }: Resource): readonly string[] => stringsOf(meta.depends_on);
