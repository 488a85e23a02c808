import type { Gateway } from '../nouns/gateway';
import { gatewayPort, gatewayStatusPort } from '../ports';
import { verifyDepth } from './configuration';
import { loadsPlugin } from './loads';
import { gatewayPlugins, tracesPlugin } from './plugins';
import { sandboxModule } from './user-id';

/** The one directory that Kong writes to, in memory. */
export const gatewayDirectory = '/tmp/kong';

/**
 * How long Kong keeps idle connections, in seconds. The side that receives requests must be the later one to close a
 * connection, or a request meets a closed door: a balancer closes 5 seconds after its longest answer, and not before 65.
 */
export const keepAliveSeconds = (longestTimeoutSeconds: number) => ({
  fromBalancer: Math.max(60, longestTimeoutSeconds) + 15,
  toServices: 60,
});

/** Path at the status port that answers 200 once the configuration is loaded, and 503 while the gateway drains. */
export const gatewayReadyPath = '/status/ready';

/** Requests that were begun get this long, in seconds; Fargate stops a container after 120 at the latest. */
export const gatewayDrainSeconds = 90;

const logFields = {
  time: '$time_iso8601',
  correlationId: '$http_x_correlation_id',
  client: '$remote_addr',
  method: '$request_method',
  path: '$uri',
  status: '$status',
  bytes: '$body_bytes_sent',
  seconds: '$request_time',
  upstream: '$upstream_addr',
  upstreamStatus: '$upstream_status',
  upstreamSeconds: '$upstream_response_time',
  agent: '$http_user_agent',
} as const;

export interface GatewaySettings {
  readonly gateway: Pick<Gateway, 'capacity' | 'maxBodyMiB'>;
  /** Address ranges of the proxies whose word about a client's address is believed. */
  readonly trustedRanges: readonly string[];
  /** The longest that a service behind the gateway may take, in seconds. */
  readonly longestTimeoutSeconds: number;
  /** Requests that were begun get this long before the gateway stops, in seconds. */
  readonly drainSeconds: number;
  /**
   * Files of a certificate and its key, in PEM, which the gateway shows on both ports, so that whoever calls can verify it.
   *
   * @default - the gateway makes one for requests when it starts, and reports its health without
   */
  readonly certificate?: { readonly certificate: string; readonly key: string };
  /** Share of requests of which the gateway begins a trace, in percent. @default - it tells of none itself */
  readonly tracedPercent?: number | undefined;
  /** Whether it tells load tests from everybody else. @default false */
  readonly admitsLoads?: boolean;
}

/** What differs for a gateway that tells of requests: of each as a whole, and not of every step on its way. */
const tracesEnvironment = (tracedPercent: number) => ({
  KONG_TRACING_INSTRUMENTATIONS: 'request',
  KONG_TRACING_SAMPLING_RATE: String(tracedPercent / 100),
});

/** What differs for a gateway that has a certificate of its own. */
const certificateEnvironment = ({ certificate, key }: NonNullable<GatewaySettings['certificate']>) => ({
  KONG_SSL_CERT: certificate,
  KONG_SSL_CERT_KEY: key,
  KONG_STATUS_LISTEN: `0.0.0.0:${gatewayStatusPort} ssl`,
  KONG_STATUS_SSL_CERT: certificate,
  KONG_STATUS_SSL_CERT_KEY: key,
});

/**
 * Kong's settings, for a file system that is read-only but for `/tmp`: no database, no administration, TLS on the way in, with a certificate that Kong makes at its start or with one that it is given, verified TLS on the way out.
 */
export function kongEnvironment(settings: GatewaySettings): Readonly<Record<string, string>> {
  const {
    admitsLoads = false,
    certificate,
    drainSeconds,
    gateway,
    longestTimeoutSeconds,
    tracedPercent,
    trustedRanges,
  } = settings;
  const loaded = [
    ...gatewayPlugins,
    ...(tracedPercent === undefined ? [] : [tracesPlugin]),
    ...(admitsLoads ? [loadsPlugin] : []),
  ];
  const keepAlive = keepAliveSeconds(longestTimeoutSeconds);
  return {
    KONG_DATABASE: 'off',
    KONG_PREFIX: gatewayDirectory,
    KONG_LMDB_MAP_SIZE: '128m',
    KONG_PLUGINS: loaded.join(','),
    KONG_VAULTS: 'env',
    KONG_UNTRUSTED_LUA: 'sandbox',
    KONG_UNTRUSTED_LUA_SANDBOX_REQUIRES: sandboxModule,
    KONG_ANONYMOUS_REPORTS: 'off',
    KONG_REQUEST_DEBUG: 'off',

    KONG_PROXY_LISTEN: `0.0.0.0:${gatewayPort} ssl reuseport backlog=16384`,
    KONG_STATUS_LISTEN: `0.0.0.0:${gatewayStatusPort}`,
    KONG_ADMIN_LISTEN: 'off',
    KONG_ADMIN_GUI_LISTEN: 'off',
    KONG_SSL_CIPHER_SUITE: 'intermediate',

    KONG_TRUSTED_IPS: trustedRanges.join(','),
    KONG_NGINX_PROXY_REAL_IP_HEADER: 'X-Forwarded-For',
    KONG_NGINX_PROXY_REAL_IP_RECURSIVE: 'on',
    KONG_HEADERS: 'off',
    KONG_ERROR_DEFAULT_TYPE: 'application/json',

    KONG_LUA_SSL_TRUSTED_CERTIFICATE: 'system',
    KONG_LUA_SSL_VERIFY_DEPTH: String(verifyDepth),
    // nginx reads the trusted authorities only where verification is on for all.
    KONG_NGINX_PROXY_PROXY_SSL_VERIFY: 'on',
    KONG_NGINX_PROXY_PROXY_SSL_VERIFY_DEPTH: String(verifyDepth),
    KONG_NGINX_PROXY_PROXY_SSL_TRUSTED_CERTIFICATE: '/etc/ssl/certs/ca-certificates.crt',
    KONG_DNS_ORDER: 'LAST,A,CNAME',
    KONG_UPSTREAM_KEEPALIVE_IDLE_TIMEOUT: String(keepAlive.toServices),
    // A request that timed out may have done its work; only one that never arrived is sent again.
    KONG_NGINX_PROXY_PROXY_NEXT_UPSTREAM: 'error',
    // Long answers wait in the service, not in the gateway's memory.
    KONG_NGINX_PROXY_PROXY_MAX_TEMP_FILE_SIZE: '0',

    KONG_NGINX_HTTP_KEEPALIVE_TIMEOUT: `${keepAlive.fromBalancer}s`,
    KONG_NGINX_HTTP_CLIENT_MAX_BODY_SIZE: `${gateway.maxBodyMiB}m`,
    KONG_NGINX_MAIN_WORKER_PROCESSES: String(Math.max(1, Math.floor(gateway.capacity.vcpu))),
    KONG_NGINX_MAIN_WORKER_SHUTDOWN_TIMEOUT: `${drainSeconds}s`,

    KONG_LOG_LEVEL: 'notice',
    KONG_NGINX_HTTP_LOG_FORMAT: `gateway escape=json '${JSON.stringify(logFields)}'`,
    KONG_PROXY_ACCESS_LOG: '/dev/stdout gateway',
    KONG_PROXY_ERROR_LOG: '/dev/stderr',
    KONG_STATUS_ACCESS_LOG: 'off',
    KONG_STATUS_ERROR_LOG: '/dev/stderr',
    ...(certificate === undefined ? {} : certificateEnvironment(certificate)),
    ...(tracedPercent === undefined ? {} : tracesEnvironment(tracedPercent)),
  };
}
