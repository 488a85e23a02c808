import { bare } from '../bare-path';
import { PlatformError, refuse } from '../error';
import type { Gateway } from '../nouns/gateway';
import type { Route } from '../nouns/service';
import type { Platform } from '../platform';
import { largestRequests } from '../load-tests/figures';
import { gatewayProblems } from './checks';
import type { KongConsumer, KongDeclarative, KongRoute, KongService, OpenTelemetryConfig } from './document';
import { platformPlugins, routePlugins } from './plugins';
import { readyRoute } from './ready';
import { placeholder, publicKeyVariable, type LimitsCounter } from './references';
import { keyIds } from './token-keys';
import { restCapture } from './transform';
import { tokenTag } from './user-id';

/** What a cloud tells the gateway. Everything else comes in by {@link gatewayVariables}. */
export interface GatewayReferences extends LimitsCounter {
  /** Where the gateway reaches a service. An `https` address must have a certificate of a public authority. */
  readonly upstreamUrl: (service: string) => string;
  /** How the gateway tells of requests. @default - it does not, or the proxy beside it does */
  readonly traces?: OpenTelemetryConfig | undefined;
}

export const everyMethod = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'] as const;

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
  return {
    _format_version: '3.0',
    _transform: true,
    consumers: gateway.kind === 'kong' ? [tokenHolders] : [],
    plugins: platformPlugins(gateway, references.traces),
    ...(platform.edge === undefined ? {} : { routes: [readyRoute(platform.edge)] }),
    services: Object.keys(platform.services)
      .sort()
      .flatMap((name) => serviceOf(platform, gateway, references, name)),
  };
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

/** A service is two to the gateway where some of its routes become connections that may be silent for longer. */
function serviceOf(
  platform: Platform,
  gateway: Gateway,
  references: GatewayReferences,
  name: string,
): readonly KongService[] {
  const service = platform.services[name];
  if (service === undefined) return [];
  const loadPerMinute = largestRequests(platform);
  const make = (suffix: string, routes: readonly Route[], silentSeconds: number): readonly KongService[] =>
    routes.length === 0
      ? []
      : [kongService(name, suffix, { gateway, references, routes, silentSeconds, loadPerMinute })];
  const { idleSeconds = 0 } = service.sockets ?? {};
  return [
    ...make(
      '',
      service.routes.filter(({ websocket }) => !websocket),
      service.timeoutSeconds,
    ),
    ...make(
      '~sockets',
      service.routes.filter(({ websocket }) => websocket),
      idleSeconds,
    ),
  ];
}

interface Upstream {
  readonly gateway: Gateway;
  readonly references: GatewayReferences;
  readonly routes: readonly Route[];
  /** How long either side may be silent. */
  readonly silentSeconds: number;
  /** Requests of the stage's largest load test. */
  readonly loadPerMinute: number;
}

function kongService(
  name: string,
  suffix: string,
  { gateway, loadPerMinute, references: { traces: _, upstreamUrl, ...counter }, routes, silentSeconds }: Upstream,
): KongService {
  const url = upstreamUrl(name);
  const milliseconds = silentSeconds * 1000;
  return {
    name: `${name}${suffix}`,
    url,
    connect_timeout: connectMilliseconds,
    write_timeout: milliseconds,
    read_timeout: milliseconds,
    // After a failed connection only; nginx never repeats a POST or PATCH that was sent.
    retries: 1,
    ...(url.startsWith('https:') ? { tls_verify: true, tls_verify_depth: verifyDepth } : {}),
    routes: routes
      .map((route) => routeOf(name, route, routePlugins(route, gateway, counter, loadPerMinute)))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

/** `/api/users` is for `/api/users` and everything below it, and not for `/api/users-old`. */
export const pathExpression = (path: string): string =>
  bare(path) === '' ? '~/' : `~${bare(path).replaceAll('.', '\\.')}(?:/|$)`;

/** The same for a route whose requests go on under another path: what follows is kept by a name. */
export const rewrittenExpression = (path: string): string =>
  `~${bare(path).replaceAll('.', '\\.')}(?<${restCapture}>(?:/.*)?)$`;

/** A path holds no tilde, so no two routes have one name. */
export const routeName = (service: string, { methods, path }: Route): string =>
  `${service}${bare(path).replaceAll('/', '~')}${methods === undefined ? '' : `~~${[...methods].sort().join('-')}`}`;

const routeOf = (service: string, route: Route, plugins: KongRoute['plugins']): KongRoute => ({
  name: routeName(service, route),
  tags: route.authentication === 'token' ? [tokenTag] : [],
  protocols: ['http', 'https'],
  methods: [...(route.methods ?? everyMethod)].sort(),
  paths: [(route.transform.path === undefined ? pathExpression : rewrittenExpression)(route.path)],
  regex_priority: bare(route.path).length,
  strip_path: false,
  preserve_host: false,
  request_buffering: true,
  response_buffering: true,
  plugins,
});
