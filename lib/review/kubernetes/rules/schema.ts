import { didYouMean } from '../../../platform/nearest';
import { isList, isObject, shown, type Json, type JsonObject } from '../../json';
import { reporter, type Rule } from '../rule';
import { CHOICE, kindNames, kindOf, metadataKind, type Fields, type Kind } from '../schema';

const name = 'schema';
const report = reporter(name);

/** A Helm release is no kind of a cluster: the rule on releases reads it. */
const RELEASE = 'helm.sh/v3 Release';

/** What is wrong at a place. */
type Problem = readonly [at: string, message: string];

/** Every object is of a kind that the cluster knows, with fields that the kind has, each of its type. */
export const schema: Rule = {
  name,
  strict: 'the cluster refuses it',
  judge: ({ objects }) =>
    objects.flatMap((object) => {
      const { apiVersion, kind, value } = object;
      if (`${apiVersion} ${kind}` === RELEASE) return [];
      const known = kindOf(apiVersion, kind);
      if (known === undefined) {
        const remedy = `correct it, or add the kind and run npm run schema:kubernetes`;
        const got = `${apiVersion} ${kind}`;
        const message = `must be a known kind, got ${got}: ${didYouMean(got, kindNames(), remedy)}`;
        return [report(object, 'kind', message)];
      }
      const { apiVersion: _version, kind: _kind, metadata, ...rest } = value;
      const meta = metadataKind();
      return [
        ...fieldProblems(meta, meta.fields, metadata ?? {}, 'metadata'),
        ...fieldProblems(known, known.fields, rest, ''),
      ].map(([at, message]) => report(object, at, message));
    }),
};

function fieldProblems(kind: Kind, fields: Fields, given: Json, at: string): readonly Problem[] {
  if (!isObject(given)) return [[at, `must be an object, got ${shown(given)}: write its fields`]];
  const names = Object.keys(fields).filter((each) => each !== CHOICE);
  const where = (field: string): string => (at === '' ? field : `${at}.${field}`);
  return [
    ...Object.entries(given).flatMap(([field, value]): readonly Problem[] => {
      const type = Object.hasOwn(fields, field) && field !== CHOICE ? fields[field] : undefined;
      if (type !== undefined) return valueProblems(kind, type.replace(/!$/, ''), value, where(field));
      const remedy = names.length === 0 ? 'take it away' : `take one of ${names.join(', ')}`;
      return [[where(field), `is no field here: ${didYouMean(field, names, remedy)}`]];
    }),
    ...names
      .filter((field) => fields[field]?.endsWith('!') === true && (given[field] ?? null) === null)
      .map((field): Problem => [where(field), 'must be given, got nothing: the cluster requires it']),
    ...choiceProblems(fields, given, at),
  ];
}

function choiceProblems(fields: Fields, given: JsonObject, at: string): readonly Problem[] {
  const choice = (fields[CHOICE] ?? '').replace('one of ', '').split(', ');
  const chosen = choice.filter((field) => field !== '' && Object.hasOwn(given, field));
  if (chosen.length < 2) return [];
  return [[at, `must have one of ${choice.join(', ')}, got ${chosen.join(' and ')}: leave one`]];
}

function valueProblems(kind: Kind, type: string, value: Json, at: string): readonly Problem[] {
  if (type.startsWith('[')) {
    if (!isList(value)) return [[at, `must be a list, got ${shown(value)}: write a list`]];
    return value.flatMap((item, index) => valueProblems(kind, type.slice(1, -1), item, `${at}[${index}]`));
  }
  if (type.startsWith('{')) {
    if (!isObject(value)) return [[at, `must be a map, got ${shown(value)}: write a map`]];
    return Object.entries(value).flatMap(([key, item]) => valueProblems(kind, type.slice(1, -1), item, `${at}.${key}`));
  }
  if (type.startsWith('"')) {
    const words = type.split('|').map((word) => JSON.parse(word) as string);
    if (typeof value === 'string' && words.includes(value)) return [];
    const text = typeof value === 'string' ? value : '';
    return [[at, `must be one of ${words.join(', ')}, got ${shown(value)}: ${didYouMean(text, words, 'take one')}`]];
  }
  const primitive = primitives[type];
  if (primitive === undefined) return fieldProblems(kind, kind.typeOf(type), value, at);
  return primitive.is(value) ? [] : [[at, `must be ${primitive.says}, got ${shown(value)}: write one`]];
}

/** An amount of something: `100m`, `1.5Gi`. */
export const QUANTITY = /^[+-]?(\d+(\.\d*)?|\.\d+)(m|k|Ki|[MGTPE]i?|[eE][+-]?\d+)?$/;

const primitives: Readonly<Record<string, { readonly says: string; readonly is: (value: Json) => boolean }>> = {
  any: { says: 'anything', is: () => true },
  boolean: { says: 'true or false', is: (value) => typeof value === 'boolean' },
  date: { says: 'a date', is: (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value)) },
  integer: { says: 'a whole number', is: (value) => Number.isInteger(value) },
  'int-or-string': {
    says: 'a whole number or a text',
    is: (value) => Number.isInteger(value) || typeof value === 'string',
  },
  number: { says: 'a number', is: (value) => typeof value === 'number' },
  quantity: {
    says: 'an amount such as 100m or 512Mi',
    is: (value) => typeof value === 'number' || (typeof value === 'string' && QUANTITY.test(value)),
  },
  string: { says: 'a text', is: (value) => typeof value === 'string' },
};
