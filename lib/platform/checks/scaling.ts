import { scheduleProblem, windowsOf, type Window } from '../cron';
import type { Problem } from '../error';
import type { Scale, Schedule } from '../nouns/scale';
import type { Service } from '../nouns/service';
import type { Platform } from '../platform';
import { allowedTimeZone, isTimeZone } from '../time-zone';
import { when, type Check } from './check';

type Scaled = readonly (readonly [path: string, scale: Omit<Scale, 'growsWithinSeconds'>])[];

/** Services and the gateway. */
const scaledIn = ({ gateway, services }: Platform): Scaled => [
  ...Object.entries(services).map(([name, { scale }]) => [`services.${name}.scale`, scale] as const),
  ...(gateway === undefined ? [] : [['gateway.scale', gateway.scale] as const]),
];

/** Schedules are sound, within the bounds, and one at a time: at the end of each the usual minimum holds again. */
export const scaleSchedules: Check = (platform) =>
  scaledIn(platform).flatMap(([path, scale]) => {
    const schedules = Object.entries(scale.schedules);
    const own = schedules.flatMap(([name, each]) => scheduleFaults(`${path}.schedules.${name}`, each, scale));
    return own.length > 0 ? own : crossing(path, schedules);
  });

function scheduleFaults(path: string, { from, min, timeZone, until }: Schedule, scale: Scaled[number][1]): Problem[] {
  const times = Object.entries({ from, until }).flatMap(([key, text]) => {
    const wrong = scheduleProblem(text);
    return when(wrong !== undefined, () => ({
      path: `${path}.${key}`,
      got: text,
      allowed: wrong ?? '',
      remedy: 'write it as cron does, such as 0 6 * * 1-5 for six in the morning of every working day',
    }));
  });
  const never = times.length === 0 && windowsOf({ from, until }).length === 0;
  return [
    ...times,
    ...when(never || from === until, () => ({
      path: `${path}.until`,
      got: until,
      allowed: `a time after from, which is ${from}`,
      remedy: 'name the time at which fewer tasks will do again',
    })),
    ...when(!isTimeZone(timeZone), () => ({
      path: `${path}.timeZone`,
      got: timeZone,
      allowed: allowedTimeZone,
      remedy: 'correct it',
    })),
    ...when(min <= scale.min || min >= scale.max, () => ({
      path: `${path}.min`,
      got: min,
      allowed: `more than scale.min, which is ${scale.min}, and less than scale.max, which is ${scale.max}: load beyond the plan finds room, and somebody is called where that is used up`,
      remedy: 'correct it, or take the schedules away in this stage: scale: { schedules: null }',
    })),
  ];
}

const overlap = (a: readonly Window[], b: readonly Window[]): boolean => {
  const all = [...a, ...b].sort((one, other) => one.from - other.from);
  return all.some(({ from }, index) => index > 0 && from < (all[index - 1]?.until ?? 0));
};

function crossing(path: string, schedules: readonly (readonly [string, Schedule])[]): readonly Problem[] {
  return schedules.flatMap(([name, each], index) =>
    schedules.slice(0, index).flatMap(([other, before]) => [
      ...when(before.timeZone !== each.timeZone, () => ({
        path: `${path}.schedules.${name}.timeZone`,
        got: each.timeZone,
        allowed: `${before.timeZone}, the time zone of schedules.${other}: only by one clock it is known that they do not cross`,
        remedy: 'write both by the same clock',
      })),
      ...when(before.timeZone === each.timeZone && overlap(windowsOf(before), windowsOf(each)), () => ({
        path: `${path}.schedules.${name}.from`,
        got: each.from,
        allowed: `outside of schedules.${other}, from ${before.from} until ${before.until}: the end of one would end the other`,
        remedy: 'let them follow each other, or make them one',
      })),
    ]),
  );
}

/** Steps rise, and begin above what is tracked. */
export const scaleSteps: Check = (platform) =>
  scaledIn(platform).flatMap(([path, { cpuPercent, steps }]) => {
    if (steps === undefined) return [];
    return steps.above.flatMap((step, index) => {
      const floor = steps.above[index - 1]?.cpuPercent ?? cpuPercent;
      return when(step.cpuPercent <= floor, () => ({
        path: `${path}.steps.above.${index}.cpuPercent`,
        got: step.cpuPercent,
        allowed: `above ${floor}, ${index === 0 ? 'the cpuPercent that is tracked' : 'that of the step before'}`,
        remedy: 'raise it, or put the steps in order',
      }));
    });
  });

/** A usual day leaves processors room below what scaling follows. */
export const steadyCpu: Check = ({ goals: { steadyCpuPercent = 0 }, services }) =>
  Object.entries(services).flatMap(([name, { scale }]) =>
    when(scale.cpuPercent <= steadyCpuPercent, () => ({
      path: `services.${name}.scale.cpuPercent`,
      got: scale.cpuPercent,
      allowed: `above goals.steadyCpuPercent, which is ${steadyCpuPercent}: scaling would keep processors as busy as a usual day may be`,
      remedy: 'raise it, or lower the goal',
    })),
  );

/** What is promised of starts and of the peak can be computed only where the figures it takes are written. */
export const promises: Check = (platform) => [
  ...Object.entries(platform.services).flatMap(([name, service]) => [
    ...startFigures(name, service),
    ...peakFigure(name, service),
  ]),
  ...gatewayFigures(platform),
];

const startFigures = (name: string, { health, imageMiB, scale }: Service): readonly Problem[] => {
  const promised = [
    ...when(health.servesWithinSeconds !== undefined, () => 'health.servesWithinSeconds'),
    ...when(scale.growsWithinSeconds !== undefined, () => 'scale.growsWithinSeconds'),
  ];
  return when(promised.length > 0 && imageMiB === undefined, () => ({
    path: `services.${name}.imageMiB`,
    got: imageMiB,
    allowed: `written, because ${promised.join(' and ')} ${promised.length === 1 ? 'is' : 'are'}: the image is a part of every start`,
    remedy: 'write the size that its registry tells, in MiB',
  }));
};

/** What a task of a service stands, where its peak is promised. */
const peakFigure = (name: string, { peakRequestsPerMinute, scale }: Service): readonly Problem[] =>
  when(peakRequestsPerMinute !== undefined && scale.requestsPerTask === undefined, () => ({
    path: `services.${name}.scale.requestsPerTask`,
    got: scale.requestsPerTask,
    allowed: 'written, because peakRequestsPerMinute is: what a task stands is a part of what all stand',
    remedy: 'write the requests a minute that one task serves, or remove peakRequestsPerMinute',
  }));

/** What the gateway passes on, where everybody's requests go through it. */
function gatewayFigures({ gateway, goals }: Platform): readonly Problem[] {
  if (goals.requestsPerUser === undefined || gateway === undefined) return [];
  const missing = (path: string, what: string): Problem => ({
    path: `gateway.${path}`,
    got: undefined,
    allowed: 'written, because goals.requestsPerUser is: every one of those requests goes through the gateway',
    remedy: `write the requests a minute that one ${what} of the gateway serves, or remove goals.requestsPerUser`,
  });
  return [
    ...when(gateway.scale.requestsPerTask === undefined, () => missing('scale.requestsPerTask', 'task')),
    ...when(gateway.kind === 'api-management' && gateway.units.requestsPerUnit === undefined, () =>
      missing('units.requestsPerUnit', 'unit'),
    ),
  ];
}
