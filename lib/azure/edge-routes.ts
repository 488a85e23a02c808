import type { CdnFrontdoorRouteCache } from '@cdktf/provider-azurerm/lib/cdn-frontdoor-route';
import type { EdgePath } from '../platform/edge/paths';
import type { EdgeSite } from '../platform/nouns/edge-site';
import { failoverContainers, leaderBlob, leaderPath } from '../platform/failover-store';

/** A route of Front Door: paths that are treated alike. */
export interface EdgeRoute {
  /** Letters and digits. */
  readonly name: string;
  readonly to: 'assets' | 'gateway';
  readonly patterns: readonly string[];
  /** How long answers are kept that do not say themselves, in seconds; 0 is never. */
  readonly cacheSeconds: number;
  /** Path of the one object behind it. @default - what is asked for */
  readonly object?: string;
  /** Whether pages are made by who answers: files are what is asked for, and pages say themselves what they may load. */
  readonly madePages?: true;
}

/** The latch that says which site leads. Nobody on the way keeps it. */
export const leaderRoute: EdgeRoute = {
  name: 'leader',
  to: 'assets',
  patterns: [leaderPath],
  cacheSeconds: 0,
  object: `/${failoverContainers.leader}/${leaderBlob}`,
};

/** A path and everything below it: `/api` and `/api/*`, but not `/apis`. */
const patternsOf = (path: string): readonly string[] => [path, `${path}/*`];

/**
 * The files, the pages and the API, and a route for each time that answers are kept. Front Door tries longer patterns first by
 * itself. Where a service makes the pages, every path that nothing else claims is the service's, and none of its answers is kept.
 */
export function edgeRoutes(
  paths: readonly EdgePath[],
  assetsCacheSeconds: number,
  site?: Pick<EdgeSite, 'files'>,
): readonly EdgeRoute[] {
  const kept = [...new Set(paths.map(({ cacheSeconds }) => cacheSeconds))].sort((a, b) => a - b);
  const files = { name: 'files', to: 'assets' as const, cacheSeconds: Math.max(1, assetsCacheSeconds) };
  return [
    ...(site === undefined
      ? [{ ...files, patterns: ['/*'] }]
      : [
          { ...files, patterns: site.files.flatMap(patternsOf), madePages: true as const },
          { name: 'pages', to: 'gateway' as const, patterns: ['/*'], cacheSeconds: 0, madePages: true as const },
        ]),
    ...kept.map((seconds) => ({
      name: seconds === 0 ? 'api' : `kept${seconds}`,
      to: 'gateway' as const,
      patterns: paths.filter(({ cacheSeconds }) => cacheSeconds === seconds).flatMap(({ path }) => patternsOf(path)),
      cacheSeconds: seconds,
    })),
  ];
}

/** What grows small when it is compressed. Front Door does so with answers of 1 KiB to 8 MiB. */
const compressed = [
  'application/javascript',
  'application/json',
  'application/manifest+json',
  'application/wasm',
  'application/xml',
  'font/ttf',
  'image/svg+xml',
  'text/css',
  'text/html',
  'text/javascript',
  'text/plain',
  'text/xml',
];

/** What of a question tells answers apart: files have none; of the API, everything counts. */
export const queryCaching = ({ to }: Pick<EdgeRoute, 'to'>): 'IgnoreQueryString' | 'UseQueryString' =>
  to === 'assets' ? 'IgnoreQueryString' : 'UseQueryString';

/** What a route keeps, and how it packs it. */
export const cacheOf = (route: EdgeRoute): CdnFrontdoorRouteCache | undefined =>
  route.cacheSeconds === 0
    ? undefined
    : {
        queryStringCachingBehavior: queryCaching(route),
        compressionEnabled: true,
        contentTypesToCompress: compressed,
      };

const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
const daySeconds = 86_400;

/** Seconds as Front Door spells them: `1.00:00:00` is a day. */
export function frontDoorDuration(seconds: number): string {
  const days = Math.floor(seconds / daySeconds);
  const rest = seconds % daySeconds;
  const time = [rest / 3600, (rest % 3600) / 60, rest % 60].map(two).join(':');
  return days === 0 ? time : `${days}.${time}`;
}
