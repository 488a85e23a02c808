/** A JSON Web Token check (priority 1450). */
export interface JwtConfig {
  readonly key_claim_name: 'kid';
  readonly claims_to_verify: readonly 'exp'[];
  /** Seconds for which a token may still be good. */
  readonly maximum_expiration: number;
  readonly run_on_preflight: boolean;
  /** Tokens in the address end up in logs, so the list is empty. */
  readonly uri_param_names: readonly string[];
  readonly cookie_names: readonly string[];
  readonly header_names: readonly string[];
}

/** Who has a key in a header; whoever has none is the consumer that is named, and goes on (priority 1250). */
export interface KeyAuthConfig {
  readonly key_names: readonly string[];
  readonly key_in_header: true;
  readonly key_in_query: false;
  readonly key_in_body: false;
  /** No service sees it. */
  readonly hide_credentials: true;
  readonly anonymous: string;
}

/** A limit on requests, counted in Redis (priority 910). */
export interface RateLimitingConfig {
  readonly minute: number;
  readonly limit_by: 'ip' | 'header';
  readonly header_name?: string;
  readonly policy: 'redis';
  readonly fault_tolerant: boolean;
  readonly hide_client_headers: boolean;
  readonly redis: {
    readonly host: string;
    readonly port: number;
    readonly username: string;
    readonly password: string;
    readonly ssl: boolean;
    readonly ssl_verify: boolean;
    /** Whose name the certificate must bear. */
    readonly server_name?: string;
    /** Milliseconds. */
    readonly timeout: number;
  };
}

/** Headers and fields of a query: names, or `name:value`. */
export interface RequestChange {
  readonly headers?: readonly string[];
  readonly querystring?: readonly string[];
}

/** What is taken away, then what has another name, then the path, then what is added (priority 801). */
export interface RequestTransformerConfig {
  readonly remove: RequestChange & { readonly headers: readonly string[] };
  readonly rename?: RequestChange;
  readonly replace?: { readonly uri: string };
  readonly add?: RequestChange;
}

/** Lua that runs before every other plugin (priority 1000000). */
export interface PreFunctionConfig {
  readonly access: readonly string[];
}

export interface CorrelationIdConfig {
  readonly header_name: string;
  readonly generator: 'uuid#counter';
  readonly echo_downstream: boolean;
}

export interface PrometheusConfig {
  readonly status_code_metrics: boolean;
  readonly latency_metrics: boolean;
  readonly bandwidth_metrics: boolean;
}

/** Traces of requests by OTLP over HTTP (priority 14). What share of them is kept, the gateway's settings say. */
export interface OpenTelemetryConfig {
  readonly traces_endpoint: string;
  readonly resource_attributes: Readonly<Record<string, string>>;
  readonly propagation: {
    /** Formats in which a trace that somebody began is gone on with; none begins one for each request. */
    readonly extract: readonly 'w3c'[];
    /** Headers that are taken off. */
    readonly clear: readonly string[];
    /** Formats in which services are told. */
    readonly inject: readonly 'w3c'[];
    readonly default_format: 'w3c';
  };
}

export interface RequestSizeLimitingConfig {
  readonly allowed_payload_size: number;
  /** Kong counts 1,048,576 bytes to one of its megabytes. */
  readonly size_unit: 'megabytes';
}

/** An answer without a service behind it (priority 2). */
export interface RequestTerminationConfig {
  readonly status_code: number;
  readonly content_type: string;
  readonly body: string;
}

/** What each plugin is told, by its name. */
export interface PluginConfigs {
  readonly jwt: JwtConfig;
  readonly 'key-auth': KeyAuthConfig;
  readonly 'rate-limiting': RateLimitingConfig;
  readonly 'request-transformer': RequestTransformerConfig;
  readonly 'pre-function': PreFunctionConfig;
  readonly 'correlation-id': CorrelationIdConfig;
  readonly opentelemetry: OpenTelemetryConfig;
  readonly prometheus: PrometheusConfig;
  readonly 'request-size-limiting': RequestSizeLimitingConfig;
  readonly 'request-termination': RequestTerminationConfig;
}

export type KongPluginName = keyof PluginConfigs;

export type KongPlugin = {
  readonly [Name in KongPluginName]: { readonly name: Name; readonly config: PluginConfigs[Name] };
}[KongPluginName];

export interface KongRoute {
  readonly name: string;
  readonly tags: readonly string[];
  readonly protocols: readonly ('http' | 'https')[];
  /** Never left out: Kong ranks a route by the number of its conditions before it looks at the path. */
  readonly methods: readonly string[];
  /** One regular expression, behind `~`. */
  readonly paths: readonly string[];
  /** Higher wins. */
  readonly regex_priority: number;
  readonly strip_path: boolean;
  readonly preserve_host: boolean;
  readonly request_buffering: boolean;
  readonly response_buffering: boolean;
  readonly plugins: readonly KongPlugin[];
}

export interface KongService {
  readonly name: string;
  readonly url: string;
  /** Milliseconds. */
  readonly connect_timeout: number;
  /** Milliseconds. */
  readonly write_timeout: number;
  /** Milliseconds. */
  readonly read_timeout: number;
  readonly retries: number;
  readonly tls_verify?: boolean;
  readonly tls_verify_depth?: number;
  /** Plugins of all of its routes, which count together. @default - none but those of each route */
  readonly plugins?: readonly KongPlugin[];
  readonly routes: readonly KongRoute[];
}

export interface KongConsumer {
  readonly username: string;
  readonly jwt_secrets?: readonly {
    readonly key: string;
    readonly algorithm: 'RS256';
    readonly rsa_public_key: string;
  }[];
  readonly keyauth_credentials?: readonly { readonly key: string }[];
  /** Take the place of those of routes and services with the same name. */
  readonly plugins?: readonly KongPlugin[];
}

/** What Kong 3.9 reads in place of a database. */
export interface KongDeclarative {
  readonly _format_version: '3.0';
  readonly _transform: true;
  readonly consumers: readonly KongConsumer[];
  readonly plugins: readonly KongPlugin[];
  /** Routes without a service behind them. @default - none */
  readonly routes?: readonly KongRoute[];
  readonly services: readonly KongService[];
}
