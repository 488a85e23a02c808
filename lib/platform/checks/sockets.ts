import type { Problem } from '../error';
import type { Service } from '../nouns/service';
import { sitesOf, type Platform } from '../platform';
import { when, type Check } from './check';

/** Connections that clients keep open: there is a way to them, room for everybody, and a site that counts them. */
export const sockets: Check = (platform) =>
  Object.entries(platform.services).flatMap(([name, service]) => [
    ...waysIn(`services.${name}`, service),
    ...(service.sockets === undefined ? [] : kept(`services.${name}.sockets`, service, service.sockets, platform)),
  ]);

function waysIn(path: string, { routes, sockets: spec }: Service): readonly Problem[] {
  const ways = routes.flatMap((route, index) => (route.websocket ? [{ route, at: `${path}.routes.${index}` }] : []));
  return [
    ...when(ways.length > 0 && spec === undefined, () => ({
      path: `${path}.sockets`,
      got: undefined,
      allowed: 'declared, because a route has websocket: true',
      remedy: 'declare sockets: { channels }, or take websocket from the route',
    })),
    ...when(ways.length === 0 && spec !== undefined, () => ({
      path: `${path}.routes`,
      got: routes.map((route) => route.path),
      allowed: 'with one that has websocket: true, because sockets are declared',
      remedy: 'mark the route by which clients connect, or remove sockets',
    })),
    ...ways.flatMap(({ at, route }) =>
      when(route.methods?.join() !== 'GET', () => ({
        path: `${at}.methods`,
        got: route.methods,
        allowed: `['GET'] for a route with websocket: true, since a connection begins as a GET`,
        remedy: `set methods: ['GET'], and give other requests a route of their own`,
      })),
    ),
  ];
}

function kept(
  path: string,
  { scale, uses }: Service,
  { channels, perTask }: NonNullable<Service['sockets']>,
  { goals, stage }: Platform,
): readonly Problem[] {
  const room = scale.max * perTask;
  return [
    ...when(!uses.caches.includes(channels), () => ({
      path: `${path}.channels`,
      got: channels,
      allowed: `one of ${uses.caches.join(', ') || 'uses.caches, which names none'}, the caches that the service uses`,
      remedy: `add ${channels} to its uses.caches, or name one that it uses`,
    })),
    ...when(room < goals.concurrentUsers, () => ({
      path: `${path}.perTask`,
      got: perTask,
      allowed: `enough for goals.concurrentUsers, which is ${goals.concurrentUsers}: ${scale.max} tasks hold ${room}`,
      remedy: 'raise it or scale.max, or lower the goal for this stage under overrides.goals',
    })),
    ...sitesOf({ stage })
      .filter((site) => site.runtime === 'aks')
      .map(({ cloud, runtime }) => ({
        path,
        got: 'declared',
        allowed: `absent on ${cloud} with runtime ${runtime}, where nobody counts connections yet`,
        remedy: 'use a site on aws, or let clients ask again (long polling) by ordinary routes',
      })),
  ];
}
