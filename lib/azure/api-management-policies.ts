import { formatRange, parseRange } from '../platform/address';
import { correlationHeader } from '../platform/gateway/correlation';
import { releaseHeader } from '../platform/gateway/release-header';
import { keyIds, longestSeconds, type KeyId } from '../platform/gateway/token-keys';
import { userIdHeader } from '../platform/gateway/user-id';
import { loadMark } from '../platform/load-tests/admitted';
import type { ApiManagement } from '../platform/nouns/gateway';
import type { Route } from '../platform/nouns/service';

/** A part of a policy: its name, what it is told, what stands in it. */
interface Element {
  readonly name: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly children?: readonly (Element | string)[];
}

const element = (
  name: string,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly (Element | string)[]
): Element => ({ name, attributes, children });

/** Expressions hold double quotes, so attributes have single ones; Azure reads an expression as it stands, and would take an entity for code. */
function attribute([name, value]: readonly [string, string]): string {
  if (/['<&]/.test(value)) throw new Error(`${name} of a policy must be without ', < and &, got ${value}`);
  return ` ${name}='${value}'`;
}

function lines({ attributes = {}, children = [], name }: Element, indent: string): readonly string[] {
  const start = `${indent}<${name}${Object.entries(attributes).map(attribute).join('')}`;
  const [only] = children;
  if (only === undefined) return [`${start} />`];
  if (children.length === 1 && typeof only === 'string') return [`${start}>${only}</${name}>`];
  return [
    `${start}>`,
    ...children.flatMap((child) => (typeof child === 'string' ? [`${indent}  ${child}`] : lines(child, `${indent}  `))),
    `${indent}</${name}>`,
  ];
}

const base = element('base');

/** The four parts that every policy has; each but the outermost has those of its surroundings. */
const policy = (
  parts: Readonly<Partial<Record<'backend' | 'inbound' | 'on-error' | 'outbound', readonly Element[]>>>,
) =>
  `${lines(
    element(
      'policies',
      {},
      ...(['inbound', 'backend', 'outbound', 'on-error'] as const).map((part) =>
        element(part, {}, ...(parts[part] ?? [base])),
      ),
    ),
    '',
  ).join('\n')}\n`;

const setHeader = (name: string, value: string, exists: 'override' | 'skip' = 'override'): Element =>
  element('set-header', { name, 'exists-action': exists }, element('value', {}, value));
const takeHeader = (name: string): Element => element('set-header', { name, 'exists-action': 'delete' });

const refuse = (condition: string, code: number, reason: string): Element =>
  element(
    'choose',
    {},
    element(
      'when',
      { condition },
      element('return-response', {}, element('set-status', { code: String(code), reason })),
    ),
  );

const header = (name: string, other = ''): string => `context.Request.Headers.GetValueOrDefault("${name}", "${other}")`;

/** Variables of a request. */
const variables = { client: 'client', token: 'token' } as const;

/**
 * A pattern of the addresses of a range as texts, by whole numbers between dots.
 *
 * @throws Error if the text is no range, or one of a prefix that a network may not have.
 */
export function rangePattern(range: string): string {
  const parsed = parseRange(range);
  if (parsed === undefined || parsed.prefix < 16 || parsed.prefix > 24) {
    throw new Error(`must be an address range of prefix /16 to /24, got ${range}`);
  }
  const [one = '', two = '', three = '0'] = formatRange({ first: parsed.first, prefix: 32 }).split('.');
  const beginning = `^${one}[.]${two}[.]`;
  if (parsed.prefix === 16) return beginning;
  const thirds = Array.from({ length: 2 ** (24 - parsed.prefix) }, (_, index) => Number(three) + index);
  return `${beginning}(?:${thirds.join('|')})[.]`;
}

export interface PlatformPolicy {
  readonly gateway: Pick<ApiManagement, 'maxBodyMiB'>;
  /** Range of the site's network: whoever comes from there is a proxy of the platform. */
  readonly cidr: string;
  readonly domain: string;
}

/**
 * What holds for every request: who asked is the last address that no proxy of the platform has; what only the gateway may say is taken
 * away; a request has a correlation id, in its answer too.
 */
export const platformPolicy = ({ cidr, domain, gateway }: PlatformPolicy): string => {
  const answer = setHeader(correlationHeader, `@(${header(correlationHeader)})`);
  // 44 is a comma: single quotes would end the attribute.
  const parts = `${header('X-Forwarded-For')}.Split((char)44).Select(part => part.Trim())`;
  // An application gateway writes the port behind an address.
  const bare = String.raw`System.Text.RegularExpressions.Regex.Replace(part, "^([0-9.]+):[0-9]+$", "$1")`;
  const last = `.LastOrDefault(part => !System.Text.RegularExpressions.Regex.IsMatch(part, "${rangePattern(cidr)}"))`;
  const client = `@(${parts}.Select(part => ${bare})${last} ?? "nobody")`;
  return policy({
    inbound: [
      setHeader(correlationHeader, '@(context.RequestId.ToString())', 'skip'),
      takeHeader(userIdHeader),
      takeHeader(releaseHeader),
      element('set-variable', { name: variables.client, value: client }),
      setHeader('X-Forwarded-Host', domain),
      setHeader('X-Forwarded-Proto', 'https'),
      // The application gateway asks by HTTP/1.1, where a body has a length that is kept to or comes in chunks, whose sum nobody knows before.
      refuse('@(context.Request.Headers.ContainsKey("Transfer-Encoding"))', 411, 'Length Required'),
      refuse(
        `@(long.Parse(${header('Content-Length', '0')}) > ${gateway.maxBodyMiB * 1024 * 1024}L)`,
        413,
        'Payload Too Large',
      ),
    ],
    // How long a service may take is for each API to say.
    backend: [element('forward-request', { timeout: '30', 'follow-redirects': 'false' })],
    outbound: [answer],
    'on-error': [answer],
  });
};

/** Name of the value that verifies tokens of a key. */
export const tokenModulus = (id: KeyId): string => `token-modulus-${id}`;

/** A genuine token of the issuer, not expired, whose subject can stand in a header. */
const verify = (tokens: ApiManagement['tokens']): readonly Element[] => [
  element(
    'validate-jwt',
    {
      'header-name': 'Authorization',
      'require-scheme': 'Bearer',
      'failed-validation-httpcode': '401',
      'failed-validation-error-message': 'Unauthorized',
      'require-expiration-time': 'true',
      'require-signed-tokens': 'true',
      'output-token-variable-name': variables.token,
    },
    element(
      'issuer-signing-keys',
      {},
      ...keyIds.map((id) => element('key', { id, n: `{{${tokenModulus(id)}}}`, e: 'AQAB' })),
    ),
    element('issuers', {}, element('issuer', {}, tokens.issuer)),
  ),
  refuse(
    `@(((Jwt)context.Variables["${variables.token}"]).ExpirationTime > DateTime.UtcNow.AddSeconds(${longestSeconds(tokens)}))`,
    401,
    'Unauthorized',
  ),
  refuse(
    `@(!System.Text.RegularExpressions.Regex.IsMatch(((Jwt)context.Variables["${variables.token}"]).Subject ?? "", "^[A-Za-z0-9_.:|@-]{1,128}$"))`,
    401,
    'Unauthorized',
  ),
  setHeader(userIdHeader, `@(((Jwt)context.Variables["${variables.token}"]).Subject)`),
];

export interface RoutePolicy {
  /** Name of the route, under which its requests are counted. */
  readonly name: string;
  readonly route: Route;
  readonly gateway: Pick<ApiManagement, 'requestsPerMinute' | 'tokens'>;
  /** Pool of the service's versions. */
  readonly backend: string;
  /** The service may take so long, in seconds. */
  readonly timeoutSeconds: number;
  /** Requests a minute that an address may make whose requests have the mark of load tests. @default - no request is marked */
  readonly loadPerMinute?: number | undefined;
}

/** How often whoever is counted may ask in a minute. Only where an address is counted, the mark of load tests says more. */
function callsOf({ gateway, loadPerMinute, route }: RoutePolicy): string {
  const own = String(route.requestsPerMinute ?? gateway.requestsPerMinute);
  return loadPerMinute === undefined || route.authentication === 'token'
    ? own
    : `@(${header(loadMark.header)} == "${loadMark.value}" ? ${loadPerMinute} : ${own})`;
}

/** What holds for a route: whose token, how often, what is added, and where it goes. */
export function routePolicy(props: RoutePolicy): string {
  const { backend, gateway, loadPerMinute, name, route, timeoutSeconds } = props;
  const whose =
    route.authentication === 'token'
      ? `((Jwt)context.Variables["${variables.token}"]).Subject`
      : `(string)context.Variables["${variables.client}"]`;
  return policy({
    inbound: [
      base,
      ...(route.authentication === 'token' ? verify(gateway.tokens) : []),
      element('rate-limit-by-key', {
        calls: callsOf(props),
        'renewal-period': '60',
        'counter-key': `@("${name}:" + ${whose})`,
        'remaining-calls-header-name': 'X-RateLimit-Remaining-Minute',
        'retry-after-header-name': 'Retry-After',
      }),
      ...(loadPerMinute === undefined ? [] : [takeHeader(loadMark.header)]),
      ...Object.entries(route.addHeaders)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([added, value]) => setHeader(added, value)),
      element('set-backend-service', { 'backend-id': backend }),
    ],
    backend: [
      element('forward-request', {
        timeout: String(timeoutSeconds),
        'follow-redirects': 'false',
        // The pool's circuit breakers count such answers, and look at them themselves.
        'fail-on-error-status-code': 'false',
      }),
    ],
  });
}

/** How whoever asks whether the site can take requests is answered: by the door of the cluster, so that both are asked. */
export const healthPolicy = (backend: string, path: string): string =>
  policy({
    inbound: [
      base,
      element('set-backend-service', { 'backend-id': backend }),
      element('rewrite-uri', { template: path, 'copy-unmatched-params': 'false' }),
    ],
  });
