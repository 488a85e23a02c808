import type { ApplicationGatewayConfig } from '@cdktf/provider-azurerm/lib/application-gateway';
import { parseRange, formatRange, sizeOf } from '../platform/address';
import { gatewayBackend } from '../platform/azure-gateway';
import { failoverContainers, leaderBlob, leaderPath } from '../platform/failover-store';
import { pageHeader, responseHeaders } from './edge-headers';
import { filePattern, pageOf, type EdgeAssets } from './edge-pages';

/** The gateway as an application gateway calls it. */
export interface GatewayTarget {
  /** Where it is: the balancer in front of Kong, or API Management at its private endpoint. */
  readonly at: { readonly ipAddresses: string[] } | { readonly fqdns: string[] };
  /** Name that its certificate has, and that it is asked for. */
  readonly host: string;
  readonly port: number;
  /** Port at which it tells of its health. */
  readonly statusPort: number;
}

/** What an application gateway serves, and from where. */
export interface ServedSite {
  /** Names under which the site is reached, the platform's domain first; all of them are on the certificate. */
  readonly hosts: readonly string[];
  readonly gateway: GatewayTarget;
  /** Paths of the API, without a slash at their end. */
  readonly apiPaths: readonly string[];
  readonly assets: EdgeAssets;
  /** Paths of files, where a service makes the pages. @default - every path that is not the API's is a file, or the one page */
  readonly filePaths?: readonly string[];
  /** Whether the site shows who leads: it does if it may have to take over. */
  readonly showsLeader: boolean;
  /** The longest that the gateway takes to answer, in seconds. */
  readonly longestTimeoutSeconds: number;
}

/**
 * The last address of a range that is anybody's to give: instances take theirs from the beginning.
 *
 * @throws Error if the text is no range.
 */
export function lastAddress(text: string): string {
  const range = parseRange(text);
  if (range === undefined) throw new Error(`must be an address range, got ${text}`);
  const [address = ''] = formatRange({ first: range.first + sizeOf(range.prefix) - 2, prefix: 32 }).split('/');
  return address;
}

/** Names inside an application gateway. */
export const words = {
  assets: 'assets',
  certificate: 'domain',
  gateway: 'gateway',
  leader: 'leader',
  pages: 'pages',
  plain: 'plain',
  private: 'private',
  privateLink: 'front-door',
  public: 'public',
  site: 'site',
  status: 'status',
} as const;

/** How long requests that were begun may take to end when the balancer's address changes, in seconds. */
const drainSeconds = 60;

type Part<Key extends keyof ApplicationGatewayConfig> = Pick<ApplicationGatewayConfig, Key>;

/** Where requests go: to the gateway, to its own status, and to the files. All of them by TLS with a verified certificate. */
export function backends({
  assets,
  gateway,
  longestTimeoutSeconds,
}: ServedSite): Part<'backendAddressPool' | 'backendHttpSettings' | 'probe'> {
  const settings = (name: string, host: string, port: number, probe: string, timeoutSeconds: number) => ({
    name,
    protocol: 'Https',
    port,
    hostName: host,
    cookieBasedAffinity: 'Disabled',
    requestTimeout: timeoutSeconds,
    probeName: probe,
    connectionDraining: { enabled: true, drainTimeoutSec: drainSeconds },
  });
  const probe = (name: string, host: string, port: number, path: string) => ({
    name,
    protocol: 'Https',
    host,
    port,
    path,
    interval: 10,
    timeout: 5,
    unhealthyThreshold: 3,
    match: { statusCode: ['200'] },
  });
  const { healthPath } = gatewayBackend;
  const { at, host, port, statusPort } = gateway;
  const answerSeconds = longestTimeoutSeconds + 5;
  return {
    backendAddressPool: [
      { name: words.gateway, ...at },
      { name: words.assets, fqdns: [assets.host] },
    ],
    backendHttpSettings: [
      settings(words.gateway, host, port, words.gateway, answerSeconds),
      settings(words.status, host, statusPort, words.gateway, 5),
      settings(words.assets, assets.host, 443, words.assets, 30),
    ],
    probe: [probe(words.gateway, host, statusPort, healthPath), probe(words.assets, assets.host, 443, pageOf(assets))],
  };
}

const isFile = (negate: boolean) => [{ variable: 'var_uri_path', pattern: filePattern('/'), ignoreCase: true, negate }];

/** What answers carry, and where files lie. */
export function rewrites({
  assets,
  filePaths,
  showsLeader,
}: Pick<ServedSite, 'assets' | 'filePaths' | 'showsLeader'>): Part<'rewriteRuleSet'> {
  const headers = {
    name: 'headers',
    ruleSequence: 100,
    responseHeaderConfiguration: Object.entries(responseHeaders).map(([headerName, headerValue]) => ({
      headerName,
      headerValue,
    })),
  };
  const to = (path: string) => ({ url: { path, components: 'path_only', reroute: false } });
  const path = (name: string, ruleSequence: number, isPage: boolean, place: string) => ({
    name,
    ruleSequence,
    condition: isFile(isPage),
    ...to(place),
  });
  const leader = { name: 'leader', ruleSequence: 200, ...to(`/${failoverContainers.leader}/${leaderBlob}`) };
  return {
    rewriteRuleSet: [
      { name: words.gateway, rewriteRule: [headers] },
      {
        name: words.assets,
        rewriteRule:
          filePaths === undefined
            ? [
                headers,
                path('file', 200, false, `/${assets.container}{var_uri_path}`),
                path('page', 300, true, pageOf(assets)),
              ]
            : [headers, { name: 'file', ruleSequence: 200, ...to(`/${assets.container}{var_uri_path}`) }],
      },
      ...(filePaths === undefined ? [] : [{ name: words.pages, rewriteRule: pageHeaders(headers) }]),
      ...(showsLeader ? [{ name: words.leader, rewriteRule: [headers, leader] }] : []),
    ],
  };
}

/** A page that says what it may load keeps what it says; one that says nothing gets the strict answer. */
function pageHeaders(headers: {
  readonly ruleSequence: number;
  readonly responseHeaderConfiguration: readonly Header[];
}) {
  const isOwn = ({ headerName }: Header): boolean => headerName === pageHeader;
  const all = headers.responseHeaderConfiguration;
  return [
    { ...headers, name: 'headers', responseHeaderConfiguration: all.filter((each) => !isOwn(each)) },
    {
      name: 'strict',
      ruleSequence: headers.ruleSequence + 50,
      condition: [{ variable: `http_resp_${pageHeader}`, pattern: '.+', ignoreCase: true, negate: true }],
      responseHeaderConfiguration: all.filter(isOwn),
    },
  ];
}

interface Header {
  readonly headerName: string;
  readonly headerValue: string;
}

/** Which path goes where: the API to the gateway, what says who leads to where it lies, everything else to the files. */
export function paths({
  apiPaths,
  filePaths,
  showsLeader,
}: Pick<ServedSite, 'apiPaths' | 'filePaths' | 'showsLeader'>): Part<'urlPathMap'> {
  const leader = {
    name: 'leader',
    paths: [leaderPath],
    backendAddressPoolName: words.assets,
    backendHttpSettingsName: words.assets,
    rewriteRuleSetName: words.leader,
  };
  const to = (settings: string) => ({
    backendAddressPoolName: words.gateway,
    backendHttpSettingsName: settings,
    rewriteRuleSetName: words.gateway,
  });
  return {
    urlPathMap: [
      {
        name: words.site,
        ...(filePaths === undefined
          ? everythingElse(words.assets, words.assets)
          : everythingElse(words.gateway, words.pages)),
        pathRule: [
          { name: 'health', paths: [gatewayBackend.healthPath], ...to(words.status) },
          { name: 'api', paths: apiPaths.flatMap((path) => [path, `${path}/*`]), ...to(words.gateway) },
          ...(filePaths === undefined ? [] : [files(filePaths)]),
          ...(showsLeader ? [leader] : []),
        ],
      },
    ],
  };
}

const everythingElse = (backend: string, rewrite: string) => ({
  defaultBackendAddressPoolName: backend,
  defaultBackendHttpSettingsName: backend,
  defaultRewriteRuleSetName: rewrite,
});

const files = (filePaths: readonly string[]) => ({
  name: 'files',
  paths: filePaths.flatMap((path) => [path, `${path}/*`]),
  backendAddressPoolName: words.assets,
  backendHttpSettingsName: words.assets,
  rewriteRuleSetName: words.assets,
});

/** Who is heard, and on which of the two frontends: everybody on the public one, Front Door on the private one. */
export function listeners({
  hosts,
}: Pick<ServedSite, 'hosts'>): Part<'frontendPort' | 'httpListener' | 'redirectConfiguration' | 'requestRoutingRule'> {
  const listener = (name: string, frontend: string, protocol: 'Http' | 'Https') => ({
    name,
    frontendIpConfigurationName: frontend,
    frontendPortName: protocol.toLowerCase(),
    protocol,
    hostNames: [...hosts],
    ...(protocol === 'Https' ? { sslCertificateName: words.certificate } : {}),
  });
  const served = (name: string, priority: number) => ({
    name,
    priority,
    httpListenerName: name,
    ruleType: 'PathBasedRouting',
    urlPathMapName: words.site,
  });
  return {
    frontendPort: [
      { name: 'https', port: 443 },
      { name: 'http', port: 80 },
    ],
    httpListener: [
      listener(words.public, words.public, 'Https'),
      listener(words.private, words.private, 'Https'),
      listener(words.plain, words.public, 'Http'),
    ],
    redirectConfiguration: [
      {
        name: 'to-https',
        redirectType: 'Permanent',
        targetListenerName: words.public,
        includePath: true,
        includeQueryString: true,
      },
    ],
    requestRoutingRule: [
      served(words.public, 100),
      served(words.private, 110),
      {
        name: words.plain,
        priority: 120,
        httpListenerName: words.plain,
        ruleType: 'Basic',
        redirectConfigurationName: 'to-https',
      },
    ],
  };
}
