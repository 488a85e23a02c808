import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What a resource or a block takes: a primitive (`bool`, `number`, `string`, `any`), a list `[string]` or a map `{string}`
 * of one, required with an exclamation mark; or a block. `*` says of a block how often it stands: `one` or `many`.
 */
export type Arguments = { readonly [name: string]: string | Arguments };

/** What a type of resource takes, and what can be read of it. */
export interface TypeSchema {
  readonly arguments: Arguments;
  /** What Azure tells of it besides its arguments: `kubelet_identity.object_id`. */
  readonly attributes: readonly string[];
}

/** Schemas by type. That of a data source is called `data.<type>`, that of a provider `provider.azurerm`. */
export type Schemas = Readonly<Record<string, TypeSchema>>;

/** The key of a block under which stands how often it may. */
export const COUNT = '*';

const read = (name: string): unknown => JSON.parse(readFileSync(join(__dirname, '..', name), 'utf8'));

/** Where the schemas of a provider's classes are, from the room of reviews. */
const files = { azurerm: 'azure/data/azurerm.json', google: 'google/data/google.json' };

/** All types of which the review knows the arguments. */
export interface KnownTypes {
  /** Version that the classes are made of, by provider. */
  readonly providers: Readonly<Record<string, string>>;
  /** From the classes. */
  readonly extracted: Schemas;
  /**
   * Written by hand: types that the classes lack, and arguments that their types lack, each with the least version of the
   * provider that has them.
   */
  readonly raw: Readonly<Record<string, TypeSchema & { readonly provider: string }>>;
}

let known: KnownTypes | undefined;

/** All types of which the review knows the arguments. Read once a process. */
export function knownTypes(): KnownTypes {
  if (known === undefined) {
    const classes = Object.entries(files).map(
      ([name, file]) => [name, read(file) as { readonly provider: string; readonly types: Schemas }] as const,
    );
    known = {
      providers: Object.fromEntries(classes.map(([name, { provider }]) => [name, provider])),
      extracted: Object.fromEntries(classes.flatMap(([, { types }]) => Object.entries(types))),
      raw: read('azure/data/raw-types.json') as KnownTypes['raw'],
    };
  }
  return known;
}

/** Types that are part of Terraform itself. */
const builtIn: Schemas = {
  terraform_data: {
    arguments: { input: 'any', triggers_replace: 'any' },
    attributes: ['id', 'output'],
  },
  'data.terraform_remote_state': {
    arguments: { backend: 'string!', config: 'any!', defaults: 'any', workspace: 'string' },
    attributes: ['outputs'],
  },
};

const own = (schemas: Schemas, type: string): TypeSchema | undefined =>
  Object.hasOwn(schemas, type) ? schemas[type] : undefined;

/** The schema of a type, whoever has it. */
export function schemaOf(type: string): TypeSchema | undefined {
  const { extracted: classes, raw: byHand } = knownTypes();
  const [first, second] = [own(builtIn, type) ?? own(classes, type), own(byHand, type)];
  if (first === undefined || second === undefined) return first ?? second;
  return {
    arguments: { ...first.arguments, ...second.arguments },
    attributes: [...first.attributes, ...second.attributes],
  };
}

/** Names of all types that the review knows. */
export const typeNames = (): readonly string[] =>
  [builtIn, knownTypes().extracted, knownTypes().raw].flatMap((schemas) => Object.keys(schemas));

/** Whether a type is part of Terraform, of which the provider's classes know nothing. */
export const isBuiltIn = (type: string): boolean => Object.hasOwn(builtIn, type);
