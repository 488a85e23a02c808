import { z } from 'zod';
import type { MeasuredRun } from '../nouns/measured';

const name = z.string().min(1);

/** What a program of k6 writes at the end of a run: `lib/platform/load-tests/program.ts`. */
export const summary = z.object({
  platform: name,
  stage: name,
  test: name,
  run: name,
  variant: z.enum(['full', 'smoke']),
  program: z.int().min(0),
  programs: z.int().min(1),
  ended: z.iso.datetime(),
  seconds: z.number().positive(),
  users: z.int().min(1),
  /** Which limits were missed: `p95`, `errors`, `regression`. */
  missed: z.array(z.string()).readonly(),
  metrics: z.object({
    http_req_duration: z.object({ 'p(95)': z.number().nonnegative() }),
    http_reqs: z.object({ count: z.number().nonnegative(), rate: z.number().nonnegative() }),
    checks: z.object({ passes: z.int().min(0), fails: z.int().min(0) }),
  }),
});
export type Summary = z.output<typeof summary>;

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
const rounded = (figure: number, digits: number): number => Math.round(figure * 10 ** digits) / 10 ** digits;

/**
 * What all programs of one run found together: the slowest's percentile, since percentiles of parts have no sum.
 *
 * @throws Error if they are not of one run, one is missing or twice there, or a limit was missed
 */
export function runOf(summaries: readonly Summary[]): MeasuredRun {
  const [first] = summaries;
  if (first === undefined) throw new Error('must be given the summaries of a run, got none');
  const other = summaries.find((each) =>
    (['platform', 'stage', 'test', 'run', 'variant', 'programs', 'users'] as const).some(
      (key) => each[key] !== first[key],
    ),
  );
  if (other !== undefined) {
    throw new Error(
      `must be given the summaries of one run, got ${first.test} ${first.run} and ${other.test} ${other.run}`,
    );
  }
  const programs = new Set(summaries.map(({ program }) => program));
  if (programs.size !== first.programs || summaries.length !== first.programs) {
    throw new Error(
      `must be given each of the ${first.programs} programs of run ${first.run} once, got ${summaries.map(({ program }) => program).join(', ')}`,
    );
  }
  const missed = [...new Set(summaries.flatMap((each) => each.missed))];
  if (missed.length > 0) {
    throw new Error(`must be a good run, got one that missed ${missed.join(', ')}: a run that failed is no measure`);
  }
  const checks = summaries.map(({ metrics }) => metrics.checks);
  const failed = sum(checks.map(({ fails }) => fails));
  const all = failed + sum(checks.map(({ passes }) => passes));
  return {
    run: first.run,
    date:
      summaries
        .map(({ ended }) => ended.slice(0, 'yyyy-mm-dd'.length))
        .sort()
        .at(-1) ?? '',
    users: first.users,
    requestsPerMinute: Math.round(sum(summaries.map(({ metrics }) => metrics.http_reqs.rate)) * 60),
    p95Milliseconds: rounded(Math.max(...summaries.map(({ metrics }) => metrics.http_req_duration['p(95)'])), 1),
    errorPercent: rounded((100 * failed) / all, 4),
  };
}
