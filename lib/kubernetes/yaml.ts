import { Document } from 'yaml';
import { stringifyString, type StringifyContext } from 'yaml/util';

/** What a file of JSON may hold. */
export type Plain = string | number | boolean | null | readonly Plain[] | PlainObject;

/** An object of it. */
export interface PlainObject {
  readonly [name: string]: Plain | undefined;
}

/**
 * An object as YAML 1.1, which is what Kubernetes reads, and in which a bare `y` is true: what the library's `stringify` writes
 * with `{ version: '1.1', lineWidth: 0 }`, byte for byte, unless a text is `<<`, which it takes for a merge. Texts are written by the library, which knows dozens of rules of
 * quoting. What stands around them has few, for which the library makes a node of every value and copies its settings for each.
 */
export function yamlOf(value: PlainObject): string {
  return `${entries(given(value), { document: new Document(null, { version: '1.1' }), indent: '' })}\n`;
}

/** Where something is written. */
interface Place {
  readonly document: Document;
  readonly indent: string;
}

const inside = ({ document, indent }: Place): Place => ({ document, indent: `${indent}  ` });

type Entry = readonly [name: string, value: Plain];

/** What an object has, without what it leaves open. */
const given = (value: PlainObject): readonly Entry[] =>
  Object.entries(value).filter((entry): entry is [string, Plain] => entry[1] !== undefined);

const entries = (all: readonly Entry[], place: Place): string => {
  const within = inside(place);
  return all
    .map(([name, inner]) => `${text(name, within, true)}:${following(inner, within, `\n${within.indent}`)}`)
    .join(`\n${place.indent}`);
};

const items = (values: readonly Plain[], place: Place): string => {
  const within = inside(place);
  return values.map((inner) => `-${following(inner, within, ' ')}`).join(`\n${place.indent}`);
};

/** What follows a name or a dash: on the same line, or where what has parts of its own begins. */
function following(value: Plain, place: Place, begin: string): string {
  if (typeof value === 'string') return ` ${text(value, place, false)}`;
  if (typeof value !== 'object' || value === null) return ` ${JSON.stringify(value)}`;
  if (isList(value)) return value.length === 0 ? ' []' : begin + items(value, place);
  const all = given(value);
  return all.length === 0 ? ' {}' : begin + entries(all, place);
}

const isList = (value: readonly Plain[] | PlainObject): value is readonly Plain[] => Array.isArray(value);

/** How texts are written: the library's own defaults, and lines as long as they are. */
const options: StringifyContext['options'] = {
  blockQuote: true,
  commentString: (comment) => comment,
  defaultKeyType: null,
  defaultStringType: 'PLAIN',
  directives: null,
  doubleQuotedAsJSON: false,
  doubleQuotedMinMultiLineLength: 40,
  falseStr: 'false',
  flowCollectionPadding: true,
  indentSeq: true,
  lineWidth: 0,
  minContentWidth: 20,
  nullStr: 'null',
  simpleKeys: false,
  singleQuote: null,
  trailingComma: false,
  trueStr: 'true',
  verifyAliasOrder: true,
};

const noAnchors = new Set<string>();

const text = (value: string, { document, indent }: Place, implicitKey: boolean): string =>
  stringifyString(
    { value },
    {
      actualString: true,
      anchors: noAnchors,
      doc: document,
      flowCollectionPadding: ' ',
      implicitKey,
      inFlow: null,
      indent,
      indentStep: '  ',
      options,
    },
  );
