import { contentSecurityPolicy, contentSources, securityHeaders } from '../../../lib/platform/edge/headers';

describe('the content security policy', () => {
  test('is spelled as browsers read it', () => {
    expect(contentSecurityPolicy({ 'img-src': ["'self'", 'data:'], 'upgrade-insecure-requests': [] })).toBe(
      "img-src 'self' data:; upgrade-insecure-requests",
    );
  });

  test('lets nothing foreign run, and nobody frame a page', () => {
    expect(contentSources['script-src']).toEqual(["'self'"]);
    expect(contentSources['object-src']).toEqual(["'none'"]);
    expect(contentSources['frame-ancestors']).toEqual(["'none'"]);
    expect(contentSecurityPolicy()).not.toMatch(/unsafe-|\*|https?:/);
  });
});

test('HTTPS is remembered for as long as browsers’ own lists ask for', () => {
  const yearSeconds = 31_536_000;
  expect(securityHeaders.transportSecuritySeconds).toBeGreaterThanOrEqual(yearSeconds);
});
