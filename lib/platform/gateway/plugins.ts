import type { Gateway } from '../nouns/gateway';
import type { Route } from '../nouns/service';
import { correlationHeader } from './correlation';
import type { KongPlugin, KongPluginName, OpenTelemetryConfig } from './document';
import { limitPlugin } from './limit';
import { markPlugin } from './loads';
import type { LimitsCounter } from './references';
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

/** Counts per user behind a token, per address without one. */
const routeLimit = (
  { authentication, requestsPerMinute }: Route,
  gateway: Pick<Gateway, 'requestsPerMinute'>,
  counter: LimitsCounter,
): KongPlugin =>
  limitPlugin({
    minute: requestsPerMinute ?? gateway.requestsPerMinute,
    by: authentication === 'token' ? { limit_by: 'header', header_name: userIdHeader } : { limit_by: 'ip' },
    counter,
  });

/**
 * Plugins of one route; where one of them has the name of a platform plugin, it takes its place. Where API Management stands before
 * Kong, it has done all of it but what a route changes besides added headers.
 *
 * @param admitsLoads Whether an open route looks for the mark of load tests. @default false
 */
export const routePlugins = (
  route: Route,
  gateway: Pick<Gateway, 'kind' | 'requestsPerMinute' | 'tokens'>,
  counter: LimitsCounter,
  admitsLoads = false,
): readonly KongPlugin[] =>
  gateway.kind === 'api-management'
    ? transformPlugin({ ...route, addHeaders: {} })
    : [
        ...(route.authentication === 'token' ? [tokenPlugin(gateway.tokens)] : admitsLoads ? [markPlugin] : []),
        routeLimit(route, gateway, counter),
        ...transformPlugin(route),
      ];
