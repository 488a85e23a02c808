/** Names that were asked for before: a platform has few, and names them often. */
const known = new Map<string, boolean>();

/** Whether a time zone is one of the IANA database, by its name or as `UTC`. */
export function isTimeZone(name: string): boolean {
  const before = known.get(name);
  if (before !== undefined) return before;
  const found = /^(UTC|[A-Z][A-Za-z_]+(\/[A-Z][A-Za-z_-]+)+)$/.test(name) && isInDatabase(name);
  known.set(name, found);
  return found;
}

function isInDatabase(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** What is allowed where a time zone is asked for, in the words of a problem. */
export const allowedTimeZone = 'a name of the IANA database, such as America/New_York, or UTC';
