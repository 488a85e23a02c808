import type { Goals } from '../nouns/goals';
import type { LoadTest } from '../nouns/load-tests';
import type { Capacity } from '../nouns/scalars';
import type { Platform } from '../platform';

/** What one program of k6 is given, and how many users it stands for. */
export const generator = {
  capacity: { vcpu: 2, memoryGiB: 8 } satisfies Capacity,
  /** Three quarters of its memory at 3 MiB a user; at a request a second each, a processor answers for a thousand. */
  users: 2000,
  source: 'https://github.com/grafana/k6/issues/1543: 2.7 to 3 MB a user of a small script',
} as const;

/** Programs that one run may have: a state of Step Functions runs no more at once. */
export const mostPrograms = 40;

/** Somebody is called when no run was good for so long, in days: a week, and a day to mend it. */
export const staleDays = 8;

/** What a pipeline runs on every change: so few that no limit of an address is reached, and so short that people wait for it. */
export const smoke = { users: 20, rampSeconds: 30, holdSeconds: 120 } as const;

type Loaded = Pick<Platform, 'goals'>;

/** Users of a test at once: a multiple of what the stage promises. */
export const usersOf = ({ goals }: Loaded, { times }: Pick<LoadTest, 'times'>): number =>
  Math.ceil(goals.concurrentUsers * times);

/** What a user waits between two requests, in seconds; nothing where neither the test nor the goals say. */
export const pauseOf = (
  { goals }: { readonly goals: Pick<Goals, 'requestsPerUser'> },
  { pauseSeconds }: Pick<LoadTest, 'pauseSeconds'>,
): number | undefined => pauseSeconds ?? (goals.requestsPerUser === undefined ? undefined : 60 / goals.requestsPerUser);

/** How many programs make the users of a test. */
export const programsOf = (platform: Loaded, test: Pick<LoadTest, 'times'>): number =>
  Math.ceil(usersOf(platform, test) / generator.users);

/** Requests a minute of a test at its most, if answers took no time. */
export const requestsOf = (platform: Loaded, test: Pick<LoadTest, 'pauseSeconds' | 'times'>): number =>
  Math.ceil((usersOf(platform, test) * 60) / (pauseOf(platform, test) ?? 60));

/** Requests a minute of all tests of a platform, which begin at the same time. */
export const loadRequests = ({ goals, loadTests }: Pick<Platform, 'goals' | 'loadTests'>): number =>
  Object.values(loadTests).reduce((sum, test) => sum + requestsOf({ goals }, test), 0);

/** From the first user to the last, in minutes: all come, stay, and go. */
export const minutesOf = ({ holdMinutes, rampMinutes }: Pick<LoadTest, 'holdMinutes' | 'rampMinutes'>): number =>
  rampMinutes + holdMinutes + rampDownMinutes;

/** Within what time all users go, in minutes. */
export const rampDownMinutes = 1;
