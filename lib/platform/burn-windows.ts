/** Objectives hold over this many days, at every moment. */
export const objectiveDays = 30;

/** How much of the error budget, spent within the long window, somebody is called for. */
const spent = [
  { id: 'Fast', budgetPercent: 2, longMinutes: 60, shortMinutes: 5 },
  { id: 'Steady', budgetPercent: 5, longMinutes: 6 * 60, shortMinutes: 30 },
  { id: 'Slow', budgetPercent: 10, longMinutes: 24 * 60, shortMinutes: 2 * 60 },
] as const;

/** A pair of windows, and the share of bad requests that is too much in both of them. */
export interface BurnWindow {
  readonly id: (typeof spent)[number]['id'];
  /** How many times faster than it may be the error budget is spent. */
  readonly factor: number;
  /** Share of bad requests, in percent, from which somebody is called. */
  readonly thresholdPercent: number;
  /** So much must be spent for it to matter. */
  readonly longMinutes: number;
  /** It must still go on, or the call comes too late and stays too long. */
  readonly shortMinutes: number;
}

/**
 * The windows over which an objective's error budget is watched: 14.4 times too fast for an hour, 6 times for six hours,
 * 3 times for a day. Source: The Site Reliability Workbook, chapter 5, "Alerting on SLOs", section 6, multiwindow,
 * multi-burn-rate alerts, whose 2%, 5% and 10% of a 30 day budget give those factors. Its slowest pair, three days, is
 * longer than an alarm of CloudWatch can look back with one period.
 *
 * A goal so low that a factor would ask for more than every request is watched for every request.
 *
 * @param goalPercent share of requests that must be good, above 0 and below 100
 * @throws RangeError for a goal that leaves no error budget, or nothing else
 */
export function burnWindows(goalPercent: number): readonly BurnWindow[] {
  if (!(goalPercent > 0 && goalPercent < 100)) {
    throw new RangeError(
      `an objective must be above 0 and below 100 percent, got ${goalPercent}: leave an error budget`,
    );
  }
  return spent.map(({ budgetPercent, id, longMinutes, shortMinutes }) => {
    const factor = rounded((budgetPercent / 100) * ((objectiveDays * 24 * 60) / longMinutes));
    return {
      id,
      factor,
      thresholdPercent: Math.min(100, rounded(factor * (100 - goalPercent))),
      longMinutes,
      shortMinutes,
    };
  });
}

/** Without the noise that binary fractions leave behind: 100 - 99.99 is a little more than 0.01. */
const rounded = (value: number): number => Number(value.toFixed(6));
