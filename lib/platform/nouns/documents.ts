import { z } from 'zod';
import { dataClass, partName, placement } from './scalars';

/** Documents of one kind, divided by a key. */
const collection = z.strictObject({
  /** Field by which documents are divided: `/customerId`. Queries that name it ask one partition; it cannot be changed. */
  partitionKey: z.string().regex(/^(\/[A-Za-z_][A-Za-z0-9_]*)+$/, { error: 'a path of fields such as /customerId' }),
  /** Most request units a second, in thousands; a tenth of it is always paid for. */
  maxThousandRequestUnits: z.int().min(1).max(1000).default(1),
  /** Documents leave so long after they were last written, in days. @default - never */
  expireDays: z.int().min(1).max(3650).optional(),
});
export type Collection = z.output<typeof collection>;

/**
 * Documents that several services share, near their readers in several regions: Azure Cosmos DB. Azure only. One region takes
 * writes; when it is lost, the next one named takes its place.
 */
export const documents = z.strictObject({
  /** Regions beside the site's own that have a copy and answer reads, in the order in which they would take writes. */
  regions: z.array(z.string()).max(8).readonly().default([]),
  /**
   * What readers may see. `session`: who wrote reads what they wrote. `bounded-staleness`: everybody is at most five minutes behind.
   * `strong`: everybody reads the last write, from three regions on. `eventual`: in no order, for half the price of a read.
   */
  consistency: z.enum(['eventual', 'session', 'bounded-staleness', 'strong']).default('session'),
  /** Any second of the last so many days can be had back. */
  restoreDays: z.literal([7, 30]).default(30),
  collections: z.record(partName, collection).refine((all) => Object.keys(all).length > 0, { error: 'at least one' }),
  dataClass: dataClass.default('confidential'),
  on: placement.default(['primary', 'recovery']),
});
export type Documents = z.output<typeof documents>;
