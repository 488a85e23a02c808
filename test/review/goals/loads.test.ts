import { loadFigures } from '../../../lib/review/goals/loads';
import { resolved } from '../../support/platform';
import techflowSolutions from '../../../platforms/techflow-solutions';

const staging = resolved(techflowSolutions, 'staging');
const run = {
  run: 'a',
  date: '2026-11-28',
  users: 8000,
  requestsPerMinute: 46_000,
  p95Milliseconds: 412,
  errorPercent: 0,
};

test('a load that nothing measured is assumed', () => {
  expect(loadFigures(staging)).toEqual([
    {
      test: 'ten-times',
      users: 5000,
      requestsPerMinute: 30_000,
      p95Milliseconds: { goal: 800, measured: undefined },
      errorPercent: { goal: 0.15, measured: undefined },
      source: expect.stringMatching(/^assumed: /),
    },
  ]);
});

test('a load that was measured says when, by the last run of the most users', () => {
  const measured = { 'ten-times': [run, { ...run, run: 'b', p95Milliseconds: 420 }, { ...run, run: 'c', users: 20 }] };
  expect(loadFigures({ ...staging, measured })).toEqual([
    expect.objectContaining({
      p95Milliseconds: { goal: 800, measured: 420 },
      source: 'measured on 2026-11-28 with 8000 users at once, run b',
    }),
  ]);
});

test('a stage that runs no load test says nothing of load', () => {
  expect(loadFigures(resolved(techflowSolutions, 'production'))).toEqual([]);
});
