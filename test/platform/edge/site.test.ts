import { keptPages, pagesCacheControl, siteProblems } from '../../../lib/platform/edge/site';
import { edgeSite } from '../../../lib/platform/nouns/edge-site';
import shopflow from '../../../platforms/shopflow';
import { resolved } from '../../support/platform';
import { edge as edgeSchema, service as serviceSchema } from '../../../lib/platform/nouns/service';

interface Change {
  readonly site?: Readonly<Record<string, unknown>>;
  readonly routes?: readonly object[];
  readonly apiPath?: string;
}

/** A shop whose pages a service makes, with something changed. */
const problems = ({ apiPath, routes, site }: Change) =>
  siteProblems({
    edge: edgeSchema.parse({
      assets: 'assets',
      ...(apiPath === undefined ? {} : { apiPath }),
      site: { service: 'web', files: ['/_next/static'], keepSeconds: 300, vary: ['RSC'], personal: ['/cart'], ...site },
    }),
    services: {
      web: serviceSchema.parse({
        scale: { min: 2, max: 4 },
        routes: routes ?? [{ path: '/', authentication: 'none' }],
      }),
    },
  });

test('a service with the route of every page may be the site', () => {
  expect(problems({})).toEqual([]);
  expect(
    problems({ routes: [{ path: '/api/web' }, { path: '/', authentication: 'none', requestsPerMinute: 60 }] }),
  ).toEqual([]);
  expect(problems({ site: { keepSeconds: 0, vary: [], personal: [] } })).toEqual([]);
});

test('an edge without a site has no problem of one', () => {
  expect(siteProblems({ edge: edgeSchema.parse({ assets: 'assets' }), services: {} })).toEqual([]);
});

test.each<{ when: string; change: Change; path: string; got: unknown; allowed: string }>([
  {
    when: 'the service takes no page',
    change: { routes: [{ path: '/api/web' }] },
    path: 'services.web.routes',
    got: ['/api/web'],
    allowed: "with { path: '/', authentication: 'none' }",
  },
  {
    when: 'pages ask for a token',
    change: { routes: [{ path: '/' }] },
    path: 'services.web.routes.0.authentication',
    got: 'token',
    allowed: "authentication: 'none'",
  },
  {
    when: 'the route of pages takes some methods alone',
    change: { routes: [{ path: '/', authentication: 'none', methods: ['GET'] }] },
    path: 'services.web.routes.0.methods',
    got: ['GET'],
    allowed: 'nothing beside it but requestsPerMinute',
  },
  {
    when: 'the route says how long pages are kept',
    change: { routes: [{ path: '/', authentication: 'none', cacheSeconds: 60 }] },
    path: 'services.web.routes.0.cacheSeconds',
    got: 60,
    allowed: 'nothing beside it but requestsPerMinute',
  },
  {
    when: 'files lie below the API',
    change: { site: { files: ['/api/static'] } },
    path: 'edge.site.files.0',
    got: '/api/static',
    allowed: 'neither above nor below /api, which is edge.apiPath',
  },
  {
    when: 'a personal page lies among the files',
    change: { site: { personal: ['/_next/static/me'] } },
    path: 'edge.site.personal.0',
    got: '/_next/static/me',
    allowed: 'neither above nor below /_next/static, which is edge.site.files.0',
  },
  {
    when: 'the API claims every path',
    change: { apiPath: '/', site: { personal: [] } },
    path: 'edge.site.files.0',
    got: '/_next/static',
    allowed: 'neither above nor below , which is edge.apiPath',
  },
  {
    when: 'no page is kept, but some are said to be personal',
    change: { site: { keepSeconds: 0, vary: [] } },
    path: 'edge.site.personal',
    got: ['/cart'],
    allowed: 'absent where edge.site.keepSeconds is 0',
  },
  {
    when: 'no page is kept, but headers are to tell kept ones apart',
    change: { site: { keepSeconds: 0, personal: [] } },
    path: 'edge.site.vary',
    got: ['RSC'],
    allowed: 'absent where edge.site.keepSeconds is 0',
  },
  {
    when: 'kept pages are to differ by who asks',
    change: { site: { vary: ['Cookie'] } },
    path: 'edge.site.vary',
    got: 'Cookie',
    allowed: 'say nothing of who asks',
  },
])('fails when $when', ({ allowed, change, got, path }) => {
  expect(problems(change)).toEqual([
    { path, got, allowed: expect.stringContaining(allowed), remedy: expect.stringMatching(/./) },
  ]);
});

test.each(['/', '/cart/', 'cart', '/a b'])('fails when %p is to be the beginning of paths', (path) => {
  expect(edgeSite.safeParse({ service: 'web', files: [path] }).success).toBe(false);
});

test('pages are asked for by browsers each time, and answered from the edge, old ones while new ones come', () => {
  expect(pagesCacheControl({ keepSeconds: 300 })).toBe(
    'public, max-age=0, s-maxage=300, stale-while-revalidate=300, stale-if-error=300',
  );
});

describe('pages that are kept', () => {
  const platform = resolved(shopflow);
  const { primary } = platform.stage.sites;
  const on = (site: object, keepSeconds: number) =>
    keptPages({
      ...platform,
      edge: platform.edge?.site && { ...platform.edge, site: { ...platform.edge.site, keepSeconds } },
      stage: { ...platform.stage, sites: { primary: { ...primary, ...site } } },
    });

  test.each([
    [{ runtime: 'ecs' }, 86_400],
    [{ runtime: 'eks' }, 86_400],
    [{ cloud: 'azure', runtime: 'aks' }, 0],
  ])('are forgotten where somebody tells of releases: %j, %d', (site, seconds) => {
    expect(on(site, seconds)).toEqual([]);
  });

  test('fails when nobody tells', () => {
    expect(on({ cloud: 'azure', runtime: 'aks' }, 1)).toEqual([
      expect.objectContaining({
        path: 'edge.site.keepSeconds',
        got: 1,
        allowed: '0 with a site on azure (primary), where the end of a release is not told to the edge',
      }),
    ]);
  });
});
