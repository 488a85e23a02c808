import { bare } from '../bare-path';
import type { Problem } from '../error';
import type { EdgeSite } from '../nouns/edge-site';
import { sitesOf, type Platform } from '../platform';

/** Path of the route by which a service takes every page. */
export const sitePath = '/';

/**
 * What a page says that may be kept: browsers ask for it every time, the edge keeps it, and answers with the old one while it
 * fetches the next, or when none comes.
 */
export const pagesCacheControl = ({ keepSeconds }: Pick<EdgeSite, 'keepSeconds'>): string =>
  [
    'public',
    'max-age=0',
    `s-maxage=${keepSeconds}`,
    `stale-while-revalidate=${keepSeconds}`,
    `stale-if-error=${keepSeconds}`,
  ].join(', ');

/** Headers that say who asks, or that the edge sets itself: a page that differed by them would be one for everybody and nobody. */
const personalHeaders = ['authorization', 'cookie', 'host', 'x-correlation-id', 'x-forwarded-for', 'x-forwarded-host'];

/** What keeps a service from being the site. */
export function siteProblems(platform: Pick<Platform, 'edge' | 'services'>): readonly Problem[] {
  const { edge } = platform;
  if (edge?.site === undefined) return [];
  return [
    ...routeProblems(edge.site, platform.services),
    ...pathProblems(edge.site, bare(edge.apiPath)),
    ...keepProblems(edge.site),
  ];
}

function routeProblems({ service }: EdgeSite, services: Platform['services']): readonly Problem[] {
  const spec = services[service];
  if (spec === undefined) return [];
  const index = spec.routes.findIndex(({ path }) => path === sitePath);
  const route = spec.routes[index];
  const wanted = `{ path: '${sitePath}', authentication: 'none' }`;
  if (route === undefined) {
    return [
      {
        path: `services.${service}.routes`,
        got: spec.routes.map(({ path }) => path),
        allowed: `with ${wanted} for the service of edge.site`,
        remedy: 'add the route',
      },
    ];
  }
  const problem = (field: string, got: unknown, remedy: string): Problem => ({
    path: `services.${service}.routes.${index}.${field}`,
    got,
    allowed: `as in ${wanted}, and nothing beside it but requestsPerMinute, addHeaders and transform of headers and query, for the service of edge.site`,
    remedy,
  });
  return [
    ...(route.authentication === 'none'
      ? []
      : [
          problem('authentication', route.authentication, "write 'none': a browser that opens a page has no token yet"),
        ]),
    ...(route.methods === undefined ? [] : [problem('methods', route.methods, 'leave it out')]),
    ...(route.transform.path === undefined
      ? []
      : [problem('transform.path', route.transform.path, 'leave it out: a page is asked for by its own path')]),
    ...(route.cacheSeconds === 0
      ? []
      : [problem('cacheSeconds', route.cacheSeconds, 'leave it out, and write edge.site.keepSeconds')]),
  ];
}

/** Pages of the version before are forgotten when a release has ended, of which ECS tells, and a cluster on AWS; on Azure nobody does. */
export const keptPages = (platform: Platform): readonly Problem[] => {
  const keepSeconds = platform.edge?.site?.keepSeconds ?? 0;
  return sitesOf(platform)
    .filter(({ cloud }) => cloud !== 'aws' && keepSeconds > 0)
    .map(({ cloud, siteName }) => ({
      path: 'edge.site.keepSeconds',
      got: keepSeconds,
      allowed: `0 with a site on ${cloud} (${siteName}), where the end of a release is not told to the edge`,
      remedy: 'lower it, or stand on aws alone',
    }));
};

const within = (inner: string, outer: string): boolean => inner === outer || inner.startsWith(`${outer}/`);

/** Every path belongs to one of API, files and personal pages; the rest are the pages that may be kept. */
function pathProblems({ files, personal }: EdgeSite, apiPath: string): readonly Problem[] {
  const claims = [
    { at: 'edge.apiPath', path: apiPath },
    ...files.map((path, index) => ({ at: `edge.site.files.${index}`, path })),
    ...personal.map((path, index) => ({ at: `edge.site.personal.${index}`, path })),
  ];
  return claims.flatMap(({ at, path }, index) => {
    const other = claims.slice(0, index).find((earlier) => within(path, earlier.path) || within(earlier.path, path));
    if (other === undefined) return [];
    return [
      {
        path: at,
        got: path,
        allowed: `neither above nor below ${other.path}, which is ${other.at}`,
        remedy: other.path === '' ? 'put the API below a path such as /api' : 'give each path to one of them',
      },
    ];
  });
}

function keepProblems({ keepSeconds, personal, vary }: EdgeSite): readonly Problem[] {
  const unkept = {
    allowed: 'absent where edge.site.keepSeconds is 0, and no page is kept',
    remedy: 'remove it, or keep pages',
  };
  return [
    ...(keepSeconds === 0 && personal.length > 0 ? [{ path: 'edge.site.personal', got: personal, ...unkept }] : []),
    ...(keepSeconds === 0 && vary.length > 0 ? [{ path: 'edge.site.vary', got: vary, ...unkept }] : []),
    ...vary
      .filter((header) => personalHeaders.includes(header.toLowerCase()))
      .map((header) => ({
        path: 'edge.site.vary',
        got: header,
        allowed: 'headers that say nothing of who asks',
        remedy: 'put pages that depend on it below a path of edge.site.personal',
      })),
  ];
}
