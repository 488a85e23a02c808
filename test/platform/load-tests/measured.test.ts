import fc from 'fast-check';
import {
  baselineOf,
  formatMeasured,
  keptRuns,
  parseMeasured,
  withRun,
} from '../../../lib/platform/load-tests/measured';
import type { Measured, MeasuredRun } from '../../../lib/platform/nouns/measured';
import { runOf, summary, type Summary } from '../../../lib/platform/load-tests/summary';
import { problemsIn, resolved, retailflowWith } from '../../support/platform';

const platform = resolved(
  retailflowWith({
    goals: { p95Milliseconds: 1000, errorPercent: 0.08 },
    loadTests: {
      peak: { description: 'Everybody comes at once', routes: [{ path: '/', weight: 1 }], pauseSeconds: 10 },
    },
  }),
);
const run = (rest: Partial<MeasuredRun> = {}): MeasuredRun => ({
  run: 'a',
  date: '2026-11-21',
  users: 100,
  requestsPerMinute: 600,
  p95Milliseconds: 400,
  errorPercent: 0.01,
  ...rest,
});

describe('measurements', () => {
  test('of nothing are none', () => {
    expect(parseMeasured(platform, {})).toEqual({});
  });

  test('are read as they were written', () => {
    const measured = withRun({}, 'peak', run());
    expect(parseMeasured(platform, JSON.parse(formatMeasured(measured)))).toEqual(measured);
  });

  test('fail for a test that there is not, and for a figure that is none', () => {
    expect(problemsIn(() => parseMeasured(platform, { peek: [run()], peak: [run({ p95Milliseconds: -1 })] }))).toEqual([
      expect.objectContaining({ path: 'measured/retailflow/production.json peak.0.p95Milliseconds' }),
    ]);
    expect(problemsIn(() => parseMeasured(platform, { peek: [run()] }))).toEqual([
      expect.objectContaining({
        path: 'measured/retailflow/production.json peek',
        remedy: expect.stringContaining('did you mean peak'),
      }),
    ]);
  });

  test('fail the synth with the figure where the last run misses a goal', () => {
    const slow = {
      peak: [run(), run({ run: 'b', p95Milliseconds: 1001, errorPercent: 0.09 }), run({ run: 'c', users: 20 })],
    };
    expect(problemsIn(() => parseMeasured(platform, slow))).toEqual([
      expect.objectContaining({ path: 'goals.errorPercent', got: 0.08 }),
      {
        path: 'goals.p95Milliseconds',
        got: 1000,
        allowed:
          'at least 1001, which load test peak measured on 2026-11-21 with 100 users at once (measured/retailflow/production.json)',
        remedy: expect.stringContaining('measure again'),
      },
    ]);
  });

  test.each<readonly [string, readonly number[], number | undefined]>([
    ['none', [], undefined],
    ['one', [3], 3],
    ['two', [4, 2], 3],
    ['three', [9, 1, 2], 2],
  ])('of %s have their median', (_what, times, median) => {
    expect(
      baselineOf(
        times.map((p95Milliseconds) => run({ p95Milliseconds })),
        100,
      ),
    ).toBe(median);
  });

  test('of another load say nothing', () => {
    expect(baselineOf([run({ users: 20 })], 100)).toBeUndefined();
  });

  test('of as many users are five at most, the newest, and others stay', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(50), fc.constantFrom(20, 100)), { maxLength: 30 }), (added) => {
        const measured = added.reduce<Measured>(
          (before, [id, users]) => withRun(before, 'peak', run({ run: `${id}-${users}`, users })),
          {},
        );
        for (const users of [20, 100]) {
          const ids = added.filter(([, each]) => each === users).map(([id]) => `${id}-${users}`);
          const newest = ids.filter((id, index) => ids.lastIndexOf(id) === index).slice(-keptRuns);
          const kept = (measured['peak'] ?? []).filter((each) => each.users === users).map((each) => each.run);
          expect(kept).toEqual(newest);
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('what a run found', () => {
  const part = (program: number, rest: object = {}): Summary =>
    summary.parse({
      platform: 'retailflow',
      stage: 'staging',
      test: 'peak',
      run: 'a',
      variant: 'full',
      program,
      programs: 2,
      ended: `2026-11-2${program}T23:59:59.999Z`,
      seconds: 60,
      users: 100,
      missed: [],
      metrics: {
        http_req_duration: { 'p(95)': 400 + program * 0.25 },
        http_reqs: { count: 300, rate: 5 },
        checks: { rate: 0.999, passes: 299, fails: program },
      },
      ...rest,
    });

  test('is that of all programs together: the slowest, and the errors of all', () => {
    expect(runOf([part(0), part(1)])).toEqual({
      run: 'a',
      date: '2026-11-21',
      users: 100,
      requestsPerMinute: 600,
      p95Milliseconds: 400.3,
      errorPercent: 0.1669,
    });
  });

  test.each<readonly [string, readonly Summary[], string]>([
    ['no summary', [], 'got none'],
    ['a program that is missing', [part(0)], 'each of the 2 programs'],
    ['a program twice', [part(0), part(0)], 'each of the 2 programs'],
    ['two runs', [part(0), part(1, { run: 'b' })], 'of one run, got peak a and peak b'],
    ['a run that missed a limit', [part(0), part(1, { missed: ['p95'] })], 'missed p95'],
  ])('fails when there is %s', (_what, parts, message) => {
    expect(() => runOf(parts)).toThrow(message);
  });
});
