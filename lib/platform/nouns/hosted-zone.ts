import { z } from 'zod';

/** A public DNS zone that exists already, on the cloud of the primary: the platform keeps records in it, and no other zone. */
export const hostedZone = z.discriminatedUnion('cloud', [
  /** A zone of Route 53, in the account of the primary. */
  z.strictObject({
    cloud: z.literal('aws').optional(),
    id: z.string().regex(/^Z[A-Z0-9]+$/, { error: 'a Route 53 zone id' }),
    name: z.hostname(),
  }),
  /** A zone of Azure DNS, in the subscription of the primary. */
  z.strictObject({
    cloud: z.literal('azure'),
    /** Resource group that holds the zone. */
    resourceGroup: z.string().regex(/^[\w.()-]{0,89}[\w()-]$/, { error: 'the name of a resource group' }),
    name: z.hostname(),
  }),
]);
export type HostedZone = z.output<typeof hostedZone>;
