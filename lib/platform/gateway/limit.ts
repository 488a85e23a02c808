import type { KongPlugin, RateLimitingConfig } from './document';
import { gatewayVariables, placeholder, vaultReference, type LimitsCounter } from './references';

/** A counter that does not answer by then is passed over. */
const cacheTimeoutMilliseconds = 200;

export interface Limit {
  /** Requests a minute. */
  readonly minute: number;
  /** Whose requests are counted together. */
  readonly by: Pick<RateLimitingConfig, 'header_name' | 'limit_by'>;
  readonly counter: LimitsCounter;
}

/** A limit on requests. While the counters are out of reach, requests pass. */
export function limitPlugin({ by, counter, minute }: Limit): KongPlugin {
  const { cacheHost: host = placeholder(gatewayVariables.cacheHost), cachePort: port, cacheTls: tls = true } = counter;
  return {
    name: 'rate-limiting',
    config: {
      minute,
      ...by,
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
