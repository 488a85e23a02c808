import { createHash } from 'node:crypto';

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The value with the properties of every object in another order, one order a salt. Lists stay as they are. */
export function reordered<T>(value: T, salt: string): T {
  if (Array.isArray(value)) return value.map((item: unknown) => reordered(item, salt)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => ({
    key,
    rank: hash(salt + key),
    inner: inner as unknown,
  }));
  entries.sort((a, b) => (a.rank < b.rank ? -1 : 1));
  return Object.fromEntries(entries.map(({ key, inner }) => [key, reordered(inner, salt)])) as T;
}
