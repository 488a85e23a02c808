import { loadsPlugin } from '../../platform/gateway/loads';
import { loadMark } from '../../platform/load-tests/admitted';
import { entriesOf, isObject, listOf, objectOf, textOf, type Json, type JsonObject } from '../json';
import { oncePer } from '../../platform/once';

/** A route of the gateway, by its name. */
export interface Route {
  readonly name: string;
  /** What it takes, and what it asks for, as text: the same on both sites. */
  readonly terms: string;
}

/** How the text of a gateway's document begins. */
const DOCUMENT = /^\s*\{"_format_version":/;

/** What is filled in when a document is read: a secret. */
const FILLED_IN = /\{\{[^{}]*\}\}/g;

/** Routes of the gateway whose document stands in a value as a text. */
export const routesIn = oncePer((value: JsonObject): readonly Route[] =>
  entriesOf(value).flatMap(({ value: text }) =>
    typeof text === 'string' && DOCUMENT.test(text)
      ? routesOf(JSON.parse(text.replace(FILLED_IN, '""')) as JsonObject)
      : [],
  ),
);

const routesOf = ({ services }: JsonObject): readonly Route[] =>
  listOf(services)
    .filter(isObject)
    .flatMap(({ routes }) =>
      listOf(routes)
        .filter(isObject)
        .map(({ name = '', ...terms }) => ({ name: textOf(name) ?? '', terms: JSON.stringify(comparable(terms)) })),
    );

/** Where counters of limits are kept is each cloud's own. */
const OWN = 'redis';

/** Load tests come to the primary alone, so that it alone looks for their mark. Without it a route is the same on both sites. */
const isMark = (value: Json): boolean =>
  isObject(value) &&
  value.name === loadsPlugin &&
  JSON.stringify(objectOf(value.config).key_names) === JSON.stringify([loadMark.header]);

function comparable(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).filter((each) => !isMark(each)).map(comparable);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(objectOf(value))
      .filter(([key, item]) => key !== OWN || !isObject(item))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, comparable(item)]),
  );
}
