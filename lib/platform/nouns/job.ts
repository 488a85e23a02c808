import { z } from 'zod';

/**
 * Work of a service that its own tasks do not do while they serve: it begins by the clock, as the service, from the image that is
 * released, and ends by itself with 0 when all is well. A run ends before the next may begin. One may come twice or not at all, so
 * whatever it does bears a repetition, and takes up what the run before has left.
 */
export const job = z.strictObject({
  /** When it begins, as cron spells it: minute, hour, day of the month, month, day of the week. */
  schedule: z.string(),
  /** By whose clock: a name of the IANA database, such as `Asia/Singapore`. */
  timeZone: z.string().default('UTC'),
  /** What is run in place of the image's own command. */
  command: z.array(z.string().min(1)).min(1).readonly(),
  /** A run that takes longer is ended and has failed, in minutes, its start included. */
  timeoutMinutes: z.int().min(1).max(240).default(10),
});
export type Job = z.output<typeof job>;
