import { z } from 'zod';
import { partName, percent } from './scalars';

/** More tasks at times that are known before: a sale that was announced, the morning of every working day. */
export const schedule = z.strictObject({
  /** When the tasks are asked for, as cron spells it: minute, hour, day of the month, month, day of the week. */
  from: z.string(),
  /** When fewer will do again, as cron spells it. */
  until: z.string(),
  /** By whose clock: a name of the IANA database, such as `America/New_York`. Days of 23 and 25 hours are as people there have them. */
  timeZone: z.string().default('UTC'),
  /** Meanwhile there are at least so many tasks; fewer than the maximum, so that load may ask for more. */
  min: z.int().min(1).max(5000),
});
export type Schedule = z.output<typeof schedule>;

/**
 * Growth by steps, for rushes that come faster than a target is followed: so many tasks at once, the more the busier they are.
 * Pods are made as many as their use asks for without thresholds: the largest step is how many may come at once.
 */
export const steps = z.strictObject({
  /** From which processor use on how many tasks are added, in percent of those there are. */
  above: z
    .array(z.strictObject({ cpuPercent: percent, addPercent: z.int().min(10).max(400) }))
    .min(1)
    .readonly(),
  /** From one step to the next, in seconds: about as long as new tasks take to serve. */
  everySeconds: z.int().min(60).max(600).default(60),
});
export type Steps = z.output<typeof steps>;

/** How many tasks run. The maximum is also the cap on cost. */
export const scale = z.strictObject({
  min: z.int().min(1).max(1000),
  max: z.int().min(1).max(5000),
  /** Tasks are added above this processor use, in percent. */
  cpuPercent: percent.default(70),
  /** Requests a minute that one task should serve, for services with routes. @default - not scaled by requests */
  requestsPerTask: z.int().min(1).optional(),
  /** Messages that may wait per task, for services that receive. */
  backlogPerTask: z.int().min(1).default(100),
  /** @default - growth follows its targets alone */
  steps: steps.optional(),
  /** By name; no two of a service at the same time. @default - as many as load asks for, at any time */
  schedules: z.record(partName, schedule).default({}),
  /**
   * From a rush that takes everybody by surprise to `max` tasks that serve, beginning with `min`, in seconds. Computed from the
   * output, which is refused where it takes longer. @default - no promise
   */
  growsWithinSeconds: z.int().min(60).max(3600).optional(),
});
export type Scale = z.output<typeof scale>;
