/** Whether a time zone is one of the IANA database, by its name or as `UTC`. */
export function isTimeZone(name: string): boolean {
  if (!/^(UTC|[A-Z][A-Za-z_]+(\/[A-Z][A-Za-z_-]+)+)$/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** What is allowed where a time zone is asked for, in the words of a problem. */
export const allowedTimeZone = 'a name of the IANA database, such as America/New_York, or UTC';
