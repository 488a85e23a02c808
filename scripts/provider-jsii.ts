import { readFileSync } from 'node:fs';
import type { Arguments, Schemas, TypeSchema } from '../lib/review/azure/schema';

/** What a manifest of jsii says of a type of TypeScript, as far as it is needed. */
interface TypeReference {
  readonly primitive?: string;
  readonly fqn?: string;
  readonly collection?: { readonly kind: 'array' | 'map'; readonly elementtype: TypeReference };
  readonly union?: { readonly types: readonly TypeReference[] };
}

interface Property {
  readonly name: string;
  readonly optional?: true;
  readonly static?: true;
  readonly type: TypeReference;
  readonly docs?: { readonly summary?: string; readonly remarks?: string };
}

interface Declaration {
  readonly fqn: string;
  readonly base?: string;
  readonly namespace?: string;
  readonly docs?: { readonly summary?: string };
  readonly initializer?: { readonly parameters: readonly { readonly name: string; readonly type: TypeReference }[] };
  readonly properties?: readonly Property[];
}

/** Providers whose classes the stacks use. */
export const providers = ['azurerm', 'google'] as const;
export type Provider = (typeof providers)[number];

/** The manifest of a provider's classes. */
export interface Manifest {
  readonly name: Provider;
  /** Version of the provider that the classes are made of. */
  readonly provider: string;
  readonly types: Readonly<Record<string, Declaration>>;
  /** Class by type of Terraform; that of a data source begins with `data.`. */
  readonly classes: ReadonlyMap<string, Declaration>;
}

/** What a class stands for: the page of the registry that its comment names. */
const PAGE = /providers\/hashicorp\/\w+\/([\d.]+)\/docs(?:\/(resources|data-sources)\/[\w-]+)? (\w+)\}/;

/** What Terraform calls an argument: the anchor of the page that its comment names. */
const ANCHOR = /docs[^#\s]*#([\w-]+) /;

/** Reads the manifest that a provider's package carries. It is large: a process that reads it takes some 300 MB. */
export function readManifest(name: Provider): Manifest {
  const path = require.resolve(`@cdktf/provider-${name}/.jsii`);
  const { types } = JSON.parse(readFileSync(path, 'utf8')) as { readonly types: Readonly<Record<string, Declaration>> };
  const classes = new Map<string, Declaration>();
  let provider = '';
  for (const declaration of Object.values(types)) {
    if (declaration.initializer === undefined) continue;
    const [, version, kind, type] = PAGE.exec(declaration.docs?.summary ?? '') ?? [];
    if (version === undefined || type === undefined) continue;
    provider = version;
    classes.set(kind === undefined ? `provider.${type}` : kind === 'resources' ? type : `data.${type}`, declaration);
  }
  return { name, provider, types, classes };
}

/**
 * Schemas of types, taken from the manifest.
 *
 * @throws Error that names a type which the provider's classes lack
 */
export function extractSchemas(manifest: Manifest, types: readonly string[]): Schemas {
  return Object.fromEntries([...types].sort().map((type) => [type, extract(manifest, type)]));
}

function extract(manifest: Manifest, type: string): TypeSchema {
  const declaration = manifest.classes.get(type);
  const config = declaration?.initializer?.parameters.find(({ name }) => name === 'config')?.type.fqn;
  if (declaration === undefined || config === undefined) {
    throw new Error(
      `${type} must be a type of ${manifest.name} ${manifest.provider}, got none of that name: correct it`,
    );
  }
  const { id: _id, ...taken } = argumentsOf(manifest, config);
  const attributes = attributesOf(manifest, declaration, taken, '', new Set());
  return { arguments: taken, attributes: [...new Set(attributes)].sort() };
}

/** `vaultUri` as Terraform spells it, if nothing else says so. */
const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const anchorOf = ({ docs, name }: Property): string =>
  ANCHOR.exec(`${docs?.summary ?? ''} ${docs?.remarks ?? ''}`)?.[1] ?? snakeCase(name);

function argumentsOf(manifest: Manifest, fqn: string): Arguments {
  const properties = [...(manifest.types[fqn]?.properties ?? [])].map((each) => [anchorOf(each), each] as const);
  return Object.fromEntries(
    properties
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, property]) => [name, typeOf(manifest, property.type, property.optional === true ? '' : '!')]),
  );
}

const primitives: Readonly<Record<string, string>> = { boolean: 'bool', number: 'number', string: 'string' };

/** The type that a value has, without the library's own stand-ins for what is known later. */
function plain(type: TypeReference): TypeReference {
  const own = type.union?.types.filter(({ fqn }) => fqn !== 'cdktf.IResolvable') ?? [type];
  return own.find(({ collection }) => collection !== undefined) ?? own[0] ?? {};
}

function typeOf(manifest: Manifest, type: TypeReference, required: '' | '!'): string | Arguments {
  const { collection, fqn, primitive } = plain(type);
  if (collection !== undefined) {
    const { elementtype, kind } = collection;
    const inner = typeOf(manifest, elementtype, '');
    if (typeof inner === 'string') return (kind === 'array' ? `[${inner}]` : `{${inner}}`) + required;
    return { ...inner, '*': `many${required}` };
  }
  if (fqn !== undefined && manifest.types[fqn] !== undefined) {
    return { '*': `one${required}`, ...argumentsOf(manifest, fqn) };
  }
  return `${primitives[primitive ?? ''] ?? 'any'}${required}`;
}

/** What a class tells besides its arguments, blocks included, as dotted names. */
function attributesOf(
  manifest: Manifest,
  { properties = [], fqn: own }: Declaration,
  taken: Arguments,
  prefix: string,
  seen: ReadonlySet<string>,
): readonly string[] {
  const written = new Map(Object.keys(taken).map((name) => [name.replaceAll('_', ''), name]));
  return properties
    .filter(({ name, static: isStatic }) => isStatic !== true && !/(Input|internalValue|^fqn)$/.test(name))
    .flatMap((property) => {
      const snake = snakeCase(property.name);
      const name = written.get(snake.replaceAll('_', '')) ?? snake;
      const inner = elementOf(manifest, property.type.fqn);
      const argument = taken[name];
      if (inner === undefined || seen.has(inner.fqn)) return argument === undefined ? [`${prefix}${name}`] : [];
      const below = typeof argument === 'object' ? argument : {};
      return attributesOf(manifest, inner, below, `${prefix}${name}.`, new Set([...seen, own]));
    });
}

/** The class of a block, or of one of a list of blocks. */
function elementOf({ types }: Manifest, fqn: string | undefined): Declaration | undefined {
  return fqn === undefined ? undefined : types[fqn.replace(/List$/, 'OutputReference')];
}
