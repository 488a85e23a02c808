import { z } from 'zod';
import { partName } from './scalars';

/** The beginning of paths: no slash at its end, and not every path. */
const prefix = z
  .string()
  .regex(/^(?:\/[A-Za-z0-9_.-]+)+$/, { error: 'a path that begins with / and does not end with it' });

/**
 * A service that makes the pages, as Next.js does on a server: it serves every path below `/` that is neither the API's nor a
 * file's. It says so itself by a route `/` without a token.
 */
export const edgeSite = z.strictObject({
  /** The service. Its route is `{ path: '/', authentication: 'none' }`. */
  service: partName,
  /** Paths below which files lie that its release has put in the bucket of assets; for Next.js `/_next/static`. */
  files: z.array(prefix).min(1).readonly().default(['/assets']),
  /**
   * How long the edge keeps a page at most, in seconds, and for as long again while it asks for the next one: it answers at
   * once with what it has. The service says so for each page, by the header that it is told in `SITE_PAGES_CACHE_CONTROL`; a
   * page that says nothing is not kept. Whoever asks for a page that is kept has no cookie and no token there: what is
   * personal comes from the API, or lies below `personal`. 0 is never, for whole sites that are personal.
   */
  keepSeconds: z.int().min(0).max(86_400).default(0),
  /** Headers of a request that tell pages apart besides address and query; for Next.js `RSC` and its like. */
  vary: z
    .array(z.string().regex(/^[A-Za-z][A-Za-z0-9-]*$/, { error: 'the name of a header' }))
    .max(10)
    .readonly()
    .default([]),
  /** Paths of pages for one person alone: never kept, and asked for with everything that the browser sends. */
  personal: z.array(prefix).readonly().default([]),
});
export type EdgeSite = z.output<typeof edgeSite>;
