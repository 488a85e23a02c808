import { z } from 'zod';
import { partName, reason } from './scalars';

/**
 * How a person is forgotten: whoever is asked publishes a message with the person's id, and every service that keeps what is
 * confidential has a queue for it, takes out what it knows of the person, and is called when it did not in time. What a backup
 * holds leaves with the backup.
 */
export const erasure = z.strictObject({
  /** Topic on which persons to forget are published. */
  topic: partName,
  /** Days after which somebody is called for a service that has not forgotten. GDPR, article 12(3), gives a month for all of it; no queue keeps a message for longer than 14 days. */
  days: z.int().min(1).max(13).default(7),
  /** Services that keep what is confidential and do without a queue, and why. */
  exempt: z.record(partName, z.strictObject({ reason })).default({}),
});
export type Erasure = z.output<typeof erasure>;
