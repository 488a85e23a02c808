import type { Platform } from '../../platform/platform';
import { betweenOf } from './between-of';
import type { Outputs } from './outputs';
import type { Pairing } from './pairing';
import { shownParts } from './part';
import type { Point } from './point';
import { problemAt, type Problem } from './problem';

/** What may be lost of every kind of data. */
export const recoveryPoints = (
  outputs: Outputs,
  platform: Platform,
  pairings: readonly Pairing[],
): readonly Point[] => [
  ...betweenOf(outputs).points(outputs, platform, pairings),
  ...(pairings.some(({ noun }) => noun === 'caches')
    ? [
        {
          data: 'caches',
          because: 'nothing is replicated: what is derived is made again, and customers log in again',
        },
      ]
    : []),
];

export const pointProblems = (points: readonly Point[]): readonly Problem[] =>
  points.flatMap(({ data, problem, sum }) => [
    ...(problem === undefined ? [] : [problemAt('goals', `point of ${data}`, problem)]),
    ...(sum === undefined || sum.seconds <= sum.goalSeconds
      ? []
      : [
          problemAt(
            'goals',
            `point of ${data}`,
            `is ${sum.seconds} s and the definition allows ${sum.goalSeconds} s: ${shownParts(sum.parts)}; shorten a part, or promise what they add up to`,
          ),
        ]),
  ]);
