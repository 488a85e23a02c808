import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { didYouMean } from '../../platform/nearest';
import { isList, isObject, numberOf, objectOf, shown, textOf, type Json, type JsonObject } from '../json';

/** What is wrong at a place of values. */
export type ValueProblem = readonly [at: string, message: string];

const directory = join(__dirname, 'data/charts');

/** What every schema may name: `common.json#/$defs/resources`. */
const COMMON = 'common';

const loaded = new Map<string, JsonObject | undefined>();

function load(name: string): JsonObject | undefined {
  if (!loaded.has(name)) {
    const file = join(directory, `${name}.json`);
    loaded.set(name, existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as JsonObject) : undefined);
  }
  return loaded.get(name);
}

/** The schema of what the platform sets of a chart; nothing for a chart that has none. */
export const valuesSchemaOf = (chart: string): JsonObject | undefined =>
  /^[a-z][a-z0-9-]*$/.test(chart) && chart !== COMMON ? load(chart) : undefined;

/** Words of JSON Schema that are understood. Any other would be taken for one that holds. */
const WORDS = [
  '$comment',
  '$defs',
  '$ref',
  '$schema',
  'additionalProperties',
  'const',
  'enum',
  'items',
  'minItems',
  'minProperties',
  'minimum',
  'pattern',
  'properties',
  'required',
  'title',
  'type',
];

const TYPES: Readonly<Record<string, { readonly says: string; readonly is: (value: Json) => boolean }>> = {
  array: { says: 'a list', is: isList },
  boolean: { says: 'true or false', is: (value) => typeof value === 'boolean' },
  integer: { says: 'a whole number', is: (value) => Number.isInteger(value) },
  number: { says: 'a number', is: (value) => typeof value === 'number' },
  object: { says: 'an object', is: isObject },
  string: { says: 'a text', is: (value) => typeof value === 'string' },
};

/**
 * What is wrong with values by a schema: the part of JSON Schema that the schemas of charts need.
 *
 * @throws Error if the schema has a word that is not understood, or names a definition that is not there
 */
export const valueProblems = (
  schema: JsonObject,
  value: Json,
  at: string,
  root: JsonObject = schema,
): readonly ValueProblem[] => {
  const strange = Object.keys(schema).filter((word) => !WORDS.includes(word));
  if (strange.length > 0) throw new Error(`a schema of values must have known words alone, got ${strange.join(', ')}`);
  const reference = textOf(schema.$ref);
  if (reference !== undefined) {
    const [definition, home] = definitionOf(reference, root);
    return valueProblems(definition, value, at, home);
  }
  if (schema.const !== undefined && JSON.stringify(schema.const) !== JSON.stringify(value)) {
    return [[at, `must be ${shown(schema.const)}, got ${shown(value)}: set it so`]];
  }
  const words = isList(schema.enum) ? schema.enum : undefined;
  if (words !== undefined && !words.some((word) => word === value)) {
    return [[at, `must be one of ${words.map(shown).join(', ')}, got ${shown(value)}: take one`]];
  }
  const type = textOf(schema.type);
  const known = type === undefined ? undefined : TYPES[type];
  if (type !== undefined && known === undefined)
    throw new Error(`a schema of values must have a known type, got ${type}`);
  if (known !== undefined && !known.is(value)) return [[at, `must be ${known.says}, got ${shown(value)}: write one`]];
  return [
    ...textProblems(schema, value, at),
    ...numberProblems(schema, value, at),
    ...listProblems(schema, value, at, root),
    ...objectProblems(schema, value, at, root),
  ];
};

function definitionOf(reference: string, root: JsonObject): readonly [definition: JsonObject, home: JsonObject] {
  const [file, name] = reference.split('#/$defs/');
  const home = file === '' ? root : file === `${COMMON}.json` ? load(COMMON) : undefined;
  const definition = name === undefined ? undefined : objectOf(home?.$defs)[name];
  if (home === undefined || !isObject(definition)) throw new Error(`a schema of values has no definition ${reference}`);
  return [definition, home];
}

function textProblems({ pattern }: JsonObject, value: Json, at: string): readonly ValueProblem[] {
  const expression = textOf(pattern);
  if (expression === undefined || typeof value !== 'string' || new RegExp(expression).test(value)) return [];
  return [[at, `must match ${expression}, got ${shown(value)}: correct it`]];
}

function numberProblems({ minimum }: JsonObject, value: Json, at: string): readonly ValueProblem[] {
  const least = numberOf(minimum);
  if (least === undefined || typeof value !== 'number' || value >= least) return [];
  return [[at, `must be at least ${least}, got ${value}: raise it`]];
}

function listProblems(
  { items, minItems }: JsonObject,
  value: Json,
  at: string,
  root: JsonObject,
): readonly ValueProblem[] {
  if (!isList(value)) return [];
  const least = numberOf(minItems) ?? 0;
  return [
    ...(value.length < least ? [[at, `must have at least ${least}, got ${value.length}: add to it`] as const] : []),
    ...(isObject(items) ? value.flatMap((item, index) => valueProblems(items, item, `${at}[${index}]`, root)) : []),
  ];
}

function objectProblems(schema: JsonObject, value: Json, at: string, root: JsonObject): readonly ValueProblem[] {
  if (!isObject(value)) return [];
  const properties = objectOf(schema.properties);
  const names = Object.keys(properties);
  const required = isList(schema.required) ? schema.required.filter((name) => typeof name === 'string') : [];
  const least = numberOf(schema.minProperties) ?? 0;
  const where = (name: string): string => `${at}.${name}`;
  return [
    ...Object.entries(value).flatMap(([name, inner]): readonly ValueProblem[] => {
      const property = Object.hasOwn(properties, name) ? properties[name] : schema.additionalProperties;
      if (isObject(property)) return valueProblems(property, inner, where(name), root);
      if (property !== false) return [];
      return [
        [
          where(name),
          `is no value that is set here: ${didYouMean(name, names, 'add it to the schema, or take it away')}`,
        ],
      ];
    }),
    ...required
      .filter((name) => !Object.hasOwn(value, name))
      .map((name): ValueProblem => [where(name), 'must be set, got nothing: the chart would choose']),
    ...(Object.keys(value).length < least
      ? [
          [
            at,
            `must have at least ${least} values, of ${names.join(', ')}: one that nothing else requires is missing`,
          ] as const,
        ]
      : []),
  ];
}
