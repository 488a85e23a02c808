import type { Problem } from '../error';
import type { Platform } from '../platform';
import { transformProblems } from './transform-checks';

const headerName = /^[A-Za-z0-9-]+$/;

/** What Kong's free edition cannot do, or would read as something else. */
export function gatewayProblems(platform: Platform): readonly Problem[] {
  return [...cacheProblems(platform), ...routeProblems(platform)];
}

function cacheProblems({ caches, gateway }: Platform): readonly Problem[] {
  const cache = gateway?.limitsCache;
  const shards = cache === undefined ? undefined : caches[cache]?.shards;
  if (shards === undefined || shards === 1) return [];
  return [
    {
      path: `caches.${cache}.shards`,
      got: shards,
      allowed: '1 for the cache of gateway.limitsCache, because Kong does not follow redirections between shards',
      remedy: 'name a cache with one shard in gateway.limitsCache',
    },
  ];
}

function routeProblems({ services }: Platform): readonly Problem[] {
  return Object.entries(services).flatMap(([name, { protocol, routes }]) => [
    ...(protocol === 'grpc' && routes.length > 0
      ? [
          {
            path: `services.${name}.protocol`,
            got: protocol,
            allowed: 'http for a service with routes, because the gateway takes HTTP/1.1 from the edge',
            remedy: 'put an http service before it, or remove its routes',
          },
        ]
      : []),
    ...routes.flatMap((route, index) => {
      const path = `services.${name}.routes.${index}`;
      return [
        ...pathProblems(path, route.path),
        ...headerProblems(path, route.addHeaders),
        ...transformProblems(path, route),
      ];
    }),
  ]);
}

function pathProblems(path: string, text: string): readonly Problem[] {
  if (!text.includes('//')) return [];
  return [{ path: `${path}.path`, got: text, allowed: 'a path without empty segments', remedy: 'write one slash' }];
}

function headerProblems(path: string, headers: Readonly<Record<string, string>>): readonly Problem[] {
  return Object.entries(headers).flatMap(([name, value]) => [
    ...(headerName.test(name)
      ? []
      : [
          {
            path: `${path}.addHeaders`,
            got: name,
            allowed: 'a header name of letters, digits and hyphens',
            remedy: 'correct the name',
          },
        ]),
    ...(value === '' || value.includes('$(')
      ? [
          {
            path: `${path}.addHeaders.${name}`,
            got: value,
            allowed: 'a value that is not empty and without "$(", which Kong would run as code',
            remedy: 'write the value itself, or take the header out',
          },
        ]
      : []),
  ]);
}
