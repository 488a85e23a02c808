/**
 * A value that must be there: what is written in its place would be taken for one.
 *
 * @throws Error that says what is missing
 */
export function required<Value>(what: string, value: Value | undefined): Value {
  if (value === undefined) throw new Error(`${what} must be given, got none`);
  return value;
}
