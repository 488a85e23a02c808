import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import { parseRange } from '../platform/address';
import type { StageAllocations } from '../platform/allocation';
import { refuse } from '../platform/error';
import type { AwsSite } from '../platform/nouns/site';
import type { SiteName } from '../platform/platform';
import { subnetKey, tiersWith } from '../platform/subnets';
import { named } from '../platform/named';

/** A site on AWS, and which one it is. */
export type NamedAwsSite = AwsSite & { readonly siteName: SiteName };

type Addresses = StageAllocations['addresses'];

/**
 * Refuses a site some of whose subnets have no range in the allocation lock, and lists them all.
 *
 * @throws PlatformError
 */
export function requireAddresses(site: NamedAwsSite, addresses: Addresses, scopes: readonly string[] = []): void {
  const keys = Object.keys(tiersWith(scopes)).flatMap((tier) =>
    site.zones.map((zone) => subnetKey(site.siteName, tier, zone)),
  );
  refuse(
    `network of the ${site.siteName} site`,
    keys
      .filter((key) => parseRange(addresses[key] ?? '') === undefined)
      .map((key) => ({
        path: `allocations.addresses.${key}`,
        got: addresses[key],
        allowed: `a range inside ${site.network.cidr}`,
        remedy: 'run npm run lock and commit the file',
      })),
  );
}

/**
 * The site's zones in the order of their locked ranges, which is the order in which they were first used. Subnets are
 * numbered in it: a zone that joins later, wherever the definition names it, renumbers none.
 */
export function zonesInOrder(site: NamedAwsSite, addresses: Addresses): string[] {
  const first = (zone: string) => parseRange(addresses[subnetKey(site.siteName, 'app', zone)] ?? '')?.first ?? 0;
  return [...site.zones].sort((a, b) => first(a) - first(b));
}

/** Answers a VPC with the ranges of the allocation lock. Its subnets are named after their tiers. */
export function lockedAddresses(
  site: NamedAwsSite,
  addresses: Addresses,
  scopes: readonly string[] = [],
): ec2.IIpAddresses {
  requireAddresses(site, addresses, scopes);
  return {
    allocateVpcCidr: () => ({ cidrBlock: site.network.cidr }),
    allocateSubnetsCidr: ({ requestedSubnets }) => ({
      allocatedSubnets: requestedSubnets.map(({ availabilityZone, configuration }) => ({
        cidr: named('allocations.addresses', addresses, subnetKey(site.siteName, configuration.name, availabilityZone)),
      })),
    }),
  };
}
