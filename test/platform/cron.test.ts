import { longestGapMinutes, shortestGapMinutes, scheduleProblem, windowsOf } from '../../lib/platform/cron';

test.each([
  '* * * * *',
  '*/15 * * * *',
  '0 2 * * *',
  '30 18 1 */2 *',
  '0,30 8-17/2 * * 1-5',
  '59 23 31 12 *',
  '0 0 * * 0,6',
])('%s is a schedule', (schedule) => {
  expect(scheduleProblem(schedule)).toBeUndefined();
});

test.each([
  ['', 'of 5 fields'],
  ['0 2 * *', 'of 5 fields'],
  ['0 0 2 * * *', 'of 5 fields'],
  ['0  2 * * *', 'of 5 fields'],
  ['60 * * * *', 'with a minute of *, numbers from 0 to 59'],
  ['* 24 * * *', 'with a hour of *, numbers from 0 to 23'],
  ['* * 0 * *', 'with a day of the month of *, numbers from 1 to 31'],
  ['* * * 13 *', 'with a month of *, numbers from 1 to 12'],
  ['* * * * 7', 'with a day of the week of *, numbers from 0 to 6'],
  ['* * * * MON', 'with a day of the week'],
  ['5-1 * * * *', 'with a minute'],
  ['*/0 * * * *', 'with a minute'],
  ['1, * * * *', 'with a minute'],
  ['0 0 1 * 1', 'restricted by day of the month or day of the week, not both'],
])('"%s" is none, and it is said why', (schedule, problem) => {
  expect(scheduleProblem(schedule)).toContain(problem);
});

test.each([
  ['* * * * *', 1],
  ['*/15 * * * *', 15],
  ['0,45 * * * *', 45],
  ['7 * * * *', 60],
  ['30 18 * * *', 1440],
  ['0 6,18 * * *', 720],
  ['0 8-17/3 * * *', 900],
  ['50 23,0 * * *', 1380],
  ['0 2 1 * *', undefined],
  ['0 2 * 6 *', undefined],
  ['0 2 * * 1-5', undefined],
])('%s runs after %s minutes at the latest', (schedule, gap) => {
  expect(longestGapMinutes(schedule)).toBe(gap);
});

test.each([
  ['* * * * *', 1],
  ['*/15 * * * *', 15],
  ['0,45 * * * *', 15],
  ['30 18 * * *', 1440],
  ['50 23,0 * * *', 60],
  ['0 2 * * 1', 1440],
])('%s runs no sooner than after %s minutes', (schedule, gap) => {
  expect(shortestGapMinutes(schedule)).toBe(gap);
});

describe('times between two schedules', () => {
  const day = 24 * 60;

  test('begin with each run of the one and end with the next of the other', () => {
    const nights = windowsOf({ from: '0 22 * * *', until: '0 6 * * *' });
    expect(nights.slice(0, 2)).toEqual([
      { from: 22 * 60, until: day + 6 * 60 },
      { from: day + 22 * 60, until: 2 * day + 6 * 60 },
    ]);
  });

  test('are as many as there are days of the week', () => {
    // 1 January 2026 is a Thursday.
    const [first, second] = windowsOf({ from: '0 9 * * 1', until: '0 17 * * 1' });
    expect(first?.from).toBe(4 * day + 9 * 60);
    expect((second?.from ?? 0) - (first?.from ?? 0)).toBe(7 * day);
  });

  test('are found at once where both run all day', () => {
    const begun = Date.now();
    const short = windowsOf({ from: '*/5 * * * *', until: '*/10 * * * *' });
    expect(short.slice(0, 3)).toEqual([
      { from: 0, until: 10 },
      { from: 5, until: 10 },
      { from: 10, until: 20 },
    ]);
    expect(Date.now() - begun).toBeLessThan(5000);
  });

  test('are none where one of them never runs', () => {
    expect(windowsOf({ from: '0 0 31 2 *', until: '0 0 1 3 *' })).toEqual([]);
    expect(windowsOf({ from: '0 0 29 2 *', until: '0 0 1 3 *' })).toHaveLength(2);
  });
});
