import type { Goals } from '../nouns/goals';

/**
 * How many times faster than promised requests may fail before somebody is called: at this rate an hour uses 2% of what a
 * month allows. Source: The Site Reliability Workbook, chapter 5, "Alerting on SLOs".
 */
const burnRate = 14.4;

/** Fewer requests a minute say nothing about a share. */
export const minimumRequests = 50;

/** Share of requests through the gateway that failed, in percent, above which somebody is called. */
export const errorThreshold = ({ errorPercent }: Pick<Goals, 'errorPercent'>): number =>
  Math.min(100, Number((errorPercent * burnRate).toFixed(2)));
