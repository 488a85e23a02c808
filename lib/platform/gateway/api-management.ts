import { bare } from '../bare-path';
import type { Problem } from '../error';
import { when } from '../checks/check';
import { sitesOf, type Platform } from '../platform';

/** One path is one API there, which has one policy. */
function repeatedPaths(services: Platform['services']): readonly Problem[] {
  const paths = Object.entries(services).flatMap(([name, { routes }]) =>
    routes.map(({ path }, index) => ({ at: `services.${name}.routes.${index}.path`, path: bare(path) })),
  );
  return paths
    .filter(({ path }, index) => paths.findIndex((each) => each.path === path) < index)
    .map(({ at, path }) => ({
      path: at,
      got: path,
      allowed: 'a path that no other route has, behind api-management, where a path is an API and has one policy',
      remedy: 'give both methods one route, or another path to one of them',
    }));
}

/** What API Management cannot do, or cannot be. */
export function apiManagementProblems(platform: Platform): readonly Problem[] {
  const { edge, gateway, services } = platform;
  if (gateway?.kind !== 'api-management') return [];
  return [
    ...sitesOf(platform)
      .filter(({ cloud }) => cloud !== 'azure')
      .map(({ cloud, siteName }) => ({
        path: 'gateway.kind',
        got: gateway.kind,
        allowed: `kong on ${cloud}, where ${siteName} stands and no API Management does`,
        remedy: "choose kind 'kong', which is the same on every cloud",
      })),
    ...when(edge === undefined, () => ({
      path: 'gateway.kind',
      got: gateway.kind,
      allowed: 'kong without an edge: API Management is called by the application gateway alone',
      remedy: 'declare an edge',
    })),
    ...repeatedPaths(services),
    ...Object.entries(services).flatMap(([name, { routes }]) =>
      routes.flatMap(({ websocket }, index) =>
        when(websocket, () => ({
          path: `services.${name}.routes.${index}.websocket`,
          got: websocket,
          allowed: 'false behind api-management, whose pools take no connections that stay open',
          remedy: "choose gateway.kind 'kong'",
        })),
      ),
    ),
  ];
}
