import { bare } from '../bare-path';
import { PlatformError, type Problem } from '../error';
import type { Edge, Route } from '../nouns/service';
import type { Platform } from '../platform';

/** A path of the API as the edge treats it; the path itself and everything below it. */
export interface EdgePath {
  readonly path: string;
  /** How long the edge keeps answers, in seconds; 0 is never. */
  readonly cacheSeconds: number;
}

/**
 * The platform's edge.
 *
 * @throws PlatformError if it declares none.
 */
export function edgeOf({ edge, name }: Pick<Platform, 'edge' | 'name'>): Edge {
  if (edge !== undefined) return edge;
  throw new PlatformError(name, [
    { path: 'edge', got: undefined, allowed: 'declared for the platform to be served', remedy: 'declare an edge' },
  ]);
}

interface PlacedRoute {
  readonly at: string;
  readonly route: Route;
  readonly path: string;
}

const routesOf = ({ services }: Pick<Platform, 'services'>): readonly PlacedRoute[] =>
  Object.entries(services).flatMap(([service, { routes }]) =>
    routes.map((route, index) => ({ at: `services.${service}.routes.${index}`, route, path: bare(route.path) })),
  );

const isBelow = (inner: string, outer: string): boolean => inner !== outer && inner.startsWith(`${outer}/`);

/**
 * The paths that the edge tells apart, in the order in which it must try them: the longer ones first. Those are the paths
 * whose answers it keeps, whatever lies below them and is kept differently, and at last the API as a whole, of which it
 * keeps nothing.
 */
export function edgePaths(platform: Pick<Platform, 'edge' | 'name' | 'services'>): readonly EdgePath[] {
  const { apiPath } = edgeOf(platform);
  const routes = routesOf(platform);
  const kept = routes.filter(({ route }) => route.cacheSeconds > 0);
  const told = routes.filter(({ path }) => kept.some((outer) => outer.path === path || isBelow(path, outer.path)));
  const paths = new Map(told.map(({ path, route }) => [path, route.cacheSeconds]));
  return [
    ...[...paths]
      .map(([path, cacheSeconds]) => ({ path, cacheSeconds }))
      .sort((a, b) => b.path.length - a.path.length || (a.path < b.path ? -1 : 1)),
    { path: bare(apiPath), cacheSeconds: 0 },
  ];
}

/** The routes whose answers the edge must not keep, and is told to. Without an edge nobody keeps any. */
export function edgeProblems(platform: Pick<Platform, 'edge' | 'services'>): readonly Problem[] {
  const routes = routesOf(platform);
  const kept = platform.edge === undefined ? [] : routes.filter(({ route }) => route.cacheSeconds > 0);
  return kept.flatMap((each) => keepProblems(each, routes));
}

function keepProblems({ at, path, route }: PlacedRoute, routes: readonly PlacedRoute[]): readonly Problem[] {
  const reads = route.methods?.every((method) => method === 'GET' || method === 'HEAD') ?? false;
  const twin = routes.find((other) => other.at !== at && other.path === path);
  const problem = (allowed: string, remedy: string): Problem => ({
    path: `${at}.cacheSeconds`,
    got: route.cacheSeconds,
    allowed,
    remedy,
  });
  return [
    ...(route.authentication === 'token'
      ? [problem('0 behind a token, or one user would get the answer of another', 'set it to 0')]
      : []),
    ...(reads ? [] : [problem('0 for anything but GET and HEAD', "set methods: ['GET'], or set it to 0")]),
    ...(twin === undefined
      ? []
      : [problem(`0 for a path that ${twin.at} has as well`, 'give the route that is kept a path of its own')]),
  ];
}

/** Paths at which passwords can be guessed, sorted. */
export const loginPaths = (platform: Pick<Platform, 'services'>): readonly string[] =>
  [...new Set(routesOf(platform).flatMap(({ path, route }) => (route.login ? [path] : [])))].sort();
