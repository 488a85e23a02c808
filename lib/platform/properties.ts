import type { z } from 'zod';

const member = (value: unknown, key: PropertyKey): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;

/** What stands in the input at a path; nothing where the path leads nowhere. */
export const valueAt = (input: unknown, path: readonly PropertyKey[]): unknown => path.reduce(member, input);

/** The names of the properties that a schema allows at a path of the input; none where any name is allowed. */
export function propertiesAt(schema: z.core.$ZodType, input: unknown, path: readonly PropertyKey[]): readonly string[] {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  const [key, ...rest] = path;
  switch (def.type) {
    case 'default':
    case 'prefault':
    case 'optional':
    case 'readonly':
      return propertiesAt(def.innerType, input, path);
    case 'union': {
      const tag = (def as z.core.$ZodDiscriminatedUnionDef).discriminator;
      return def.options
        .filter(({ _zod }) => _zod.propValues?.[tag]?.has(member(input, tag) as z.core.util.Primitive) ?? true)
        .flatMap((option) => propertiesAt(option, input, path));
    }
    case 'object': {
      const inner = key === undefined ? undefined : def.shape[String(key)];
      if (key === undefined) return Object.keys(def.shape);
      return inner === undefined ? [] : propertiesAt(inner, member(input, key), rest);
    }
    case 'record':
      return key === undefined ? [] : propertiesAt(def.valueType, member(input, key), rest);
    case 'array':
      return key === undefined ? [] : propertiesAt(def.element, member(input, key), rest);
    default:
      return [];
  }
}
