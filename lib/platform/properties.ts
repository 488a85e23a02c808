import type { z } from 'zod';

const member = (value: unknown, key: PropertyKey): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;

/** What stands in the input at a path; nothing where the path leads nowhere. */
export const valueAt = (input: unknown, path: readonly PropertyKey[]): unknown => path.reduce(member, input);

type Union = z.core.$ZodDiscriminatedUnionDef;

/** Members of a union that are looked at, for what stands there and for what is left of the path. */
type Choose = (union: Union, value: unknown, path: readonly PropertyKey[]) => readonly z.core.$ZodType[];

/** Those that what tells them apart has chosen. */
const chosen: Choose = ({ discriminator, options }, value) =>
  options.filter(
    ({ _zod }) => _zod.propValues?.[discriminator]?.has(member(value, discriminator) as z.core.util.Primitive) ?? true,
  );

const every: Choose = ({ options }) => options;

function namesAt(
  schema: z.core.$ZodType,
  input: unknown,
  path: readonly PropertyKey[],
  choose: Choose,
): readonly string[] {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  const [key, ...rest] = path;
  switch (def.type) {
    case 'default':
    case 'prefault':
    case 'optional':
    case 'readonly':
      return namesAt(def.innerType, input, path, choose);
    case 'union':
      return choose(def as Union, input, path).flatMap((option) => namesAt(option, input, path, choose));
    case 'object': {
      const inner = key === undefined ? undefined : def.shape[String(key)];
      if (key === undefined) return Object.keys(def.shape);
      return inner === undefined ? [] : namesAt(inner, member(input, key), rest, choose);
    }
    case 'record':
      return key === undefined ? [] : namesAt(def.valueType, member(input, key), rest, choose);
    case 'array':
      return key === undefined ? [] : namesAt(def.element, member(input, key), rest, choose);
    default:
      return [];
  }
}

/** The names of the properties that a schema allows at a path of the input; none where any name is allowed. */
export const propertiesAt = (
  schema: z.core.$ZodType,
  input: unknown,
  path: readonly PropertyKey[],
): readonly string[] => namesAt(schema, input, path, chosen);

/** What would have to be chosen at a path of the input for a property to be understood there, such as `cloud 'azure'`. */
export function choicesWith(
  schema: z.core.$ZodType,
  input: unknown,
  path: readonly PropertyKey[],
  property: string,
): readonly string[] {
  const found: string[] = [];
  namesAt(schema, input, path, (union, value, rest) => {
    const own = chosen(union, value, rest);
    const others = union.options
      .filter((option) => !own.includes(option) && namesAt(option, undefined, rest, every).includes(property))
      .flatMap(({ _zod }) => [...(_zod.propValues?.[union.discriminator] ?? [])])
      .filter((each) => each !== undefined)
      .map((each) => `${union.discriminator} '${String(each)}'`);
    found.push(...others);
    return own;
  });
  return [...new Set(found)];
}
