import { formatRange, parseRange, type Range } from './address';
import type { AddressRequest } from './allocation';
import { recoveryPair } from './link';
import { objectCopies } from './object-copies';
import type { Platform, SiteName } from './platform';
import { azureSubnetKey, subnetKey } from './subnets';

/** Prefix of every subnet of the link: AWS and Azure take /28 at least. */
const prefix = 28;

/** Subnets by which names are asked for on Azure, which gives each over to its resolver. */
export const azureLinkSubnets = ['dns-inbound', 'dns-outbound'] as const;
export type AzureLinkSubnet = (typeof azureLinkSubnets)[number];

const awsKey = (site: SiteName, zone: string): string => `${site}/link/${zone}`;
const azureKey = (site: SiteName, subnet: AzureLinkSubnet): string => `${site}/${subnet}`;

/** Subnets that the link needs besides those of its sites; none where there is no link. */
export function linkSubnetRequests(platform: Pick<Platform, 'stage'>): readonly AddressRequest[] {
  const pair = recoveryPair(platform);
  if (pair === undefined) return [];
  const { primary, recovery } = pair;
  return [
    ...primary.zones.map((zone) => ({ key: awsKey(primary.siteName, zone), within: primary.network.cidr, prefix })),
    ...azureLinkSubnets.map((subnet) => ({
      key: azureKey(recovery.siteName, subnet),
      within: recovery.network.cidr,
      prefix,
    })),
  ];
}

/** Where the link enters a zone of AWS. */
export interface LinkZone {
  readonly zone: string;
  readonly cidr: string;
  /** Answers questions of the other site. */
  readonly inbound: string;
  /** Asks the other site. */
  readonly outbound: string;
}

/** What stands at the two ends of the link, and by which addresses and names they know each other. */
export interface LinkNetwork {
  readonly aws: {
    /** Range of the whole network. */
    readonly cidr: string;
    readonly zones: readonly LinkZone[];
    /** From where objects are copied; nothing if none are. */
    readonly objectCopiers: readonly string[];
    /** Names that Azure asks AWS for, with everything below them. */
    readonly names: readonly string[];
  };
  readonly azure: {
    /** Range of the whole network. */
    readonly cidr: string;
    readonly subnets: Readonly<Record<AzureLinkSubnet, string>>;
    /** Answers questions of the other site. */
    readonly inbound: string;
    /** Names that AWS asks Azure for, with everything below them. */
    readonly names: readonly string[];
    /**
     * Who reaches databases on AWS: the servers, which subscribe to them, and the jobs of the cluster. A pod leaves the network
     * with the address of its node.
     */
    readonly databaseCallers: Readonly<Record<'servers' | 'jobs', string>>;
  };
}

/** Addresses of a subnet that its cloud does not keep for itself begin here, on AWS as on Azure. */
const firstAddress = 4;

/**
 * The ends of a platform's link, from its allocation lock. Resolvers have fixed addresses, so that neither cloud has to be told
 * those of the other.
 *
 * Names are those of public zones, not of private ones: a name of the latter is what the other site's resolver finds when it
 * follows the former. https://learn.microsoft.com/azure/private-link/private-endpoint-dns-integration
 *
 * @throws Error if the platform has no link, or the allocation lock has not its subnets
 */
export function linkNetwork(platform: Platform): LinkNetwork {
  const pair = recoveryPair(platform);
  if (pair === undefined) throw new Error('a platform without a pair of sites has no link');
  const { primary, recovery } = pair;
  const copies = objectCopies(platform);
  const rangeOf = (key: string): Range => {
    const range = parseRange(platform.allocations.addresses[key] ?? '');
    if (range === undefined) throw new Error(`the allocation lock has no subnet ${key}`);
    return range;
  };
  const cidrOf = (key: string): string => formatRange(rangeOf(key));
  const addressIn = (key: string, index: number): string =>
    formatRange({ first: rangeOf(key).first + firstAddress + index, prefix: 32 }).replace('/32', '');
  return {
    aws: {
      cidr: primary.network.cidr,
      zones: primary.zones.map((zone) => {
        const key = awsKey(primary.siteName, zone);
        return { zone, cidr: cidrOf(key), inbound: addressIn(key, 0), outbound: addressIn(key, 1) };
      }),
      objectCopiers: (copies === undefined ? [] : primary.zones).map((zone) =>
        cidrOf(subnetKey(primary.siteName, 'app', zone)),
      ),
      names: [`${primary.region}.rds.amazonaws.com`],
    },
    azure: {
      cidr: recovery.network.cidr,
      subnets: {
        'dns-inbound': cidrOf(azureKey(recovery.siteName, 'dns-inbound')),
        'dns-outbound': cidrOf(azureKey(recovery.siteName, 'dns-outbound')),
      },
      inbound: addressIn(azureKey(recovery.siteName, 'dns-inbound'), 0),
      // Not all of storage: only what is copied to has its addresses on this side of the link.
      names: ['postgres.database.azure.com', ...(copies?.hosts ?? [])],
      databaseCallers: {
        servers: cidrOf(azureSubnetKey(recovery.siteName, 'postgres')),
        jobs: cidrOf(azureSubnetKey(recovery.siteName, 'cluster')),
      },
    },
  };
}
