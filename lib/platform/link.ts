import { formatRange, parseRange, type Range } from './address';
import type { AwsSite, AzureSite, Link } from './nouns/site';
import { sitesOf, type Platform, type SiteName } from './platform';

/** Two sites of which the one can take over for the other, each on a cloud of its own. */
export interface RecoveryPair {
  readonly primary: AwsSite & { readonly siteName: SiteName };
  readonly recovery: AzureSite & { readonly siteName: SiteName };
}

/** The platform's primary on AWS and its recovery site on Azure, or nothing if it does not have both. */
export function recoveryPair(platform: Pick<Platform, 'stage'>): RecoveryPair | undefined {
  const [primary, recovery] = sitesOf(platform);
  return primary?.cloud === 'aws' && recovery?.cloud === 'azure' ? { primary, recovery } : undefined;
}

/** One tunnel between the two sites. */
export interface Tunnel {
  /** Connection on AWS: one for each instance of the gateway on Azure. */
  readonly connection: 1 | 2;
  /** Tunnel of that connection. */
  readonly tunnel: 1 | 2;
  /** Instance of the gateway on Azure at the other end. */
  readonly instance: 0 | 1;
  /** The tunnel's own range. AWS has its first address, Azure its second. */
  readonly insideCidr: string;
  readonly awsAddress: string;
  readonly azureAddress: string;
  /**
   * Addresses of the two instances by which the connection speaks BGP. Left out, every connection speaks by the first, and
   * half of the tunnels carry no routes.
   */
  readonly customBgp: { readonly primary: string; readonly secondary: string };
}

/**
 * How tunnels are encrypted: one suite for each phase, which both ends are told, so that neither can be talked into a weaker one.
 * Diffie-Hellman groups by number, lifetimes in seconds; AWS takes no longer ones.
 */
export const tunnelSuite = {
  ike: { encryption: 'AES256', integrity: 'SHA256', group: 14, seconds: 28_800 },
  ipsec: { encryption: 'AES256-GCM', group: 14, seconds: 3600 },
  /** An end that is silent for so long is taken for dead. Both clouds take this. */
  deadSeconds: 45,
} as const;

/** The addresses of the link between two sites: both sides are made from this and from nothing else. */
export interface LinkPlan {
  readonly awsAsn: number;
  readonly azureAsn: number;
  readonly tunnels: readonly Tunnel[];
  /** Addresses at which each instance of the gateway on Azure speaks BGP. */
  readonly peerings: readonly [readonly string[], readonly string[]];
}

/** Addresses within a tunnel's range. */
const ends = { aws: 1, azure: 2 } as const;

const tunnelPrefix = 30;

const addressIn = (range: Range, offset: number): string =>
  formatRange({ first: range.first + offset, prefix: 32 }).replace('/32', '');

/**
 * The four tunnels of a link: two connections, one to each instance of the gateway on Azure, of two tunnels each. Sources:
 * https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-howto-aws-bgp and
 * https://docs.aws.amazon.com/vpn/latest/s2svpn/VPNTunnels.html
 *
 * @throws Error if an inside range is malformed, which the checks of a platform refuse before
 */
export function linkPlan({ awsAsn, azureAsn, inside }: Pick<Link, 'awsAsn' | 'azureAsn' | 'inside'>): LinkPlan {
  const ranges = inside.map((text) => {
    const range = parseRange(text);
    if (range === undefined) throw new Error(`${text} is no range of addresses`);
    return range;
  });
  const cells = ([1, 2] as const).flatMap((connection) =>
    ([1, 2] as const).map((tunnel) => {
      const half = ranges[tunnel - 1];
      if (half === undefined) throw new Error('a link has two inside ranges');
      const range = { first: half.first + (connection - 1) * 4, prefix: tunnelPrefix };
      return {
        connection,
        tunnel,
        instance: connection === 1 ? (0 as const) : (1 as const),
        insideCidr: formatRange(range),
        awsAddress: addressIn(range, ends.aws),
        azureAddress: addressIn(range, ends.azure),
      };
    }),
  );
  const addressesOf = (instance: 0 | 1): readonly string[] =>
    cells.filter((cell) => cell.instance === instance).map(({ azureAddress }) => azureAddress);
  const [first, second] = [addressesOf(0), addressesOf(1)];
  return {
    awsAsn,
    azureAsn,
    peerings: [first, second],
    tunnels: cells.map((cell) => ({
      ...cell,
      customBgp: {
        primary: cell.instance === 0 ? cell.azureAddress : (first[0] ?? ''),
        secondary: cell.instance === 1 ? cell.azureAddress : (second[0] ?? ''),
      },
    })),
  };
}
