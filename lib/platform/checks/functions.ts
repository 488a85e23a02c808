import { scheduleProblem } from '../cron';
import type { Problem } from '../error';
import { sitesOf, type Platform } from '../platform';
import { when, type Check } from './check';

const eachFunction = (platform: Platform) => Object.entries(platform.functions);

/** Functions stand on Azure alone. */
export const functionSites: Check = (platform) =>
  sitesOf(platform)
    .filter(({ cloud }) => cloud === 'aws')
    .flatMap(({ siteName }) =>
      eachFunction(platform)
        .filter(([, { on }]) => on.includes(siteName))
        .map(([name, { on }]) => ({
          path: `functions.${name}.on`,
          got: on,
          allowed: `without ${siteName}, which is on aws: functions stand on azure alone`,
          remedy: `place it on the site on azure, or declare services.${name} with scale.min 1`,
        })),
    );

/** A function has something that starts it. */
export const functionTriggers: Check = (platform) =>
  eachFunction(platform).flatMap(([name, { schedule, uses }]): readonly Problem[] => {
    const wrong = schedule === undefined ? undefined : scheduleProblem(schedule);
    return [
      ...when(wrong !== undefined, () => ({
        path: `functions.${name}.schedule`,
        got: schedule,
        allowed: wrong ?? '',
        remedy: 'write it as cron does, such as 0 2 * * * for every night at two',
      })),
      ...when(schedule === undefined && uses.receives.length === 0, () => ({
        path: `functions.${name}`,
        got: { schedule, receives: uses.receives },
        allowed: 'started by a schedule or by messages',
        remedy: 'add a schedule, or a queue to uses.receives',
      })),
    ];
  });

/** What always stands is within what may stand. */
export const functionInstances: Check = (platform) =>
  eachFunction(platform).flatMap(([name, { alwaysReady, maxInstances }]) =>
    when(alwaysReady > maxInstances, () => ({
      path: `functions.${name}.alwaysReady`,
      got: alwaysReady,
      allowed: `at most maxInstances, which is ${maxInstances}`,
      remedy: 'lower it, or raise maxInstances',
    })),
  );

/** Services and functions log in by their names, so no two of them have the same. */
export const functionNames: Check = (platform) => {
  const bare = (name: string) => name.replaceAll('-', '');
  return eachFunction(platform).flatMap(([name]) => {
    const twin = Object.keys(platform.services).find((service) => bare(service) === bare(name));
    return when(twin !== undefined, () => ({
      path: `functions.${name}`,
      got: name,
      allowed: `different from services.${twin} in more than hyphens, since both have a user of that name`,
      remedy: 'rename one of the two',
    }));
  });
};

/** What a function copies lies in a database that it and the service use. */
export const functionCopies: Check = (platform) =>
  eachFunction(platform).flatMap(([name, { copiesFrom, uses }]) =>
    copiesFrom.flatMap((service) => {
      const declared = (platform.services[service]?.uses.databases ?? []).filter((each) => each in platform.databases);
      const apart = declared.length > 0 && !declared.some((database) => uses.databases.includes(database));
      return when(apart, () => ({
        path: `functions.${name}.copiesFrom`,
        got: service,
        allowed: `a service that uses one of functions.${name}.uses.databases`,
        remedy: `add one of ${declared.join(', ')} to functions.${name}.uses.databases`,
      }));
    }),
  );
