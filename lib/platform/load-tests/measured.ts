import { refuse, type Problem } from '../error';
import { didYouMean } from '../nearest';
import { measured as schema, type Measured, type MeasuredRun } from '../nouns/measured';
import { sorted } from '../order';
import type { Platform } from '../platform';
import { problemsOf } from '../problems';

/** So many runs of a test are kept, of those with as many users. */
export const keptRuns = 5;

/** Where measurements of a stage are kept, from the root of the repository. */
export const measuredFile = (platform: Pick<Platform, 'name' | 'stageName'>): string =>
  `measured/${platform.name}/${platform.stageName}.json`;

/**
 * The measurements of a stage, as its file holds them.
 *
 * @throws PlatformError that lists every test that the stage does not have, every figure that is none, and every goal that the last
 * run of a test with the most users did not reach.
 */
export function parseMeasured(
  platform: Pick<Platform, 'goals' | 'loadTests' | 'name' | 'stageName'>,
  input: unknown,
): Measured {
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
  const measured = sorted(schema.parse(input));
  refuse(`platform ${platform.name}, stage ${platform.stageName}`, missedGoals(platform, measured));
  return measured;
}

/** Goals that the last run of a test does not reach. */
const missedGoals = (
  platform: Pick<Platform, 'goals' | 'name' | 'stageName'>,
  measured: Measured,
): readonly Problem[] =>
  Object.entries(measured).flatMap(([name, runs]) => {
    const last = heaviest(runs).at(-1);
    return (['p95Milliseconds', 'errorPercent'] as const).flatMap((goal) =>
      last === undefined || last[goal] <= platform.goals[goal]
        ? []
        : [
            {
              path: `goals.${goal}`,
              got: platform.goals[goal],
              allowed: `at least ${last[goal]}, which load test ${name} measured on ${last.date} with ${last.users} users at once (${measuredFile(platform)})`,
              remedy: 'make the platform faster and measure again, or promise what is reached',
            },
          ],
    );
  });

const comparable = (runs: readonly MeasuredRun[], users: number): readonly MeasuredRun[] =>
  runs.filter((each) => each.users === users);

/** Runs with the most users, of which the last says whether goals are reached. */
export const heaviest = (runs: readonly MeasuredRun[]): readonly MeasuredRun[] =>
  comparable(runs, Math.max(...runs.map(({ users }) => users)));

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
