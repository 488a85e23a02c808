import type { Platform } from '../../platform/platform';
import { shown, type Json } from '../json';
import { placeIn } from '../kubernetes/place';
import { keyOf } from './capability';
import type { Pairing } from './pairing';
import { problemAt, type Problem } from './problem';
import { coveredBy, waiversOf } from './waivers';

/**
 * What is made anew when the recovery site leads: the waiver has the time that this takes, which the recovery time counts. Goals
 * hold from then on.
 */
const MADE_ANEW: readonly string[] = ['readReplicas'];

/** Goals that cannot be met without a capability, and why. */
const NEEDED_BY: Readonly<
  Record<
    string,
    readonly (readonly [goal: keyof Platform['goals'] | 'recovery.objectsPointMinutes', because: string])[]
  >
> = {
  edge: [['cacheHitPercent', 'no request is answered from a cache before the site']],
  caches: [['p95Milliseconds', 'every read goes to the database']],
  readReplicas: [['concurrentUsers', 'one server takes the reads of all users']],
  queues: [['errorPercent', 'what services send is refused']],
  topics: [['errorPercent', 'what services publish is refused']],
  objects: [['recovery.objectsPointMinutes', 'what buckets hold is not there']],
  releases: [['releasesPerWeek', 'nothing takes a release back that fails']],
};

/** What is wrong with waivers: a goal depends on it, or there is nothing to waive. */
export function waiverProblems(platform: Platform, pairings: readonly Pairing[]): readonly Problem[] {
  return waiversOf(platform).flatMap(({ minutes, of }) => {
    const waived = pairings.filter(({ noun, primary }) => primary !== undefined && coveredBy(noun) === of);
    const isMissed = minutes === 0 || !MADE_ANEW.includes(of);
    return [
      ...(isMissed ? (NEEDED_BY[of] ?? []) : [])
        .filter(([goal]) => valueOf(platform, goal) !== undefined)
        .map(([goal, because]) =>
          problemAt(
            'waiver',
            of,
            `is waived, and goals.${goal} (${shown(valueOf(platform, goal))}) depends on it: without ${waived.map(keyOf).join(', ')} ${because}; build it, or take the goal away`,
          ),
        ),
      ...(waived.length > 0
        ? []
        : [problemAt('waiver', of, 'is waived, and the primary has none: take the waiver away')]),
    ];
  });
}

/** The value of a goal by its way: `recovery.objectsPointMinutes`. */
const valueOf = ({ goals }: Platform, goal: string): Json | undefined => placeIn(goals as unknown as Json, goal);
