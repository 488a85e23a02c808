import { z } from 'zod';

/** What a run of a load test found. */
const run = z.strictObject({
  /** Id of the run. */
  run: z.string().min(1).max(100),
  /** When it ended, in UTC. */
  date: z.iso.date(),
  /** Users at once. */
  users: z.int().min(1),
  /** Requests a minute, of all users together. */
  requestsPerMinute: z.number().nonnegative(),
  /** 95th percentile of the time to an answer, in milliseconds: of several programs, that of the slowest. */
  p95Milliseconds: z.number().nonnegative(),
  /** Share of requests that failed, in percent. */
  errorPercent: z.number().min(0).max(100),
});
export type MeasuredRun = z.output<typeof run>;

/** What load tests of a stage found, by name of the test, the oldest run first. Written by `npm run measured`. */
export const measured = z.record(z.string(), z.array(run).min(1).readonly());

export type Measured = z.output<typeof measured>;
