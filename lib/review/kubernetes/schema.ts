import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What the fields of a type are: a primitive (`string`, `integer`, `number`, `boolean`, `any`, `date`, `quantity`,
 * `int-or-string`), words in quotes with `|` between them, another type by its name, a list `[string]` or a map
 * `{string}` of one; an exclamation mark says that it must be given. `*` names fields of which at most one is given.
 */
export type Fields = Readonly<Record<string, string>>;

/** Types by name. */
export type Types = Readonly<Record<string, Fields>>;

/** Kinds of one project, as a file of `data/schemas` holds them. */
export interface SchemaFile {
  /** Package and version that it was made from, by `npm run schema:kubernetes`. */
  readonly source: string;
  /** Names of the types of kinds, by `apps/v1 Deployment`. */
  readonly kinds: Readonly<Record<string, string>>;
  readonly types: Types;
}

/** Where a type is declared that has fields of which at most one is given. */
export const CHOICE = '*';

/** What of every object is the same, whatever its kind. */
export const METADATA = 'V1ObjectMeta';

const directory = join(__dirname, 'data/schemas');

const load = (file: string): SchemaFile => JSON.parse(readFileSync(join(directory, file), 'utf8')) as SchemaFile;

let loaded: readonly SchemaFile[] | undefined;

/** The schemas of every project. Read when the first is asked for. */
const schemas = (): readonly SchemaFile[] => (loaded ??= readdirSync(directory).sort().map(load));

/** What an object of a kind is made of. */
export interface Kind {
  /** Fields of the object itself, but for `apiVersion`, `kind` and `metadata`. */
  readonly fields: Fields;
  /** The fields of a type that one of the fields names. */
  readonly typeOf: (name: string) => Fields;
}

/** The kind of an object; nothing for one that no schema knows. */
export function kindOf(apiVersion: string, kind: string): Kind | undefined {
  const name = `${apiVersion} ${kind}`;
  const file = schemas().find(({ kinds }) => Object.hasOwn(kinds, name));
  const type = file?.kinds[name];
  if (file === undefined || type === undefined) return undefined;
  const typeOf = (wanted: string): Fields => typeIn(file, wanted);
  return { fields: typeOf(type), typeOf };
}

/** A type of a project, or of Kubernetes itself, which all use. */
function typeIn(file: SchemaFile, name: string): Fields {
  const found = [file, ...schemas()].find(({ types }) => Object.hasOwn(types, name))?.types[name];
  if (found === undefined) throw new Error(`${file.source} has no type ${name}: run npm run schema:kubernetes`);
  return found;
}

/** Fields of the metadata of every object. */
export const metadataKind = (): Kind => {
  const [file] = schemas().filter(({ types }) => Object.hasOwn(types, METADATA));
  if (file === undefined) throw new Error(`no schema has ${METADATA}: run npm run schema:kubernetes`);
  return { fields: typeIn(file, METADATA), typeOf: (name) => typeIn(file, name) };
};

/** Every kind that a schema knows: `apps/v1 Deployment`. */
export const kindNames = (): readonly string[] => schemas().flatMap(({ kinds }) => Object.keys(kinds));
