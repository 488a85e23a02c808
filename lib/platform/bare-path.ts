/** A path without the slash at its end, which changes nothing. */
export const bare = (path: string): string => path.replace(/\/$/, '');

/** Whether a path is another one, or lies below it. */
export const isAtOrBelow = (inner: string, outer: string): boolean =>
  bare(inner) === bare(outer) || inner.startsWith(`${bare(outer)}/`);
