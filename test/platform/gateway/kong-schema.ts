import type { KongPluginName } from '../../../lib/platform/gateway/document';

/** Type of a field as Kong names it, or the fields of a record. */
export type Field =
  | 'string'
  | 'boolean'
  | 'integer'
  | 'number'
  | 'strings'
  | readonly string[]
  | { readonly record: Fields }
  | { readonly texts: 'any name' }
  | { readonly list: Fields };
export type Fields = Readonly<Record<string, Field>>;

const body = { record: { body: 'strings', headers: 'strings', querystring: 'strings' } } as const;

/** Fields of each plugin's `config` in Kong 3.9.3, from the plugin's `schema.lua`. */
export const pluginFields: Readonly<Record<KongPluginName, Fields>> = {
  jwt: {
    uri_param_names: 'strings',
    cookie_names: 'strings',
    key_claim_name: 'string',
    secret_is_base64: 'boolean',
    claims_to_verify: 'strings',
    anonymous: 'string',
    run_on_preflight: 'boolean',
    maximum_expiration: 'number',
    header_names: 'strings',
    realm: 'string',
  },
  'key-auth': {
    key_names: 'strings',
    hide_credentials: 'boolean',
    anonymous: 'string',
    key_in_header: 'boolean',
    key_in_query: 'boolean',
    key_in_body: 'boolean',
    run_on_preflight: 'boolean',
    realm: 'string',
  },
  'rate-limiting': {
    second: 'number',
    minute: 'number',
    hour: 'number',
    day: 'number',
    month: 'number',
    year: 'number',
    limit_by: ['consumer', 'credential', 'ip', 'service', 'header', 'path'],
    header_name: 'string',
    path: 'string',
    policy: ['local', 'redis'],
    fault_tolerant: 'boolean',
    redis: {
      record: {
        host: 'string',
        port: 'integer',
        timeout: 'integer',
        username: 'string',
        password: 'string',
        database: 'integer',
        ssl: 'boolean',
        ssl_verify: 'boolean',
        server_name: 'string',
      },
    },
    hide_client_headers: 'boolean',
    error_code: 'number',
    error_message: 'string',
    sync_rate: 'number',
  },
  'correlation-id': {
    header_name: 'string',
    generator: ['uuid', 'uuid#counter', 'tracker'],
    echo_downstream: 'boolean',
  },
  prometheus: {
    per_consumer: 'boolean',
    status_code_metrics: 'boolean',
    ai_metrics: 'boolean',
    latency_metrics: 'boolean',
    bandwidth_metrics: 'boolean',
    upstream_health_metrics: 'boolean',
  },
  opentelemetry: {
    traces_endpoint: 'string',
    logs_endpoint: 'string',
    resource_attributes: { texts: 'any name' },
    http_response_header_for_traceid: 'string',
    sampling_rate: 'number',
    propagation: {
      record: { extract: 'strings', clear: 'strings', inject: 'strings', default_format: ['w3c', 'b3'] },
    },
  },
  'request-termination': {
    status_code: 'integer',
    message: 'string',
    content_type: 'string',
    body: 'string',
    echo: 'boolean',
    trigger: 'string',
  },
  'request-size-limiting': {
    allowed_payload_size: 'integer',
    size_unit: ['megabytes', 'kilobytes', 'bytes'],
    require_content_length: 'boolean',
  },
  'request-transformer': {
    http_method: 'string',
    remove: body,
    rename: body,
    replace: { record: { ...body.record, uri: 'string' } },
    add: body,
    append: body,
  },
  'pre-function': {
    certificate: 'strings',
    rewrite: 'strings',
    access: 'strings',
    header_filter: 'strings',
    body_filter: 'strings',
    log: 'strings',
  },
};

/** Routes, of a service or of none. */
const routes = {
  list: {
    name: 'string',
    protocols: 'strings',
    https_redirect_status_code: 'integer',
    strip_path: 'boolean',
    preserve_host: 'boolean',
    request_buffering: 'boolean',
    response_buffering: 'boolean',
    tags: 'strings',
    methods: 'strings',
    hosts: 'strings',
    paths: 'strings',
    regex_priority: 'integer',
    path_handling: ['v0', 'v1'],
  },
} as const satisfies Field;

/** Fields of the entities in Kong 3.9.3; plugins are looked up by name. */
export const entityFields = {
  document: {
    _format_version: ['3.0'],
    _transform: 'boolean',
    consumers: {
      list: {
        username: 'string',
        custom_id: 'string',
        tags: 'strings',
        jwt_secrets: { list: { key: 'string', secret: 'string', rsa_public_key: 'string', algorithm: ['RS256'] } },
        keyauth_credentials: { list: { key: 'string', ttl: 'integer', tags: 'strings' } },
      },
    },
    routes,
    services: {
      list: {
        name: 'string',
        url: 'string',
        retries: 'integer',
        connect_timeout: 'integer',
        write_timeout: 'integer',
        read_timeout: 'integer',
        tags: 'strings',
        tls_verify: 'boolean',
        tls_verify_depth: 'integer',
        ca_certificates: 'strings',
        enabled: 'boolean',
        routes,
      },
    },
  },
} as const satisfies Readonly<Record<string, Fields>>;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function valueProblems(path: string, field: Field, value: unknown): readonly string[] {
  const wrong = (expected: string) => [`${path} must be ${expected}, got ${JSON.stringify(value)}`];
  if (field === 'strings') {
    return Array.isArray(value) && value.every((item) => typeof item === 'string') ? [] : wrong('a list of strings');
  }
  if (field === 'integer') return Number.isInteger(value) ? [] : wrong('an integer');
  if (typeof field === 'string') return typeof value === field ? [] : wrong(`a ${field}`);
  if (Array.isArray(field)) return field.includes(value) ? [] : wrong(`one of ${field.join(', ')}`);
  if ('record' in field) return isRecord(value) ? recordProblems(path, field.record, value) : wrong('a record');
  if ('texts' in field) {
    return isRecord(value) && Object.values(value).every((each) => typeof each === 'string') ? [] : wrong('texts');
  }
  if (!('list' in field)) return [];
  return Array.isArray(value)
    ? value.flatMap((item, index) => recordProblems(`${path}.${index}`, field.list, item as Record<string, unknown>))
    : wrong('a list');
}

function recordProblems(path: string, fields: Fields, record: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.entries(record).flatMap(([name, value]) => {
    const at = `${path}.${name}`;
    if (name === 'plugins') return pluginProblems(at, value);
    const field = fields[name];
    return field === undefined ? [`${at} is unknown to Kong`] : valueProblems(at, field, value);
  });
}

function pluginProblems(path: string, plugins: unknown): readonly string[] {
  if (!Array.isArray(plugins)) return [`${path} must be a list`];
  return plugins.flatMap((plugin: { readonly name: string; readonly config: Record<string, unknown> }, index) => {
    const fields = (pluginFields as Readonly<Record<string, Fields>>)[plugin.name];
    const at = `${path}.${index}`;
    return fields === undefined
      ? [`${at}.name ${plugin.name} is unknown to Kong`]
      : recordProblems(`${at}.config`, fields, plugin.config);
  });
}

/** Everything in a document that Kong 3.9.3 would refuse for its name or type. */
export const schemaProblems = (document: object): readonly string[] =>
  recordProblems('document', entityFields.document, document as Record<string, unknown>);
