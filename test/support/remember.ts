/** Calls a function once for each list of arguments, which must be data, and remembers what it gave. */
export function remember<Args extends readonly unknown[], Result>(
  make: (...args: Args) => Result,
): (...args: Args) => Result {
  const made = new Map<string, { readonly result: Result }>();
  return (...args) => {
    const key = JSON.stringify(args);
    const known = made.get(key) ?? { result: make(...args) };
    made.set(key, known);
    return known.result;
  };
}
