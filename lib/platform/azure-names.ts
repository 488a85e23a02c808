import { digest } from './digest';

/** What names on Azure are made of: whose they are, and on which site. */
export interface SiteNaming {
  /** Name of the platform. */
  readonly name: string;
  /** How names call the site: `production`, or `production-recovery` beside another on Azure. */
  readonly site: string;
  /** The scope in which it stands, which its name then says. @default - it stands in none */
  readonly scope?: string | undefined;
}

/** The same in a scope, or in none. */
export const inScope = <Naming extends SiteNaming>(naming: Naming, scope: string | undefined): Naming =>
  scope === undefined ? naming : { ...naming, scope };

/** The same, with what tells names apart that all customers of Azure share. */
export interface AzureNaming extends SiteNaming {
  readonly subscription: string;
}

/** What every name of a site on Azure begins with. */
export const sitePrefix = ({ name, site }: SiteNaming): string => `${name}-${site}`;

/** Identity on Azure of a service, of the gateway, or of whatever else acts on the site. */
export const azureIdentity = (site: SiteNaming, word: string): string => `id-${sitePrefix(site)}-${word}`;

/** What Azure asks of a name. */
interface NameRule {
  /** What the name begins with: the abbreviation of Microsoft's Cloud Adoption Framework. */
  readonly prefix: string;
  /** Longest name. */
  readonly max: number;
  /** Whether no other customer of Azure may have the name. It then ends with a digest of the platform's own. */
  readonly global?: true;
  /** Whether hyphens are refused. */
  readonly compact?: true;
}

/** Rules by resource: https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules */
const rules = {
  'action-group': { prefix: 'ag', max: 260 },
  'api-management': { prefix: 'apim', max: 50, global: true },
  'application-gateway': { prefix: 'agw', max: 80 },
  'app-configuration': { prefix: 'appcs', max: 50, global: true },
  'application-insights': { prefix: 'appi', max: 260 },
  'backup-vault': { prefix: 'bvault', max: 50 },
  cluster: { prefix: 'aks', max: 63 },
  'cluster-nodes': { prefix: 'rg-nodes', max: 80 },
  'communication-service': { prefix: 'acs', max: 63, global: true },
  'container-registry': { prefix: 'cr', max: 50, global: true, compact: true },
  'cosmos-account': { prefix: 'cosmos', max: 44, global: true },
  'data-collection-endpoint': { prefix: 'dce', max: 44 },
  'data-collection-rule': { prefix: 'dcr', max: 64 },
  'ddos-plan': { prefix: 'ddos', max: 80 },
  'dns-resolver': { prefix: 'dnspr', max: 80 },
  'dns-ruleset': { prefix: 'dnsfrs', max: 80 },
  'email-service': { prefix: 'acse', max: 63, global: true },
  'event-topic': { prefix: 'egst', max: 50 },
  fleet: { prefix: 'fleet', max: 63 },
  'firewall-policy': { prefix: 'waf', max: 128, compact: true },
  'front-door': { prefix: 'afd', max: 260 },
  'front-door-endpoint': { prefix: 'fde', max: 46, global: true },
  'function-app': { prefix: 'func', max: 60, global: true },
  'function-plan': { prefix: 'asp', max: 60 },
  grafana: { prefix: 'amg', max: 23, global: true },
  identity: { prefix: 'id', max: 128 },
  'key-vault': { prefix: 'kv', max: 24, global: true },
  'local-gateway': { prefix: 'lgw', max: 80 },
  'log-workspace': { prefix: 'log', max: 63 },
  'managed-redis': { prefix: 'amr', max: 60, global: true },
  'monitor-workspace': { prefix: 'amw', max: 44 },
  'nat-gateway': { prefix: 'ng', max: 80 },
  'network-security-group': { prefix: 'nsg', max: 80 },
  'postgres-endpoint': { prefix: 'psqlve', max: 63, global: true },
  'postgres-server': { prefix: 'psql', max: 63, global: true },
  'private-endpoint': { prefix: 'pep', max: 80 },
  'private-link-scope': { prefix: 'ampls', max: 255 },
  'public-ip': { prefix: 'pip', max: 80 },
  'resource-group': { prefix: 'rg', max: 90 },
  'route-table': { prefix: 'rt', max: 80 },
  'search-service': { prefix: 'srch', max: 60, global: true },
  'service-bus': { prefix: 'sbns', max: 50, global: true },
  'sql-server': { prefix: 'sql', max: 63, global: true },
  'storage-account': { prefix: 'st', max: 24, global: true, compact: true },
  'virtual-network': { prefix: 'vnet', max: 64 },
  'vpn-connection': { prefix: 'vcn', max: 80 },
  'vpn-gateway': { prefix: 'vpng', max: 80 },
} as const satisfies Record<string, NameRule>;
export type AzureResource = keyof typeof rules;

/**
 * The name of a resource on Azure: `aks-retailflow-production`. A name that all customers of Azure share ends with a digest
 * of the subscription, the platform and the site, and so does one that had to be cut to its longest length.
 */
export function azureName(
  resource: AzureResource,
  { name, scope, site, subscription }: AzureNaming,
  ...ownWords: readonly string[]
): string {
  const rule: NameRule = rules[resource];
  const words = scope === undefined ? ownWords : [scope, ...ownWords];
  const separator = rule.compact === true ? '' : '-';
  const spelled = [rule.prefix, name, site, ...words]
    .map((word) => (rule.compact === true ? word.replaceAll('-', '') : word))
    .join(separator);
  if (rule.global !== true && spelled.length <= rule.max) return spelled;
  const end = `${separator}${digest([subscription, name, site, ...words].join('/'))}`;
  return `${spelled.slice(0, rule.max - end.length).replace(/-+$/, '')}${end}`;
}

/** Id of the resource group of a stack, which follows from the definition as its name does. */
export const resourceGroupId = (site: AzureNaming, stack: string): string =>
  `/subscriptions/${site.subscription}/resourceGroups/${azureName('resource-group', site, stack)}`;
