import { isList, isObject, listOf, type Json, type JsonObject } from '../json';

/** Something that a site can do, by its noun and by the name that its resources carry. */
export interface Capability {
  /** `caches`, as the definition has it, or a word for what stands beside its parts: `firewall`. */
  readonly noun: string;
  /** `catalog` */
  readonly name: string;
  /** Where it was found first. */
  readonly at: string;
}

/** `caches.catalog` */
export const keyOf = ({ name, noun }: Pick<Capability, 'noun' | 'name'>): string => `${noun}.${name}`;

/** What was written of one resource or object, or of one part of it. */
export interface Thing {
  /** `AWS::SQS::Queue`, `azurerm_servicebus_queue`, `Rollout`; a part has its way behind it: `AWS::WAFv2::WebACL Rules`. */
  readonly type: string;
  /** Path of the construct, or the file of an object. */
  readonly path: string;
  /** Where a reader finds it. */
  readonly at: string;
  readonly value: JsonObject;
}

/** How a type shows a capability. Every row that fits a thing tells one. */
export interface Row {
  /** Nothing where a thing of this kind is none of its own. */
  readonly noun?: string;
  /** What its path must be; what stands in groups is the name. */
  readonly path?: RegExp;
  /** Way to a value that must be there. */
  readonly at?: readonly string[];
  /** What the value must be; what stands in groups is the name, unless the path told it. */
  readonly is?: RegExp;
  /** The name, where neither tells one. */
  readonly name?: string;
}

/** How each type shows capabilities. */
export type Rows = Readonly<Record<string, readonly Row[]>>;

/** `order-events` of `OrderEvents`. */
export const kebab = (text: string): string =>
  text
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replaceAll('_', '-')
    .toLowerCase();

/** What stands at a way through objects and lists. */
export function valueIn(value: Json, way: readonly string[]): Json | undefined {
  let found: Json | undefined = value;
  for (const step of way) {
    if (isList(found)) found = found[Number(step)];
    else found = isObject(found) ? found[step] : undefined;
  }
  return found;
}

/** The parts of a thing that stand in one of its lists, as things of their own. */
export const partsOf = (thing: Thing, ...way: readonly string[]): readonly Thing[] =>
  listOf(valueIn(thing.value, way))
    .filter(isObject)
    .map((value) => ({ ...thing, type: `${thing.type} ${way.join('.')}`, value }));

/** The capability that a row sees in a thing; nothing if the row does not fit. */
function seen({ at, path: place, value }: Thing, { at: way, is = /^/, name, noun = '', path = /^/ }: Row) {
  const placed = path.exec(place);
  const found = way === undefined ? undefined : valueIn(value, way);
  const held = way === undefined ? ([] as const) : found === undefined ? null : is.exec(plain(found));
  if (placed === null || held === null) return undefined;
  const groups = [placed.slice(1), held.slice(1)].find((each) => each.length > 0) ?? [];
  return { noun, name: name ?? groups.map(kebab).join('-'), at };
}

const plain = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** What things show, and the things of which no row of their type knows anything. */
export interface Seen {
  /** Each once, in the order in which they were found. */
  readonly capabilities: readonly Capability[];
  readonly unknown: readonly Thing[];
}

/** Looks at things through the rows of their types. */
export function look(things: readonly Thing[], rows: Rows): Seen {
  const capabilities = new Map<string, Capability>();
  const unknown: Thing[] = [];
  for (const thing of things) {
    const found = (rows[thing.type] ?? []).flatMap((row) => seen(thing, row) ?? []);
    if (found.length === 0) unknown.push(thing);
    for (const each of found) {
      if (each.noun !== '' && !capabilities.has(keyOf(each))) capabilities.set(keyOf(each), each);
    }
  }
  return { capabilities: [...capabilities.values()], unknown };
}
