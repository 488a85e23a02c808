import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** What an argument takes: a primitive, a list of them, a map of them; required with an exclamation mark. */
const argument = z
  .string()
  .regex(/^(bool|number|string|any|\[(bool|number|string|any)\]|\{(bool|number|string|any)\})!?$/);

/** What a resource or a block takes. `*` says of a block how often it stands. */
export type Arguments = { readonly [name: string]: string | Arguments };
const argumentsSchema: z.ZodType<Arguments> = z.lazy(() =>
  z.record(z.string(), z.union([argument, z.enum(['one', 'one!', 'many', 'many!']), argumentsSchema])),
);

const typeSchema = z.strictObject({
  arguments: argumentsSchema,
  /** What Azure tells of it besides its arguments: `kubelet_identity.object_id`. */
  attributes: z.array(z.string()),
});

/** What a type of resource takes, and what can be read of it. */
export type TypeSchema = z.output<typeof typeSchema>;

/** Schemas by type. That of a data source is called `data.<type>`, that of the provider `provider.azurerm`. */
export type Schemas = Readonly<Record<string, TypeSchema>>;

const extracted = z.strictObject({ provider: z.string(), types: z.record(z.string(), typeSchema) });
const raw = z.record(z.string(), typeSchema.extend({ provider: z.string() }));

/** The key of a block under which stands how often it may. */
export const COUNT = '*';

const read = (name: string): unknown => JSON.parse(readFileSync(join(__dirname, 'data', name), 'utf8'));

/** All types of which the review knows the arguments. */
export interface KnownTypes {
  /** Version of the provider that the classes are made of. */
  readonly provider: string;
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
    const { provider, types } = extracted.parse(read('azurerm.json'));
    known = { provider, extracted: types, raw: raw.parse(read('raw-types.json')) };
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
