import type { AddressRequest } from './allocation';
import { parseRange } from './address';
import type { AwsSite, AzureSite } from './nouns/site';
import type { Platform, SiteName } from './platform';

/** Tiers of a network, and how much longer a subnet's prefix is than the network's. */
export const tiers = { app: 3, data: 6, public: 6 } as const;
export type Tier = keyof typeof tiers;

/**
 * Tiers that each scope has for itself, and how much longer a subnet's prefix is than the network's: of its services, of its
 * databases, and of the firewall on its way out.
 */
export const scopeTiers = { services: 8, databases: 8, egress: 8 } as const;
export type ScopeTier = keyof typeof scopeTiers;

/** What a tier of a scope is called among the tiers of the network. */
export const scopeTier = (scope: string, tier: ScopeTier): string => `${scope}-${tier}`;

/** Under which key the allocation lock keeps a subnet. */
export const subnetKey = (site: SiteName, tier: string, zone: string): string => `${site}/${tier}/${zone}`;

/** Every tier of a network with such scopes, in order, and how much longer a subnet's prefix is than the network's. */
export const tiersWith = (scopes: readonly string[]): Readonly<Record<string, number>> => ({
  ...tiers,
  ...Object.fromEntries(
    scopes.flatMap((scope) =>
      (Object.keys(scopeTiers) as ScopeTier[]).map((tier) => [scopeTier(scope, tier), scopeTiers[tier]] as const),
    ),
  ),
});

/** The subnets of a site: one a tier and zone. */
export function subnetRequests(
  site: AwsSite & { readonly siteName: SiteName },
  scopes: readonly string[] = [],
): readonly AddressRequest[] {
  const prefix = parseRange(site.network.cidr)?.prefix ?? 16;
  return Object.entries(tiersWith(scopes)).flatMap(([tier, longer]) =>
    site.zones.map((zone) => ({
      key: subnetKey(site.siteName, tier, zone),
      within: site.network.cidr,
      prefix: prefix + longer,
    })),
  );
}

/** How many addresses a cluster's nodes have: a sixteenth of the network, since pods have a range of their own. */
const clusterBits = 4;

/**
 * Subnets of a virtual network, and their prefix. Azure asks for a subnet of its own for each service that it puts into
 * the network, and takes five addresses of each.
 */
export const azureSubnets = {
  /** Nodes of the cluster. */
  cluster: 'cluster',
  /** The cluster's API server; Azure asks for /28 at least. */
  'api-server': 28,
  /** The internal balancer in front of the gateway, at a fixed address. */
  balancer: 28,
  /** PostgreSQL servers: each takes up to three addresses while it is replaced. */
  postgres: 26,
  /** Private endpoints: one address each. */
  endpoints: 24,
  /** The application gateway: one address an instance, up to 125. */
  'application-gateway': 24,
  /** Where the application gateway is reached by private link. */
  'private-link': 27,
  /** Function apps: one address an instance. */
  functions: 26,
  /** The gateway of the link to another cloud; Azure asks for /27 at least. */
  link: 27,
} as const satisfies Record<string, number | 'cluster'>;
export type AzureSubnet = keyof typeof azureSubnets;

/** Names of the subnets of a virtual network. */
export const azureSubnetNames = Object.keys(azureSubnets) as AzureSubnet[];

/**
 * Subnets that each scope has for itself in a virtual network, and their prefix: of its private endpoints, of its functions, one
 * address an instance, and of nodes of the cluster on which what administers its databases runs.
 */
export const azureScopeSubnets = { endpoints: 27, functions: 26, nodes: 28 } as const;
export type AzureScopeSubnet = keyof typeof azureScopeSubnets;

/** Under which key the allocation lock keeps a subnet of a scope. */
export const azureScopeSubnetKey = (site: SiteName, scope: string, subnet: AzureScopeSubnet): string =>
  `${site}/${scope}-${subnet}`;

/** Under which key the allocation lock keeps a subnet of a virtual network. */
export const azureSubnetKey = (site: SiteName, subnet: AzureSubnet): string => `${site}/${subnet}`;

/** Subnet from which API Management calls the cluster, where it is the gateway. Azure gives it over to one instance, whose units take an address each. */
export const apiManagementSubnet = 'api-management';

/** Prefix of that subnet. https://learn.microsoft.com/azure/api-management/integrate-vnet-outbound */
const apiManagementPrefix = 27;

/** Under which key the allocation lock keeps it. */
export const apiManagementSubnetKey = (site: SiteName): string => `${site}/${apiManagementSubnet}`;

/** The same subnet as a request, for each site on Azure where API Management is the gateway. */
export const apiManagementRequests = (
  { gateway }: Pick<Platform, 'gateway'>,
  sites: readonly {
    readonly siteName: SiteName;
    readonly cloud: string;
    readonly network: { readonly cidr: string };
  }[],
): readonly AddressRequest[] =>
  gateway?.kind === 'api-management'
    ? sites
        .filter(({ cloud }) => cloud === 'azure')
        .map(({ network, siteName }) => ({
          key: apiManagementSubnetKey(siteName),
          within: network.cidr,
          prefix: apiManagementPrefix,
        }))
    : [];

/** The subnets of a site on Azure, with those of scopes behind the others. They span its zones. */
export function azureSubnetRequests(
  site: AzureSite & { readonly siteName: SiteName },
  scopes: readonly string[] = [],
): readonly AddressRequest[] {
  const within = site.network.cidr;
  const prefix = parseRange(within)?.prefix ?? 16;
  return [
    ...azureSubnetNames.map((subnet) => {
      const size = azureSubnets[subnet];
      const key = azureSubnetKey(site.siteName, subnet);
      return { key, within, prefix: size === 'cluster' ? prefix + clusterBits : size };
    }),
    ...scopes.flatMap((scope) =>
      (Object.keys(azureScopeSubnets) as AzureScopeSubnet[]).map((subnet) => ({
        key: azureScopeSubnetKey(site.siteName, scope, subnet),
        within,
        prefix: azureScopeSubnets[subnet],
      })),
    ),
  ];
}
