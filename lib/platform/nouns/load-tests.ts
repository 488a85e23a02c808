import { z } from 'zod';
import { journeyStep } from './journeys';
import { partName, reason } from './scalars';

/** How often something is walked among all that is. */
const weight = z.int().min(1).max(1000);

/**
 * Many people at once, walked by programs from fixed addresses, and what must be true of the answers: the 95th percentile and the
 * share of errors of `goals`. When it runs is a stage's own: {@link loads}.
 */
export const loadTest = z.strictObject({
  /** What it proves, for whoever is called. */
  description: z.string().min(10).max(200),
  /** Journeys of the platform, by name, each with how often it is chosen among all. */
  journeys: z.record(partName, weight).default({}),
  /** Paths that are asked for by GET, without a journey around them. */
  routes: z
    .array(z.strictObject({ path: journeyStep.shape.path, status: journeyStep.shape.status, weight }))
    .max(50)
    .readonly()
    .default([]),
  /** So many times `goals.concurrentUsers` of the stage are there at once: 10 for a test at ten times the load. */
  times: z.number().positive().max(100).default(1),
  /** From nobody to all of them, in minutes. */
  rampMinutes: z.int().min(1).max(120).default(10),
  /** For how long all of them stay, in minutes. */
  holdMinutes: z.int().min(1).max(240).default(30),
  /**
   * What each of them waits between two requests, in seconds: no more than `goals.requestsPerUser` leaves, and less where the edge
   * answers for some. @default - what it leaves, which must be written then
   */
  pauseSeconds: z.number().min(0.1).max(600).optional(),
  /** By how much the 95th percentile may exceed the median of the good runs that were measured, in percent. */
  regressionPercent: z.int().min(1).max(200).default(20),
});
export type LoadTest = z.output<typeof loadTest>;

/** When a stage runs every load test of the platform, and how long results are kept. */
export const loads = z.strictObject({
  /** When they begin, once a week at least, as cron spells it: minute, hour, day of the month, month, day of the week. */
  schedule: z.string().default('0 3 * * 6'),
  /** By whose clock: a name of the IANA database, such as `America/New_York`. */
  timeZone: z.string().default('UTC'),
  /** Summaries of runs are kept this long, in days. */
  keepDays: z.int().min(30).max(3650).default(400),
  /** Why customers share the platform with a load test. @default - refused in the stage `production` */
  inProduction: z.strictObject({ reason }).optional(),
});
export type Loads = z.output<typeof loads>;
