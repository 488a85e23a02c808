import type { Gateway } from '../nouns/gateway';
import type { Route } from '../nouns/service';
import type { KongPlugin, KongPluginName } from './document';
import { gatewayVariables, placeholder, vaultReference, type LimitsCounter } from './references';
import { userIdHeader, userIdScript } from './user-id';

/** Header by which a request is followed through every service. */
export const correlationHeader = 'X-Correlation-Id';

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

/** Headers that only Kong may set. One consumer stands for all users, so services have no use for them. */
const kongsOwnHeaders: readonly string[] = [
  'X-Anonymous-Consumer',
  'X-Consumer-Custom-Id',
  'X-Consumer-Id',
  'X-Consumer-Username',
  'X-Credential-Identifier',
];

/** A counter that does not answer by then is passed over. */
const cacheTimeoutMilliseconds = 200;

/** Plugins of every request, whatever its route. Who asks was found out already where API Management stands before Kong. */
export const platformPlugins = ({ kind, maxBodyMiB }: Pick<Gateway, 'kind' | 'maxBodyMiB'>): readonly KongPlugin[] => [
  {
    name: 'correlation-id',
    config: { header_name: correlationHeader, generator: 'uuid#counter', echo_downstream: true },
  },
  ...(kind === 'kong' ? [{ name: 'pre-function' as const, config: { access: [userIdScript] } }] : []),
  {
    name: 'prometheus',
    config: { status_code_metrics: true, latency_metrics: true, bandwidth_metrics: true },
  },
  { name: 'request-size-limiting', config: { allowed_payload_size: maxBodyMiB, size_unit: 'megabytes' } },
  { name: 'request-transformer', config: { remove: { headers: kongsOwnHeaders } } },
];

const tokenPlugin: KongPlugin = {
  name: 'jwt',
  config: {
    key_claim_name: 'iss',
    claims_to_verify: ['exp'],
    run_on_preflight: true,
    uri_param_names: [],
    cookie_names: [],
    header_names: ['authorization'],
  },
};

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

/** A header is taken away before it is added: Kong adds only what the client did not send. */
function headersPlugin(addHeaders: Route['addHeaders']): readonly KongPlugin[] {
  const names = Object.keys(addHeaders).sort();
  if (names.length === 0) return [];
  return [
    {
      name: 'request-transformer',
      config: {
        remove: { headers: [...kongsOwnHeaders, ...names] },
        add: { headers: names.map((name) => `${name}:${addHeaders[name]}`) },
      },
    },
  ];
}

/**
 * Plugins of one route; where one of them has the name of a platform plugin, it takes its place. None where API Management stands
 * before Kong, and has done all of it.
 */
export const routePlugins = (
  route: Route,
  gateway: Pick<Gateway, 'kind' | 'requestsPerMinute'>,
  counter: LimitsCounter,
): readonly KongPlugin[] =>
  gateway.kind === 'api-management'
    ? []
    : [
        ...(route.authentication === 'token' ? [tokenPlugin] : []),
        limitPlugin(route, route.requestsPerMinute ?? gateway.requestsPerMinute, counter),
        ...headersPlugin(route.addHeaders),
      ];
