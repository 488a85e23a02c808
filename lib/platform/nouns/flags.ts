import { z } from 'zod';
import { partName, percent, placement } from './scalars';

/** People for whom a flag is on, whatever its percentage: whoever has one of the values. */
const segment = z.strictObject({
  /** What is known of a person, such as `plan`. */
  attribute: z
    .string()
    .regex(/^[a-z][A-Za-z0-9]{0,31}$/, { error: 'a camelCase word of at most 32 letters and digits' }),
  /** Such as `enterprise`. */
  values: z
    .array(z.string().regex(/^[A-Za-z0-9._-]{1,64}$/, { error: '1 to 64 letters, digits, dots, hyphens, underscores' }))
    .min(1)
    .readonly(),
});

/**
 * Something that a service does or leaves, which is changed while it runs. On for the segments, and for a share of everybody
 * else: whoever is in it stays in it while it grows, since the share goes by a hash of the flag and the person.
 */
const flag = z.strictObject({
  /** What it does, for whoever turns it. */
  description: z.string().min(10).max(200),
  /** Off is off for everybody, segments too. */
  enabled: z.boolean().default(true),
  /** Share of people for whom it is on, in percent. */
  percent: z.int().min(0).max(100).default(0),
  segments: z.array(segment).max(10).readonly().default([]),
});
export type Flag = z.output<typeof flag>;

/**
 * A set of flags that services ask for while they run, at most once a minute: the same set for all its users, changed in
 * steps, and taken back by itself when the services that use it fail.
 */
export const flagSet = z.strictObject({
  flags: z.record(partName, flag).refine((flags) => Object.keys(flags).length > 0, { error: 'at least one flag' }),
  /** How a change reaches people: on AWS a share of the tasks after the other, on Azure a share of the people. */
  rollout: z
    .strictObject({
      /** From the first step to the last, in minutes; 0 is at once. */
      minutes: z.int().min(0).max(1440).default(10),
      /** How much of the way each step adds, in percent. */
      stepPercent: percent.default(20),
      /** How long errors are watched afterwards, in minutes. */
      bakeMinutes: z.int().min(0).max(1440).default(10),
    })
    .prefault({}),
  on: placement.default(['primary', 'recovery']),
});
export type FlagSet = z.output<typeof flagSet>;
