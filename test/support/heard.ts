import type { z } from 'zod';
import { platform as schema } from '../../lib/platform/schema';
import { sitesOf, standsOn, type Platform, type SiteName } from '../../lib/platform/platform';
import { parts, type Noun } from '../../lib/platform/schema';

type Schema = z.core.$ZodType;

const defOf = (each: Schema): z.core.$ZodTypes['_zod']['def'] => (each as z.core.$ZodTypes)._zod.def;

/** The schemas that may hold a value, wrappers and unions taken apart. */
function members(each: Schema): readonly Schema[] {
  const def = defOf(each);
  switch (def.type) {
    case 'default':
    case 'prefault':
    case 'optional':
    case 'readonly':
      return members(def.innerType);
    case 'union':
      return def.options.flatMap(members);
    default:
      return [each];
  }
}

interface Below {
  /** What the model calls the property: `*` for a name that people choose, `[]` for an entry of a list. */
  readonly word: string;
  readonly schemas: readonly Schema[];
}

/** What the model says of a property of a value that one of the schemas holds. */
function below(schemas: readonly Schema[], key: string): Below {
  const found = schemas.flatMap(members).flatMap((each): readonly Below[] => {
    const def = defOf(each);
    if (def.type === 'record') return [{ word: '*', schemas: [def.valueType] }];
    if (def.type === 'array') return [{ word: '[]', schemas: [def.element] }];
    if (def.type === 'tuple') return [{ word: '[]', schemas: def.items }];
    const inner = def.type === 'object' ? def.shape[key] : undefined;
    return inner === undefined ? [] : [{ word: key, schemas: [inner] }];
  });
  return { word: found[0]?.word ?? key, schemas: found.flatMap((each) => each.schemas) };
}

const joined = (path: string, word: string): string => (path === '' ? word : `${path}.${word}`);

const isHolder = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** Every property of a value at its end, as the model calls it: what is neither a list nor an object, or is empty. */
function leaves(value: unknown, schemas: readonly Schema[], path = ''): readonly string[] {
  if (!isHolder(value)) return [path];
  return Object.keys(value).flatMap((key) => {
    const { schemas: inner, word } = below(schemas, key);
    return leaves(value[key], inner, joined(path, word));
  });
}

/** Every property that a schema allows, as the model calls it. */
function allowed(schemas: readonly Schema[], path = ''): readonly string[] {
  return schemas.flatMap(members).flatMap((each): readonly string[] => {
    const def = defOf(each);
    if (def.type === 'record') return allowed([def.valueType], joined(path, '*'));
    if (def.type === 'array') return allowed([def.element], joined(path, '[]'));
    if (def.type === 'tuple') return allowed(def.items, joined(path, '[]'));
    if (def.type === 'custom') return [];
    if (def.type !== 'object') return [path];
    return Object.entries(def.shape).flatMap(([key, inner]) => allowed([inner], joined(path, key)));
  });
}

/** Every property of the model. */
export const everyProperty: readonly string[] = [...new Set(allowed([schema]))].sort();

/** A value that tells of every property which is read of it, also by who copies it. */
function told(value: unknown, schemas: readonly Schema[], path: string, tell: (path: string) => void): unknown {
  if (!isHolder(value)) return value;
  const made = new Map<string, unknown>();
  return new Proxy(value, {
    get(target, key) {
      const found: unknown = Reflect.get(target, key);
      if (typeof key === 'symbol' || !Object.hasOwn(target, key) || (Array.isArray(target) && key === 'length')) {
        return found;
      }
      const { schemas: inner, word } = below(schemas, key);
      tell(joined(path, word));
      if (!made.has(key)) made.set(key, told(found, inner, joined(path, word), tell));
      return made.get(key);
    },
  });
}

/** A platform that is listened to. */
export interface Listened {
  readonly platform: Platform;
  /** What was read of it until now. */
  readonly heard: ReadonlySet<string>;
  /** What it says of one of its sites and of what stands there, each property as the model calls it. */
  readonly said: ReadonlySet<string>;
}

/** A platform of which every property tells when it is read. Nothing reads it but what it is given to. */
export function listened(platform: Platform, site: SiteName): Listened {
  const bare = JSON.parse(JSON.stringify(platform)) as Platform;
  const heard = new Set<string>();
  return {
    platform: told(bare, [schema], '', (path) => heard.add(path)) as Platform,
    heard,
    said: new Set(leaves(of(bare, site), [schema])),
  };
}

/** What a platform says of one site: neither the other one, nor what does not stand there. */
function of(platform: Platform, site: SiteName): object {
  const {
    allocations: _allocations,
    measured: _measured,
    omitted: _omitted,
    stageName: _stageName,
    ...rest
  } = platform;
  const standing = (Object.keys(parts) as Noun[]).map((noun) => [
    noun,
    Object.fromEntries(Object.entries(platform[noun]).filter(([name]) => standsOn(platform, site, noun, name))),
  ]);
  const sites = Object.fromEntries(
    sitesOf(platform).flatMap(({ siteName, ...each }) => (siteName === site ? [[siteName, each]] : [])),
  );
  return { ...rest, ...Object.fromEntries(standing), stage: { ...platform.stage, sites } };
}
