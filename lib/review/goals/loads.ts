import { pauseOf, requestsOf, usersOf } from '../../platform/load-tests/figures';
import { heaviest } from '../../platform/load-tests/measured';
import type { Platform } from '../../platform/platform';

/** A load test, what it is to prove, and whether anything was measured. */
export interface LoadFigure {
  readonly test: string;
  readonly users: number;
  /** Requests a minute, if answers took no time; nothing where nobody says how long a user waits. */
  readonly requestsPerMinute: number | undefined;
  readonly p95Milliseconds: { readonly goal: number; readonly measured: number | undefined };
  readonly errorPercent: { readonly goal: number; readonly measured: number | undefined };
  /** Where it is from: `measured on 2026-11-28 with 8000 users`, or `assumed: …`. */
  readonly source: string;
}

/** The load tests that a stage runs, or of which it has measures. */
export const loadFigures = (platform: Platform): readonly LoadFigure[] =>
  Object.entries(platform.loadTests).flatMap(([test, spec]) => {
    const last = heaviest(platform.measured?.[test] ?? []).at(-1);
    if (platform.stage.loadTests === undefined && last === undefined) return [];
    const { errorPercent, p95Milliseconds } = platform.goals;
    return [
      {
        test,
        users: usersOf(platform, spec),
        requestsPerMinute: pauseOf(platform, spec) === undefined ? undefined : requestsOf(platform, spec),
        p95Milliseconds: { goal: p95Milliseconds, measured: last?.p95Milliseconds },
        errorPercent: { goal: errorPercent, measured: last?.errorPercent },
        source:
          last === undefined
            ? 'assumed: no run was written down by `npm run measured`'
            : `measured on ${last.date} with ${last.users} users at once, run ${last.run}`,
      },
    ];
  });
