const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Two objects of different kinds have nothing in common that could be merged. */
const sameKind = (base: Readonly<Record<string, unknown>>, patch: Readonly<Record<string, unknown>>): boolean =>
  ['kind', 'engine', 'cloud'].every((tag) => !(tag in patch) || !(tag in base) || base[tag] === patch[tag]);

/**
 * The base with the patch applied: objects are merged, `null` takes a property away, anything else replaces. An object
 * whose `kind`, `engine` or `cloud` differs from the base's replaces it whole.
 */
export function applyPatch(base: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const target = isObject(base) && sameKind(base, patch) ? base : {};
  const merged = new Map(Object.entries(target));
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) merged.delete(key);
    else if (value !== undefined) merged.set(key, applyPatch(target[key], value));
  }
  return Object.fromEntries(merged);
}
