/** What a secret looks like, wherever it stands. Parts that are computed read `${…}`. */
const looks: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['an account key', /AccountKey=[^;${]/],
  ['a shared access key', /SharedAccessKey=[^;${]/],
  ['a shared access signature', /[?&]sig=[^&${]/],
  ['a password', /\b(password|pwd)=[^;&${\s]/i],
  ['a private key', /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
  ['credentials in an address', /:\/\/[^/\s:@${]+:[^/\s:@${]+@/],
];

/** What kind of secret a text looks like; nothing if like none. */
export const secretIn = (text: string): string | undefined => looks.find(([, pattern]) => pattern.test(text))?.[0];
