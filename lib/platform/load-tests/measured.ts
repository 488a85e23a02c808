import { z } from 'zod';
import { refuse, type Problem } from '../error';
import { didYouMean } from '../nearest';
import { sorted } from '../order';
import type { Platform } from '../platform';
import { problemsOf } from '../problems';

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

/** So many runs of a test are kept, of those with as many users. */
export const keptRuns = 5;

const schema = z.record(z.string(), z.array(run).min(1).readonly());

/** What load tests of a stage found, by name of the test, the oldest run first. Written by `npm run measured`. */
export type Measured = z.output<typeof schema>;

/** Where measurements of a stage are kept, from the root of the repository. */
export const measuredFile = (platform: Pick<Platform, 'name' | 'stageName'>): string =>
  `measured/${platform.name}/${platform.stageName}.json`;

/**
 * The measurements of a stage, as its file holds them.
 *
 * @throws PlatformError that lists every test that the stage does not have, and every figure that is none.
 */
export function parseMeasured(platform: Pick<Platform, 'loadTests' | 'name' | 'stageName'>, input: unknown): Measured {
  const file = measuredFile(platform);
  const known = Object.keys(platform.loadTests);
  const parsed = schema.safeParse(input);
  const unknown = Object.keys(parsed.data ?? {})
    .filter((name) => !known.includes(name))
    .map((name): Problem => ({
      path: name,
      got: name,
      allowed:
        known.length === 0 ? 'a load test of the platform, of which there are none' : `one of ${known.join(', ')}`,
      remedy: didYouMean(name, known, 'remove the entry, the platform has no such load test'),
    }));
  const problems = [...unknown, ...problemsOf(schema, input, parsed.error?.issues ?? [])];
  refuse(
    `platform ${platform.name}, stage ${platform.stageName}`,
    problems.map((problem) => ({ ...problem, path: `${file} ${problem.path}`.trimEnd() })),
  );
  return sorted(schema.parse(input));
}

const comparable = (runs: readonly MeasuredRun[], users: number): readonly MeasuredRun[] =>
  runs.filter((each) => each.users === users);

/** The median of the 95th percentiles of runs with as many users, in milliseconds; nothing where there are none. */
export function baselineOf(runs: readonly MeasuredRun[], users: number): number | undefined {
  const times = comparable(runs, users)
    .map(({ p95Milliseconds }) => p95Milliseconds)
    .sort((a, b) => a - b);
  const middle = times.length / 2;
  const [low, high] = [times[Math.ceil(middle) - 1], times[Math.floor(middle)]];
  return low === undefined || high === undefined ? undefined : (low + high) / 2;
}

/** The measurements with a run more; of as many users, the last five stay. A run that is there already takes its own place. */
export function withRun(measured: Measured, test: string, added: MeasuredRun): Measured {
  const before = (measured[test] ?? []).filter(({ run: id }) => id !== added.run);
  const alike = [...comparable(before, added.users), added].slice(-keptRuns);
  const all = [...before.filter(({ users }) => users !== added.users), ...alike];
  return sorted({ ...measured, [test]: all });
}

/** The text of a file of measurements: sorted, so that a run more is a few lines. */
export const formatMeasured = (measured: Measured): string => `${JSON.stringify(sorted(measured), undefined, 2)}\n`;
