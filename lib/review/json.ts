/** A value of a synthesized file. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

/** An object of a synthesized file. */
export interface JsonObject {
  readonly [key: string]: Json;
}

/** Whether a value is a list. */
export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** Whether a value is an object. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as an object, empty where it is anything else. */
export function objectOf(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

/** The value as a list: CloudFormation and Terraform take one element without its list in many places. */
export function listOf(value: Json | undefined): readonly Json[] {
  if (value === undefined || value === null) return [];
  return isList(value) ? value : [value];
}

/** The strings of a list, or the one string. */
export function stringsOf(value: Json | undefined): readonly string[] {
  return listOf(value).filter((item) => typeof item === 'string');
}

/** The value as a string, or nothing. */
export function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The value as a number: CloudFormation and Terraform take `"3"` for 3. */
export function numberOf(value: Json | undefined): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : undefined;
}

/** Whether the value is `true`: CloudFormation and Terraform take `"true"` for it. */
export function isTrue(value: Json | undefined): boolean {
  return value === true || value === 'true';
}

/** The value as it appears in a finding. */
export function shown(value: Json | undefined): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}

/** A value somewhere inside another. */
export interface Entry {
  /** Nearest property name: the elements of a list bear the list's. */
  readonly key: string;
  readonly value: Json;
  /** Way to the value from the root: `SecurityGroupIngress[0].CidrIp`. */
  readonly at: string;
}

/** Everything inside a value, and the value itself, in the order of the document. */
export function entriesOf(value: Json): readonly Entry[] {
  const entries: Entry[] = [];
  const visit = (key: string, inner: Json, at: string): void => {
    entries.push({ key, value: inner, at });
    if (isList(inner)) {
      inner.forEach((item, index) => visit(key, item, `${at}[${index}]`));
    } else if (isObject(inner)) {
      for (const [name, item] of Object.entries(inner)) visit(name, item, at === '' ? name : `${at}.${name}`);
    }
  };
  visit('', value, '');
  return entries;
}
