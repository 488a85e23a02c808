import { bare } from '../bare-path';
import { PlatformError, refuse } from '../error';
import { everyMethod } from '../methods';
import type { Gateway } from '../nouns/gateway';
import type { Route } from '../nouns/service';
import type { Platform } from '../platform';
import { gatewayProblems } from './checks';
import type {
  KongConsumer,
  KongDeclarative,
  KongPlugin,
  KongRoute,
  KongService,
  OpenTelemetryConfig,
} from './document';
import { closedRoutes, openRoutes } from './contract-routes';
import { loadConsumers } from './loads';
import { kongRoute, kongServiceName, pathExpression, rewrittenExpression, routeName, tagsOf } from './paths';
import { platformPlugins, routePlugins } from './plugins';
import { readyRoute } from './ready';
import { placeholder, publicKeyVariable, type LimitsCounter } from './references';
import { keyIds } from './token-keys';

/** What a cloud tells the gateway. Everything else comes in by {@link gatewayVariables}. */
export interface GatewayReferences extends LimitsCounter {
  /** Where the gateway reaches a service. An `https` address must have a certificate of a public authority. */
  readonly upstreamUrl: (service: string) => string;
  /** How the gateway tells of requests. @default - it does not, or the proxy beside it does */
  readonly traces?: OpenTelemetryConfig | undefined;
  /** Requests a minute that an address may make whose requests have the mark of load tests. @default - no request is marked */
  readonly loadPerMinute?: number | undefined;
}

/** Time to open a connection inside the network, in milliseconds. */
const connectMilliseconds = 2000;

/** A certificate, two intermediates and a root. nginx counts 1 by default, which a public certificate exceeds. */
export const verifyDepth = 4;

/**
 * The gateway's configuration for Kong 3.9 without a database: services, routes and plugins made from the platform's
 * routes. The same platform gives the same document, sorted by name.
 *
 * @throws PlatformError that lists everything the gateway cannot do.
 */
export function kongConfiguration(platform: Platform, references: GatewayReferences): KongDeclarative {
  const gateway = gatewayOf(platform);
  refuse(platform.name, gatewayProblems(platform));
  const { loadPerMinute, traces, upstreamUrl, ...counter } = references;
  return {
    _format_version: '3.0',
    _transform: true,
    consumers:
      gateway.kind === 'kong'
        ? [tokenHolders, ...(loadPerMinute === undefined ? [] : loadConsumers(loadPerMinute, counter))]
        : [],
    plugins: platformPlugins(gateway, traces),
    ...alone(platform),
    services: Object.keys(platform.services)
      .sort()
      .flatMap((name) =>
        serviceOf(platform, name, upstreamUrl(name), (route) =>
          routePlugins(route, gateway, counter, loadPerMinute !== undefined),
        ),
      ),
  };
}

/** Routes without a service behind them, if there are any. */
function alone(platform: Platform): Pick<KongDeclarative, 'routes'> {
  const routes = [...(platform.edge === undefined ? [] : [readyRoute(platform.edge)]), ...closedRoutes(platform)];
  return routes.length === 0 ? {} : { routes };
}

/**
 * The platform's gateway.
 *
 * @throws PlatformError if it declares none.
 */
export function gatewayOf({ gateway, name }: Pick<Platform, 'gateway' | 'name'>): Gateway {
  if (gateway !== undefined) return gateway;
  throw new PlatformError(name, [
    { path: 'gateway', got: undefined, allowed: 'declared for requests to be routed', remedy: 'declare a gateway' },
  ]);
}

/** The longest that a connection with a routed service may be silent and yet live, in seconds. */
export const longestSilenceSeconds = ({ services }: Pick<Platform, 'services'>): number =>
  Math.max(
    longestTimeoutSeconds({ services }),
    ...Object.values(services).map(({ sockets }) => sockets?.idleSeconds ?? 0),
  );

/** The longest that a service with routes may take to answer, in seconds. */
export const longestTimeoutSeconds = ({ services }: Pick<Platform, 'services'>): number =>
  Math.max(
    0,
    ...Object.values(services)
      .filter(({ routes }) => routes.length > 0)
      .map(({ timeoutSeconds }) => timeoutSeconds),
  );

/** One consumer stands for everybody with a token of the issuer, whichever key signed it. */
const tokenHolders: KongConsumer = {
  username: 'token-holders',
  jwt_secrets: keyIds.map((id) => ({
    key: id,
    algorithm: 'RS256',
    rsa_public_key: placeholder(publicKeyVariable(id)),
  })),
};

/**
 * A service is two to the gateway where some of its routes become connections that may be silent for longer. One with a contract is as many
 * as it has routes: what is open of a route is several routes then, which share its settings and what they count.
 */
function serviceOf(
  platform: Platform,
  name: string,
  url: string,
  pluginsOf: (route: Route) => readonly KongPlugin[],
): readonly KongService[] {
  const service = platform.services[name];
  if (service === undefined) return [];
  const { idleSeconds = 0 } = service.sockets ?? {};
  const silentSeconds = ({ websocket }: Route) => (websocket ? idleSeconds : service.timeoutSeconds);
  if (service.contract !== undefined) {
    return service.routes
      .map((route): KongService => ({
        ...kongService(
          kongServiceName(name, service, route),
          url,
          silentSeconds(route),
          openRoutes(platform, name, route),
        ),
        plugins: pluginsOf(route),
      }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }
  return [false, true].flatMap((sockets) => {
    const [first, ...rest] = service.routes.filter(({ websocket }) => websocket === sockets);
    return first === undefined
      ? []
      : [
          kongService(
            kongServiceName(name, service, first),
            url,
            silentSeconds(first),
            [first, ...rest].map((route) => routeOf(name, route, pluginsOf(route))),
          ),
        ];
  });
}

function kongService(name: string, url: string, silentSeconds: number, routes: readonly KongRoute[]): KongService {
  const milliseconds = silentSeconds * 1000;
  return {
    name,
    url,
    connect_timeout: connectMilliseconds,
    write_timeout: milliseconds,
    read_timeout: milliseconds,
    // After a failed connection only; nginx never repeats a POST or PATCH that was sent.
    retries: 1,
    ...(url.startsWith('https:') ? { tls_verify: true, tls_verify_depth: verifyDepth } : {}),
    routes: [...routes].sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

const routeOf = (service: string, route: Route, plugins: KongRoute['plugins']): KongRoute =>
  kongRoute({
    name: routeName(service, route),
    tags: tagsOf(route),
    methods: [...(route.methods ?? everyMethod)].sort(),
    paths: [(route.transform.path === undefined ? pathExpression : rewrittenExpression)(route.path)],
    regex_priority: bare(route.path).length,
    plugins,
  });
