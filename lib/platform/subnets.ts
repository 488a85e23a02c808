import type { AddressRequest } from './allocation';
import { parseRange } from './address';
import type { AwsSite } from './nouns/site';
import type { SiteName } from './platform';

/** Tiers of a network, and how much longer a subnet's prefix is than the network's. */
export const tiers = { app: 3, data: 6, public: 6 } as const;
export type Tier = keyof typeof tiers;

/** Under which key the allocation lock keeps a subnet. */
export const subnetKey = (site: SiteName, tier: Tier, zone: string): string => `${site}/${tier}/${zone}`;

/** The subnets of a site: one a tier and zone. */
export function subnetRequests(site: AwsSite & { readonly siteName: SiteName }): readonly AddressRequest[] {
  const prefix = parseRange(site.network.cidr)?.prefix ?? 16;
  return (Object.keys(tiers) as Tier[]).flatMap((tier) =>
    site.zones.map((zone) => ({
      key: subnetKey(site.siteName, tier, zone),
      within: site.network.cidr,
      prefix: prefix + tiers[tier],
    })),
  );
}
