import { doorTimes } from '../../platform/door-times';
import type { ReleaseHours } from '../../platform/nouns/delivery';
import type { Platform } from '../../platform/platform';
import { containerTold, ecsServicesOf } from '../aws/ecs-services';
import type { Assembly } from '../aws/stack';
import { isObject, listOf, numberOf, objectOf, textOf, type Json, type JsonObject } from '../json';
import type { Cluster } from '../kubernetes/cluster';
import { find, ofKind } from '../kubernetes/find';
import { placeIn } from '../kubernetes/place';
import { SERVICE_NAME } from '../recovery/contract';
import { problemAt, type Problem } from '../recovery/problem';
import { secondsIn } from './seconds-in';

/** How often a service can be released, one release after the other. */
export interface Cadence {
  /** `services.order` */
  readonly about: string;
  /** From its first request to the end of the bake time, as the output says it, in minutes. */
  readonly releaseMinutes: number;
  /** Releases that can begin in a week, in the hours in which they may. */
  readonly weekly: number;
  readonly at: string;
}

const minute = 60;
const dayMinutes = 24 * 60;
const week = 7 * dayMinutes;

/** Until tasks of a release stand, at the least: no service is released more often. In minutes; ours. */
const leastMinutes = 10;

/**
 * How often every service of a stage can be released, by what its releases wait for: a bound from above, since no output says how long
 * it takes to build, to test and to decide. Steps and bake times that are too long are found by it, and a team that is slow is not.
 */
export const cadencesOf = (
  { aws, clusters }: { readonly aws: Assembly | undefined; readonly clusters: readonly Cluster[] },
  { delivery, stage }: Platform,
): readonly Cadence[] =>
  [...(aws === undefined ? [] : tasksReleased(aws)), ...clusters.flatMap(podsReleased)].map(({ at, minutes, name }) => {
    const releaseMinutes = Math.max(leastMinutes, minutes);
    const hours = stage.protected ? delivery.releaseHours : undefined;
    return { about: `services.${name}`, releaseMinutes, weekly: weeklyOf(releaseMinutes, hours), at };
  });

interface Released {
  readonly name: string;
  readonly minutes: number;
  readonly at: string;
}

const tasksReleased = (aws: Assembly): readonly Released[] =>
  ecsServicesOf(aws).flatMap(({ containers, service, stack }) => {
    const name = containerTold({ containers }, SERVICE_NAME)?.value;
    if (name === undefined) return [];
    const settings = objectOf(service.properties.DeploymentConfiguration);
    return [{ name, minutes: bakeMinutes(settings), at: `cdk.out ${stack.name}: ${service.logicalId}` }];
  });

function bakeMinutes({ BakeTimeInMinutes, CanaryConfiguration, LinearConfiguration }: JsonObject): number {
  const { CanaryBakeTimeInMinutes } = objectOf(CanaryConfiguration);
  const { StepBakeTimeInMinutes, StepPercent } = objectOf(LinearConfiguration);
  const steps = Math.ceil(100 / (numberOf(StepPercent) ?? 100));
  return (
    (numberOf(BakeTimeInMinutes) ?? 0) +
    (numberOf(CanaryBakeTimeInMinutes) ?? 0) +
    (numberOf(StepBakeTimeInMinutes) ?? 0) * steps
  );
}

const podsReleased = (cluster: Cluster): readonly Released[] =>
  ofKind(cluster, 'Rollout').map(({ file, name, namespace, value }) => {
    const { blueGreen, canary } = objectOf(placeIn(value, 'spec.strategy'));
    const seconds = pausesOf(canary) + Math.max(0, ...judgedSeconds(cluster, namespace, objectOf(blueGreen)));
    return { name, minutes: seconds / minute, at: `k8s.out ${file}` };
  });

/** What a release waits for; a pause without a time waits for a person, and nobody knows how long. */
const pausesOf = (canary: Json | undefined): number =>
  listOf(objectOf(canary).steps)
    .filter(isObject)
    .filter(({ pause }) => pause !== undefined)
    .reduce((sum, { pause }) => sum + (secondsIn(textOf(objectOf(pause).duration)) ?? Infinity), 0);

/** For how long two fleets stand side by side, since the new one is judged. */
const judgedSeconds = (cluster: Cluster, namespace: string, { postPromotionAnalysis }: JsonObject): readonly number[] =>
  listOf(objectOf(postPromotionAnalysis).templates)
    .filter(isObject)
    .flatMap(({ templateName }) => {
      const template = find(cluster, 'AnalysisTemplate', textOf(templateName) ?? '', namespace);
      return listOf(placeIn(template?.value ?? null, 'spec.metrics')).filter(isObject);
    })
    .map(
      ({ count, initialDelay, interval }) =>
        (secondsIn(initialDelay) ?? 0) + (numberOf(count) ?? Infinity) * (secondsIn(interval) ?? Infinity),
    );

/** Releases that can begin in a week, each after the end of the one before it; what has begun is finished after hours. */
function weeklyOf(releaseMinutes: number, hours: ReleaseHours | undefined): number {
  const doors = hours === undefined ? [[0, week] as const] : openMinutes(hours);
  let [begun, free] = [0, 0];
  for (const [opens, closes] of doors) {
    const first = Math.max(opens, free);
    if (first >= closes) continue;
    const more = Math.max(1, Math.ceil((closes - first) / releaseMinutes));
    begun += more;
    free = first + more * releaseMinutes;
  }
  return begun;
}

/** The hours in which releases may begin, in minutes of a week. */
function openMinutes({ days, from, until }: ReleaseHours): readonly (readonly [opens: number, closes: number])[] {
  const { lasts, opens } = doorTimes({ days, from, until });
  const [at = 0, hour = 0, , , of = ''] = opens.split(' ');
  return of.split(',').map((day) => {
    const start = Number(day) * dayMinutes + Number(hour) * 60 + Number(at);
    return [start, start + lasts] as const;
  });
}

/** What is released less often than promised, all services together. */
export function cadenceProblems(
  cadences: readonly Cadence[],
  { goals: { releasesPerWeek } }: Platform,
): readonly Problem[] {
  if (releasesPerWeek === undefined) return [];
  const weekly = cadences.reduce((sum, each) => sum + each.weekly, 0);
  return weekly >= releasesPerWeek
    ? []
    : [
        problemAt(
          'cadence',
          'releasesPerWeek',
          `is ${releasesPerWeek} and releases as long as these can begin ${weekly} times a week: ${cadences
            .map((each) => `${each.about} ${each.weekly} of ${each.releaseMinutes} min`)
            .join(
              ', ',
            )}; take shorter steps or bake times, widen delivery.releaseHours, or promise what they add up to`,
        ),
      ];
}
