import { problemAt, type Problem } from '../recovery/problem';
import { shownParts, type Part } from '../recovery/part';

/** Something that takes a time, what it is made of, and what is promised of it. */
export interface Timed {
  /** `services.user` */
  readonly about: string;
  readonly parts: readonly Part[];
  readonly seconds: number;
  /** Nothing where nothing is promised. */
  readonly goalSeconds: number | undefined;
  /** Where the promise stands. */
  readonly goal: string;
}

export const timed = (about: string, goal: string, goalSeconds: number | undefined, parts: readonly Part[]): Timed => ({
  about,
  parts,
  seconds: Math.round(parts.reduce((sum, { seconds }) => sum + seconds, 0) * 1000) / 1000,
  goalSeconds,
  goal,
});

/** What takes longer than promised, with the sum; a part of which nothing is known takes forever. */
export const lateProblems = (rule: string, all: readonly Timed[], remedy: string): readonly Problem[] =>
  all.flatMap(({ about, goal, goalSeconds, parts, seconds }) =>
    goalSeconds === undefined || seconds <= goalSeconds
      ? []
      : [
          problemAt(
            rule,
            about,
            `takes ${seconds} s and ${goal} allows ${goalSeconds} s: ${shownParts(parts)}; ${remedy}, or promise what they add up to`,
          ),
        ],
  );
