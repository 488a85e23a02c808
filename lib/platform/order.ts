/** The value with the properties of every object in it sorted by name. The order of a list has a meaning and stays. */
export function sorted<T>(value: T): T {
  if (Array.isArray(value)) return value.map((item: unknown) => sorted(item)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const given = value as Readonly<Record<string, unknown>>;
  const names = Object.keys(given).sort();
  return Object.fromEntries(names.map((name) => [name, sorted(given[name])])) as T;
}
