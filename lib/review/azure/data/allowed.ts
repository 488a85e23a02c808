/** What an argument takes, of which the provider's classes only say that it is text or a number. */
export type Values =
  | { readonly oneOf: readonly (string | number)[] }
  | { readonly pattern: RegExp; readonly such: string }
  | { readonly min: number; readonly max: number };

/** Values by the way to the argument. */
export type ValuesOf = Readonly<Record<string, Values>>;

/** Texts, several in a line where spaces separate them. */
export const oneOf = (...lines: readonly string[]): Values => ({ oneOf: lines.flatMap((line) => line.split(' ')) });

/** A number in a range, both ends included. */
export const between = (min: number, max: number): Values => ({ min, max });

/** A text of a form. */
export const like = (pattern: RegExp, such: string): Values => ({ pattern, such });

/** How an identity is made. */
export const identityType: Values = { oneOf: ['SystemAssigned', 'UserAssigned', 'SystemAssigned, UserAssigned'] };

/** A length of time as ISO 8601 writes it. */
export const duration = like(/^P(?!$)(\d+D)?(T(?!$)(\d+H)?(\d+M)?(\d+S)?)?$/, 'a duration such as PT5M');
