import { objectiveDays } from './burn-windows';
import type { Goals } from './nouns/goals';

/** What a request does that breaks a promise. */
export type Bad = { readonly by: 'failing' } | { readonly by: 'slowness'; readonly milliseconds: number };

/** What is promised of requests over {@link objectiveDays} days. */
export interface Objective {
  /** Share of requests that must be good, in percent. */
  readonly goalPercent: number;
  readonly bad: Bad;
}

/** Every objective by its name; one that is not promised is absent. */
export interface Objectives {
  readonly availability: Objective;
  readonly latency: Objective;
  readonly serviceLevel?: Objective;
}

/** With fewer bad requests in a window, nobody is called. */
export const fewestBad = 5;

/** A day is looked at in quarters, each with its own average: somebody is called when every one of them was too busy. */
export const busyDay = { quarters: 4, quarterHours: 6 } as const;

/** What is promised of requests of which a share has to be answered in a time, beside all else. */
export const serviceLevelOf = ({ milliseconds, percent }: NonNullable<Goals['serviceLevel']>): Objective => ({
  goalPercent: percent,
  bad: { by: 'slowness', milliseconds },
});

/** The objectives that follow from goals: the 95th percentile is a promise for 95% of the requests. */
export const objectivesOf = (
  goals: Pick<Goals, 'availabilityPercent' | 'p95Milliseconds'>,
  serviceLevel?: Goals['serviceLevel'],
): Objectives => ({
  availability: { goalPercent: goals.availabilityPercent, bad: { by: 'failing' } },
  latency: { goalPercent: 95, bad: { by: 'slowness', milliseconds: goals.p95Milliseconds } },
  ...(serviceLevel === undefined ? {} : { serviceLevel: serviceLevelOf(serviceLevel) }),
});

/** What somebody is told of a service that had a busy day. */
export const busyPromise = (name: string, percent: number): string =>
  `${name} has used more than ${percent}% of its processors in every quarter of a day.`;

/** What of an objective is broken while somebody is called for it, for people. */
export const brokenPromise = (name: string, { bad, goalPercent }: Objective): string =>
  `So many requests to ${name} ${bad.by === 'failing' ? 'fail' : `take longer than ${bad.milliseconds} ms`} that ` +
  `${goalPercent}% good ones over ${objectiveDays} days cannot be held at this rate.`;
