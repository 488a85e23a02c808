/** Whose content a page may use, by kind. `'self'` is the platform's own domain. */
export const contentSources = {
  'default-src': ["'self'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'data:'],
  'font-src': ["'self'"],
  'connect-src': ["'self'"],
  'object-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'self'"],
  'frame-ancestors': ["'none'"],
  'upgrade-insecure-requests': [],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** The sources as the header `Content-Security-Policy` spells them. */
export const contentSecurityPolicy = (sources: Readonly<Record<string, readonly string[]>> = contentSources): string =>
  Object.entries(sources)
    .map(([kind, allowed]) => [kind, ...allowed].join(' '))
    .join('; ');

/** Headers that every answer of a platform carries, on every cloud. */
export const securityHeaders = {
  /** Two years, as browsers' lists of HTTPS-only domains recommend; they ask for one at least. */
  transportSecuritySeconds: 63_072_000,
  referrerPolicy: 'strict-origin-when-cross-origin',
  /** Neither camera nor microphone nor place; payment pages are the platform's own. */
  permissionsPolicy: 'camera=(), geolocation=(), microphone=(), payment=(self)',
  /** Kept from clients: it says what runs behind the edge. */
  removed: ['Server', 'X-Powered-By'],
} as const;
