/** The value with the properties of every object in it sorted by name. The order of a list has a meaning and stays. */
export function sorted<T>(value: T): T {
  if (Array.isArray(value)) return value.map((item: unknown) => sorted(item)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const entries: readonly (readonly [string, unknown])[] = Object.entries(value);
  return Object.fromEntries(
    [...entries].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, sorted(inner)]),
  ) as T;
}
