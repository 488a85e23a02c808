import fc from 'fast-check';
import { burnWindows, objectiveDays } from '../../lib/platform/burn-windows';

describe('burnWindows', () => {
  test.each([
    ['Fast', 14.4, 60, 5],
    ['Steady', 6, 360, 30],
    ['Slow', 3, 1440, 120],
  ])('%s is %f times too fast over %d and %d minutes', (id, factor, longMinutes, shortMinutes) => {
    expect(burnWindows(99.9).find((window) => window.id === id)).toMatchObject({ factor, longMinutes, shortMinutes });
  });

  test.each([
    [99.999, [0.0144, 0.006, 0.003]],
    [99.99, [0.144, 0.06, 0.03]],
    [99.9, [1.44, 0.6, 0.3]],
    [99, [14.4, 6, 3]],
    [95, [72, 30, 15]],
    // At 90% the budget is never gone in two days, not even when every request fails.
    [90, [100, 60, 30]],
  ])('at %f%% calls from these shares of bad requests on: %j', (goal, thresholds) => {
    expect(burnWindows(goal).map(({ thresholdPercent }) => thresholdPercent)).toEqual(thresholds);
  });

  test.each([0, -1, 100, 101, Number.NaN])('fails when the goal is %d', (goal) => {
    expect(() => burnWindows(goal)).toThrow(`an objective must be above 0 and below 100 percent, got ${goal}`);
  });

  test('asks for a share that requests can have, the sooner the larger, in windows that CloudWatch can look back', () => {
    fc.assert(
      fc.property(fc.double({ min: 90, max: 99.999, noNaN: true }), (goal) => {
        const windows = burnWindows(goal);
        const thresholds = windows.map(({ thresholdPercent }) => thresholdPercent);
        expect(thresholds).toEqual([...thresholds].sort((a, b) => b - a));
        for (const { longMinutes, shortMinutes, thresholdPercent } of windows) {
          expect(thresholdPercent).toBeGreaterThan(0);
          expect(thresholdPercent).toBeLessThanOrEqual(100);
          expect(longMinutes).toBe(12 * shortMinutes);
          expect(longMinutes).toBeLessThanOrEqual(24 * 60);
        }
      }),
    );
  });

  test('calls when 2%, 5% and 10% of the budget are spent within the long window', () => {
    const minutes = objectiveDays * 24 * 60;
    expect(
      burnWindows(99.9).map(({ factor, longMinutes }) => Math.round((100 * factor * longMinutes) / minutes)),
    ).toEqual([2, 5, 10]);
  });
});
