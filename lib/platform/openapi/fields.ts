import { valueAt } from '../properties';

/** What stands at a place of a document, as far as it is an object. */
export type Fields = Readonly<Record<string, unknown>>;

/** Fields of a path that are no methods. */
const notMethods = new Set(['$ref', 'summary', 'description', 'servers', 'parameters']);

export const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : {};

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as readonly unknown[]) : []);

/** Methods of a path, as they are written there. */
export const methodsOf = (item: Fields): readonly string[] => Object.keys(item).filter((key) => !notMethods.has(key));

/** A path without the names of its parameters. */
export const shapeOf = (path: string): string => path.replace(/\{[^{}]+\}/g, '{}');

/** What a reference leads to; nothing where that is not in the same document. */
const referred = (document: unknown, reference: string): unknown =>
  reference.startsWith('#/')
    ? valueAt(
        document,
        reference
          .slice('#/'.length)
          .split('/')
          .map((word) => word.replaceAll('~1', '/').replaceAll('~0', '~')),
      )
    : undefined;

/** What is written here, or where it is shared in the same document. */
export function readAt(document: unknown, value: unknown): Fields {
  const { $ref, ...own } = fieldsOf(value);
  return typeof $ref === 'string' ? fieldsOf(referred(document, $ref)) : own;
}

/** Parameters of an operation as they are written, those of its path among them. */
const writtenParameters = (item: Fields, method: string): readonly unknown[] => [
  ...listOf(item['parameters']),
  ...listOf(fieldsOf(item[method])['parameters']),
];

/** Parameters of an operation, those of its path among them. */
export const parametersOf = (document: unknown, item: Fields, method: string): readonly Fields[] =>
  writtenParameters(item, method).map((each) => readAt(document, each));

/** References of an operation's parameters and body that lead nowhere. */
export const lostReferences = (document: unknown, item: Fields, method: string): readonly string[] =>
  [...writtenParameters(item, method), fieldsOf(item[method])['requestBody']]
    .map((each) => fieldsOf(each)['$ref'])
    .filter((reference) => typeof reference === 'string')
    .filter((reference) => referred(document, reference) === undefined);
