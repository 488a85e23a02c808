import type { Gateway } from '../nouns/gateway';
import type { Route } from '../nouns/service';
import { correlationHeader } from './correlation';
import type { KongPlugin, KongPluginName, OpenTelemetryConfig } from './document';
import { gatewayVariables, placeholder, vaultReference, type LimitsCounter } from './references';
import { longestSeconds } from './token-keys';
import { kongsOwnHeaders, transformPlugin } from './transform';
import { userIdHeader, userIdScript } from './user-id';

/** The plugins that the gateway loads; no other can be configured. */
export const gatewayPlugins: readonly KongPluginName[] = [
  'correlation-id',
  'jwt',
  'pre-function',
  'prometheus',
  'rate-limiting',
  'request-size-limiting',
  'request-termination',
  'request-transformer',
];

/** A counter that does not answer by then is passed over. */
const cacheTimeoutMilliseconds = 200;

/** The plugin that the gateway loads besides where it tells of requests itself. */
export const tracesPlugin = 'opentelemetry';

/** Plugins of every request, whatever its route. Who asks was found out already where API Management stands before Kong. */
export const platformPlugins = (
  { kind, maxBodyMiB, tokens }: Pick<Gateway, 'kind' | 'maxBodyMiB' | 'tokens'>,
  traces?: OpenTelemetryConfig,
): readonly KongPlugin[] => [
  {
    name: 'correlation-id',
    config: { header_name: correlationHeader, generator: 'uuid#counter', echo_downstream: true },
  },
  ...(kind === 'kong' ? [{ name: 'pre-function' as const, config: { access: [userIdScript(tokens.issuer)] } }] : []),
  ...(traces === undefined ? [] : [{ name: tracesPlugin, config: traces } as const]),
  {
    name: 'prometheus',
    config: { status_code_metrics: true, latency_metrics: true, bandwidth_metrics: true },
  },
  { name: 'request-size-limiting', config: { allowed_payload_size: maxBodyMiB, size_unit: 'megabytes' } },
  { name: 'request-transformer', config: { remove: { headers: kongsOwnHeaders } } },
];

/** Which key verifies a token is told by its `kid`; whose it is was looked at before. */
const tokenPlugin = (tokens: Gateway['tokens']): KongPlugin => ({
  name: 'jwt',
  config: {
    key_claim_name: 'kid',
    claims_to_verify: ['exp'],
    maximum_expiration: longestSeconds(tokens),
    run_on_preflight: true,
    uri_param_names: [],
    cookie_names: [],
    header_names: ['authorization'],
  },
});

/** Counts per user behind a token, per address without one. While the counters are out of reach, requests pass. */
function limitPlugin({ authentication }: Route, minute: number, counter: LimitsCounter): KongPlugin {
  const { cacheHost: host = placeholder(gatewayVariables.cacheHost), cachePort: port, cacheTls: tls = true } = counter;
  return {
    name: 'rate-limiting',
    config: {
      minute,
      ...(authentication === 'token' ? { limit_by: 'header', header_name: userIdHeader } : { limit_by: 'ip' }),
      policy: 'redis',
      fault_tolerant: true,
      hide_client_headers: false,
      redis: {
        host,
        port,
        username: vaultReference(gatewayVariables.cacheUser),
        password: vaultReference(gatewayVariables.cachePassword),
        ssl: tls,
        ssl_verify: tls,
        ...(tls ? { server_name: host } : {}),
        timeout: cacheTimeoutMilliseconds,
      },
    },
  };
}

/** A load test has no token and few addresses: where one runs, an address may ask as often as all of its users. */
export function limitOf(
  { authentication, requestsPerMinute }: Route,
  gateway: Pick<Gateway, 'requestsPerMinute'>,
  loadPerMinute: number,
): number {
  const own = requestsPerMinute ?? gateway.requestsPerMinute;
  return authentication === 'token' ? own : Math.max(own, loadPerMinute);
}

/**
 * Plugins of one route; where one of them has the name of a platform plugin, it takes its place. Where API Management stands before
 * Kong, it has done all of it but what a route changes besides added headers.
 *
 * @param loadPerMinute Requests of the stage's largest load test. @default 0
 */
export const routePlugins = (
  route: Route,
  gateway: Pick<Gateway, 'kind' | 'requestsPerMinute' | 'tokens'>,
  counter: LimitsCounter,
  loadPerMinute = 0,
): readonly KongPlugin[] =>
  gateway.kind === 'api-management'
    ? transformPlugin({ ...route, addHeaders: {} })
    : [
        ...(route.authentication === 'token' ? [tokenPlugin(gateway.tokens)] : []),
        limitPlugin(route, limitOf(route, gateway, loadPerMinute), counter),
        ...transformPlugin(route),
      ];
