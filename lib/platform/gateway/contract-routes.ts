import { bare, isAtOrBelow } from '../bare-path';
import { everyMethod } from '../methods';
import type { Route } from '../nouns/service';
import type { ContractPath } from '../nouns/contracts';
import { admittedBy, expressionOf, isPath, isTemplated } from '../openapi/contract';
import type { Platform } from '../platform';
import { allRoutes, routedTo, takes } from '../routed';
import type { KongRoute } from './document';
import { kongRoute, pathExpression, routeName, tagsOf } from './paths';
import { restCapture } from './transform';

/** The path that clients ask for, and nothing below it; where requests go on under another path, what follows is kept by a name. */
function exactExpression({ path: own, transform }: Route, path: string): string {
  const start = bare(own);
  if (transform.path === undefined) return `~${expressionOf(path)}$`;
  return `~${expressionOf(start)}(?<${restCapture}>${expressionOf(path.slice(start.length))})$`;
}

/** What a route lets in, as routes of the gateway: one for all paths with the same methods. Their settings are those of the service above them. */
export function openRoutes(platform: Platform, service: string, route: Route): readonly KongRoute[] {
  const admitted = admittedBy(platform, service, route).filter(({ methods }) => methods.length > 0);
  const groups = [...new Set(admitted.map(({ methods }) => methods.join()))];
  return groups.map((group) => {
    const paths = admitted.filter(({ methods }) => methods.join() === group);
    const methods = group.split(',');
    return kongRoute({
      name: `${routeName(service, { path: route.path })}~~${methods.join('-')}`,
      tags: tagsOf(route),
      methods,
      paths: paths.map(({ path }) => exactExpression(route, path)).sort(),
      regex_priority: bare(route.path).length,
      plugins: [],
    });
  });
}

/** Says what no contract has. */
const closed = (route: Pick<KongRoute, 'name' | 'methods' | 'paths' | 'regex_priority'>): KongRoute =>
  kongRoute({
    ...route,
    tags: [],
    plugins: [
      {
        name: 'request-termination',
        config: {
          status_code: 404,
          content_type: 'application/json',
          body: '{"message":"The contract of the service has no such path or method"}',
        },
      },
    ],
  });

/** Methods for which nobody but a route of the definition answers: its own, and those that no route above it takes. Pages take none of an API. */
const methodsBelow = (platform: Platform, route: Route): readonly string[] =>
  everyMethod.filter(
    (method) =>
      takes(route, route.path, method) ||
      !allRoutes(platform).some(
        ({ route: other }) =>
          bare(other.path) !== '' && isAtOrBelow(route.path, other.path) && takes(other, route.path, method),
      ),
  );

/** Methods that a path without parameters lacks, and one with parameters has that it would pass for. */
const missing = (admitted: readonly ContractPath[], { methods, path }: ContractPath): readonly string[] =>
  [...new Set(admitted.filter((other) => isTemplated(other) && isPath(other, path)).flatMap((other) => other.methods))]
    .filter((method) => !methods.includes(method))
    .sort();

/**
 * What is closed below routes of services with a contract: everything else below their path, before a route above them or the pages would take
 * it; and methods of a path that has parameters, at a path that has none. Paths of two routes, one below the other, differ by two
 * characters at least, so that a place before and one behind are free.
 */
export const closedRoutes = (platform: Platform): readonly KongRoute[] =>
  allRoutes(platform)
    .filter(({ service }) => platform.services[service]?.contract !== undefined)
    .flatMap(({ route, service }) => {
      const admitted = admittedBy(platform, service, route);
      const priority = bare(route.path).length;
      const exact = admitted
        .filter((each) => !isTemplated(each))
        .map((each) => ({
          path: each.path,
          // What is another route's is closed by that one.
          methods: missing(admitted, each).filter((method) => routedTo(platform, each.path, method)?.route === route),
        }))
        .filter(({ methods }) => methods.length > 0);
      return [
        closed({
          name: `${routeName(service, route)}~~~`,
          methods: methodsBelow(platform, route),
          paths: [pathExpression(route.path)],
          regex_priority: priority - 1,
        }),
        ...exact.map(({ methods, path }) =>
          closed({
            name: `${routeName(service, { path })}~~~${methods.join('-')}`,
            methods,
            paths: [`~${expressionOf(path)}$`],
            regex_priority: priority + 1,
          }),
        ),
      ];
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
