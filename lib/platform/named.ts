/**
 * The part of that name.
 *
 * @throws Error that lists the names there are.
 */
export function named<Part>(what: string, parts: Readonly<Record<string, Part>>, name: string): Part {
  const part = Object.hasOwn(parts, name) ? parts[name] : undefined;
  if (part === undefined) throw new Error(`${what} must be one of ${Object.keys(parts).join(', ')}, got ${name}`);
  return part;
}
