import { isAtOrBelow } from './bare-path';
import type { Route } from './nouns/service';
import type { Platform } from './platform';

/** A route, and whose it is. */
export interface Routed {
  readonly service: string;
  readonly route: Route;
}

/** Whether a route takes requests of a method for a path. */
export const takes = ({ methods, path }: Route, asked: string, method: string): boolean =>
  isAtOrBelow(asked, path) && (methods?.some((each) => each === method) ?? true);

/** The routes of all services. */
export const allRoutes = ({ services }: Pick<Platform, 'services'>): readonly Routed[] =>
  Object.entries(services).flatMap(([service, { routes }]) => routes.map((route) => ({ service, route })));

/** The route that takes a request, the longest of those that do, and whose it is. */
export const routedTo = (platform: Pick<Platform, 'services'>, asked: string, method: string): Routed | undefined =>
  allRoutes(platform)
    .filter(({ route }) => takes(route, asked, method))
    .sort((a, b) => b.route.path.length - a.route.path.length)[0];
