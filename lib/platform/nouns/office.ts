import { z } from 'zod';
import { rotateDays } from './scalars';

/** Number of an autonomous system that anybody may use for themselves: RFC 6996. */
export const privateAsn = z
  .int()
  .refine((asn) => (asn >= 64_512 && asn <= 65_534) || (asn >= 4_200_000_000 && asn <= 4_294_967_294), {
    error: 'a private number: 64512 to 65534, or 4200000000 to 4294967294',
  });

/**
 * A place of work that is connected to the network of a site by two encrypted tunnels, so that what its people may reach is
 * not on the internet.
 */
export const office = z.strictObject({
  /** Public address of its router, which does not change. */
  address: z.ipv4(),
  /** Autonomous system of its router, which tells its routes by BGP. */
  asn: privateAsn.default(65_000),
  /** Its private ranges; nothing of the site has a way to any other. */
  ranges: z.array(z.string()).min(1).readonly(),
  /** What its people may reach. `databases`: the pools, as whom IAM says they are. `logs`: the search domain of logs, as a reader. */
  reaches: z
    .array(z.enum(['databases', 'logs']))
    .min(1)
    .readonly(),
  /** People give both of its tunnels new keys at the latest after so many days: somebody is called when they did not. */
  rotateDays: rotateDays.default(365),
});
export type Office = z.output<typeof office>;
