import allocations from '../../../allocations/retailflow.json';
import { pathExpression } from '../../../lib/platform/gateway/paths';
import type {
  KongDeclarative,
  KongPlugin,
  KongPluginName,
  KongRoute,
  PluginConfigs,
} from '../../../lib/platform/gateway/document';
import type { Route, Service } from '../../../lib/platform/nouns/service';
import type { Platform } from '../../../lib/platform/platform';
import { resolve } from '../../../lib/platform/resolve';
import retailflow from '../../../platforms/retailflow';

export const platform = resolve(retailflow, { stage: 'production', allocations });

export const references = {
  cachePort: 6379,
  upstreamUrl: (service: string) => `https://${service}.services.shop.example.com:8443`,
};

export const routesOf = ({ services }: KongDeclarative): readonly KongRoute[] =>
  services.flatMap(({ routes }) => routes);

export function routeFor(document: KongDeclarative, path: string): KongRoute {
  const route = routesOf(document).find(({ paths }) => paths[0] === pathExpression(path));
  if (route === undefined) throw new Error(`no route ${path}`);
  return route;
}

/** What a plugin of the given name is told, if it is among the plugins. */
export function pluginOf<Name extends KongPluginName>(
  plugins: readonly KongPlugin[],
  name: Name,
): PluginConfigs[Name] | undefined {
  return plugins.find((plugin) => plugin.name === name)?.config as PluginConfigs[Name] | undefined;
}

const { order: service } = platform.services;
if (service === undefined) throw new Error('retailflow has no order service');
const [route] = service.routes;
if (route === undefined) throw new Error('the order service has no routes');

export const order: Service = service;
export const cart: Route = route;

export const withOrder = (change: Partial<Service>): Platform => ({
  ...platform,
  services: { ...platform.services, order: { ...order, ...change } },
});

export const withRoute = (change: Partial<Route>): Platform => withOrder({ routes: [{ ...cart, ...change }] });
