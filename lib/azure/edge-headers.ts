import { contentSecurityPolicy, securityHeaders } from '../platform/edge/headers';

/** Headers of every answer of a platform, as the edge of Azure is told them; an empty value takes the header away. */
export const responseHeaders: Readonly<Record<string, string>> = {
  'Content-Security-Policy': contentSecurityPolicy(),
  'Permissions-Policy': securityHeaders.permissionsPolicy,
  'Referrer-Policy': securityHeaders.referrerPolicy,
  'Strict-Transport-Security': `max-age=${securityHeaders.transportSecuritySeconds}; includeSubDomains; preload`,
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  ...Object.fromEntries(securityHeaders.removed.map((name) => [name, ''])),
};

/** What a page that a service makes says itself where it can: it may name the digests of scripts that stand in it. */
export const pageHeader = 'Content-Security-Policy';
