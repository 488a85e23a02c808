import { z } from 'zod';
import { capacity } from './scalars';

/** A domain of its own, in which every line of the stage's logs is found by its words. AWS only. */
const logSearch = z.strictObject({
  /** As of a search domain: three zones with one in reserve, or one node in one zone. */
  topology: z.enum(['standby', 'single']).default('standby'),
  /** Size of a data node. */
  capacity: capacity,
  /** Data nodes, in threes with `standby`. */
  nodes: z.int().min(1).max(80).default(3),
  /** Disk of a data node in GiB. */
  storageGiB: z.int().min(10).max(12_288).default(100),
  /** Lines are found for this long, in days, and no longer than `logDays`, for which CloudWatch keeps them. */
  keepDays: z.int().min(1).max(365).default(30),
  /** Roles of the people who read, by ARN. @default - nobody reads yet */
  readers: z
    .array(z.string().regex(/^arn:[\w-]+:iam::\d{12}:role\/.+$/, { error: 'the ARN of a role' }))
    .readonly()
    .default([]),
});
export type LogSearch = z.output<typeof logSearch>;

/** What is done with logs besides keeping them. */
export const stageLogs = z.strictObject({ search: logSearch });
