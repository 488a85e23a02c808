import { isList, isObject, shown } from '../../json';
import type { Json, JsonObject } from '../../json';
import { didYouMean } from '../../../platform/nearest';
import { reporter, type Rule } from '../rule';
import { COUNT, schemaOf, typeNames, type Arguments } from '../schema';
import { AZAPI_TYPES, type Resource } from '../stack';

const NAME = 'arguments';
const report = reporter(NAME);

const REGENERATE =
  'run npm run schema:azure or schema:google if the provider has it, or write its schema into raw-types.json';

/** What of an argument is wrong, and where: `network_acls.bypass must be …`. */
type Problem = string;

/** Every resource is of a type that there is, with arguments that it takes, all that it requires, each of its type. */
export const argumentsRule: Rule = {
  name: NAME,
  strict: 'the provider refuses it',
  judge: (stack) => [
    ...[...stack.resources, ...stack.data].flatMap((resource) =>
      problemsOf(resource).map((problem) => report(resource, problem)),
    ),
    ...Object.entries(stack.providers).flatMap(([provider, configurations]) =>
      (isList(configurations) ? configurations : [configurations]).flatMap((configuration) =>
        checkType(`provider.${provider}`, configuration).map((problem) => report(stack, `${provider}: ${problem}`)),
      ),
    ),
  ],
};

const problemsOf = ({ type, arguments: given }: Resource): readonly Problem[] => [
  ...checkType(type, given),
  // What is made by its name in Azure has its arguments in a body.
  ...(AZAPI_TYPES.includes(type) && typeof given.type === 'string'
    ? checkType(given.type, given.body ?? {}).map((problem) => `body: ${problem}`)
    : []),
];

function checkType(type: string, given: Json): readonly Problem[] {
  const schema = schemaOf(type);
  if (schema === undefined) {
    return [`${type} must be a known type: ${didYouMean(type, typeNames(), `correct it, ${REGENERATE}`)}`];
  }
  return checkBlock(schema.arguments, given, '');
}

function checkBlock(expected: Arguments, given: Json, at: string): readonly Problem[] {
  if (!isObject(given)) return [`${at} must be a block, got ${shown(given)}: write its arguments`];
  const names = Object.keys(expected).filter((name) => name !== COUNT);
  return [
    ...Object.entries(given).flatMap(([name, value]) => {
      const type = names.includes(name) ? expected[name] : undefined;
      const where = at === '' ? name : `${at}.${name}`;
      if (type !== undefined) return checkValue(type, value, where);
      if (name === 'dynamic') return checkDynamic(expected, value, where);
      return [`${where} is no argument here: ${didYouMean(name, names, `take one of ${names.join(', ')}`)}`];
    }),
    ...names
      .filter((name) => isRequired(expected[name]) && (given[name] ?? null) === null && !isDynamic(given, name))
      .map((name) => `${at === '' ? name : `${at}.${name}`} must be given, got nothing: the provider requires it`),
  ];
}

const isDynamic = ({ dynamic }: JsonObject, name: string): boolean => isObject(dynamic) && Object.hasOwn(dynamic, name);

/** Blocks that Terraform makes of a list: each names the block and has its content. */
function checkDynamic(expected: Arguments, given: Json, at: string): readonly Problem[] {
  return Object.entries(isObject(given) ? given : {}).flatMap(([name, block]) => {
    const type = expected[name];
    if (typeof type !== 'object') return [`${at}.${name} is no block here: correct the name`];
    return checkBlock(type, isObject(block) ? (block.content ?? {}) : block, `${at}.${name}.content`);
  });
}

const isRequired = (type: string | Arguments | undefined): boolean =>
  typeof type === 'object' ? countOf(type).endsWith('!') : type?.endsWith('!') === true;

const countOf = (block: Arguments): string => (typeof block[COUNT] === 'string' ? block[COUNT] : '');

function checkValue(type: string | Arguments, value: Json, at: string): readonly Problem[] {
  if (value === null || isComputed(value)) return [];
  if (typeof type === 'object') return checkBlocks(type, value, at);
  const kind = type.replace('!', '');
  if (kind.startsWith('[')) {
    if (!isList(value)) return [`${at} must be a list, got ${shown(value)}: write a list`];
    return value.flatMap((item, index) => checkValue(kind.slice(1, -1), item, `${at}[${index}]`));
  }
  if (kind.startsWith('{')) {
    if (!isObject(value)) return [`${at} must be a map, got ${shown(value)}: write a map`];
    return Object.entries(value).flatMap(([key, item]) => checkValue(kind.slice(1, -1), item, `${at}.${key}`));
  }
  return isOf(kind, value) ? [] : [`${at} must be a ${kind}, got ${shown(value)}: write one`];
}

function checkBlocks(type: Arguments, value: Json, at: string): readonly Problem[] {
  if (!isList(value)) return checkBlock(type, value, at);
  if (countOf(type).startsWith('one') && value.length > 1) {
    return [`${at} must be one block, got ${value.length}: leave all but one`];
  }
  return value.flatMap((block, index) => checkBlock(type, block, `${at}[${index}]`));
}

/** A value that Terraform computes may be of any type. */
const isComputed = (value: Json): boolean => typeof value === 'string' && /^\$\{.*\}$/s.test(value);

/** Terraform takes the text of a number and of a switch for these, and a number for its text. */
const matches: Readonly<Record<string, (value: Json) => boolean>> = {
  any: () => true,
  bool: (value) => typeof value === 'boolean' || value === 'true' || value === 'false',
  number: (value) => typeof value === 'number' || (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value)),
  string: (value) => typeof value === 'string' || typeof value === 'number',
};

const isOf = (kind: string, value: Json): boolean => matches[kind]?.(value) ?? false;
