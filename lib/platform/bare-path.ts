/** A path without the slash at its end, which changes nothing. */
export const bare = (path: string): string => path.replace(/\/$/, '');
