import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from '../bin/inputs';
import type { SchemaFile, Types } from '../lib/review/kubernetes/schema';
import { builtInKinds, BuiltInTypes, kubernetesVersion, versionOf } from './builtin-schema';
import { customKinds, CustomTypes } from './custom-schema';

const directory = join(root, 'lib/review/kubernetes/data/schemas');

/** The files of the schemas by name: what Kubernetes itself knows, and one for each project that adds kinds. */
export function schemaFiles(): Readonly<Record<string, string>> {
  const builtIn = new BuiltInTypes();
  builtIn.addMetadata();
  for (const [apiVersion, kind, type] of builtInKinds) builtIn.addKind(apiVersion, kind, type);
  const kinds = customKinds();
  const projects = [...new Set(kinds.map(({ project }) => project))].sort();
  const custom = projects.map((project) => {
    const types = new CustomTypes(project, (file) => builtIn.forDeclaration(file));
    const own = kinds.filter((each) => each.project === project);
    for (const { file, kind } of own) types.add(kind, file);
    return file(project, {
      source: sourceOf(project),
      kinds: Object.fromEntries(own.map(({ apiVersion, kind }) => [`${apiVersion} ${kind}`, kind])),
      types: types.types,
    });
  });
  return Object.fromEntries([
    file('kubernetes', {
      source:
        `@kubernetes/client-node ${versionOf('@kubernetes/client-node')} (Kubernetes ${kubernetesVersion()}), ` +
        `words of kubernetes-models ${versionOf('kubernetes-models')}`,
      kinds: Object.fromEntries(builtInKinds.map(([apiVersion, kind, type]) => [`${apiVersion} ${kind}`, type])),
      types: builtIn.types,
    }),
    ...custom,
  ]);
}

/** What the types of a project were made from. */
const sourceOf = (project: string): string =>
  project === 'eks'
    ? 'lib/kubernetes/eks-types.ts'
    : `@kubernetes-models/${project} ${versionOf(`@kubernetes-models/${project}`)}`;

const file = (name: string, schema: SchemaFile): readonly [string, string] => [`${name}.json`, format(schema)];

/** The text of a file: a line for each field, sorted, so that a difference reads well. */
function format({ kinds, source, types }: SchemaFile): string {
  const lines = (fields: Readonly<Record<string, string>>, indent: string): string =>
    Object.entries(fields)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, type]) => `${indent}${JSON.stringify(name)}: ${JSON.stringify(type)}`)
      .join(',\n');
  return `{\n  "source": ${JSON.stringify(source)},\n  "kinds": {\n${lines(kinds, '    ')}\n  },\n  "types": {\n${typeLines(types)}\n  }\n}\n`;

  function typeLines(all: Types): string {
    return Object.entries(all)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, fields]) =>
        Object.keys(fields).length === 0
          ? `    ${JSON.stringify(name)}: {}`
          : `    ${JSON.stringify(name)}: {\n${lines(fields, '      ')}\n    }`,
      )
      .join(',\n');
  }
}

/** Writes the schema of every kind that a cluster is made of. */
function main(): void {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  for (const [name, text] of Object.entries(schemaFiles())) {
    writeFileSync(join(directory, name), text);
    console.log(`${relative(root, join(directory, name))}: ${text.split('\n').length} lines`);
  }
}

if (require.main === module) main();
