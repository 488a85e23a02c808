import { dataClass, type DataClass } from '../platform/nouns/scalars';

/** The most sensitive class of what shares a resource; internal, if nothing does. */
export const mostSensitive = (parts: readonly { readonly dataClass: DataClass }[]): DataClass =>
  dataClass.options.filter((each) => parts.some((part) => part.dataClass === each)).at(-1) ?? 'internal';
