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

/** What is written here, or where it is shared in the same document. */
export function readAt(document: unknown, value: unknown): Fields {
  const { $ref, ...own } = fieldsOf(value);
  return typeof $ref === 'string' ? fieldsOf(valueAt(document, $ref.replace(/^#\//, '').split('/'))) : own;
}

/** Parameters of an operation, those of its path among them. */
export const parametersOf = (document: unknown, item: Fields, method: string): readonly Fields[] =>
  [...listOf(item['parameters']), ...listOf(fieldsOf(item[method])['parameters'])].map((each) =>
    readAt(document, each),
  );
