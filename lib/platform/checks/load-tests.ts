import { fieldsOf, scheduleProblem } from '../cron';
import type { Problem } from '../error';
import { mostPrograms, pauseOf, programsOf, smoke, usersOf, generator } from '../load-tests/figures';
import { didYouMean } from '../nearest';
import type { Loads, LoadTest } from '../nouns/load-tests';
import type { Platform } from '../platform';
import { allowedTimeZone, isTimeZone } from '../time-zone';
import { stagePath, when, type Check } from './check';
import { stepProblems } from './journeys';

/** The stage that customers use. */
const production = 'production';

/** A stage runs load tests only where there are some and somebody answers them by a name, once a week at least, and apart from customers. */
export const loads: Check = (platform) => {
  const { edge, stage, stageName } = platform;
  const spec = stage.loadTests;
  if (spec === undefined) return [];
  const path = stagePath(platform, 'loadTests');
  return [
    ...when(Object.keys(platform.loadTests).length === 0, () => ({
      path,
      got: 'no load tests',
      allowed: 'given where the platform declares loadTests',
      remedy: 'declare loadTests, or remove it',
    })),
    ...when(edge === undefined, () => ({
      path,
      got: 'no edge',
      allowed: 'given where the platform has an edge, which answers under the domain',
      remedy: 'declare an edge, or remove it',
    })),
    ...when(stageName === production && spec.inProduction === undefined, () => ({
      path,
      got: stageName,
      allowed:
        'given in another stage: customers would share the platform with the test, and its third parties would be called',
      remedy: 'run load tests in staging, or say in inProduction why they must run here',
    })),
    ...scheduleProblems(path, spec),
    ...Object.entries(platform.loadTests).flatMap(([name, test]) => sizeProblems(platform, `loadTests.${name}`, test)),
  ];
};

function scheduleProblems(path: string, { schedule, timeZone }: Loads): readonly Problem[] {
  const wrong = scheduleProblem(schedule);
  const [, , dayOfMonth, month] = wrong === undefined ? fieldsOf(schedule) : [];
  return [
    ...when(wrong !== undefined || dayOfMonth !== undefined || month !== undefined, () => ({
      path: `${path}.schedule`,
      got: schedule,
      allowed: wrong ?? 'once a week at least: by the day of the week, or every day',
      remedy: 'write it as cron does, such as 0 3 * * 6 for three in the morning of every Saturday',
    })),
    ...when(!isTimeZone(timeZone), () => ({
      path: `${path}.timeZone`,
      got: timeZone,
      allowed: allowedTimeZone,
      remedy: 'correct it',
    })),
  ];
}

function sizeProblems(platform: Platform, path: string, test: LoadTest): readonly Problem[] {
  const { requestsPerUser } = platform.goals;
  const programs = programsOf(platform, test);
  return [
    ...when((test.pauseSeconds ?? 0) * (requestsPerUser ?? 0) > 60, () => ({
      path: `${path}.pauseSeconds`,
      got: test.pauseSeconds,
      allowed: `at most what goals.requestsPerUser leaves: ${requestsPerUser} requests a minute are promised, and a test that asks for fewer proves less`,
      remedy: 'shorten it, or remove it',
    })),
    ...when(programs > mostPrograms, () => ({
      path: `${path}.times`,
      got: `${test.times}, which is ${usersOf(platform, test)} users`,
      allowed: `at most ${mostPrograms * generator.users} users in a stage: ${mostPrograms} programs of ${generator.users} each`,
      remedy: "lower it, or lower goals.concurrentUsers to what this stage's sizes stand",
    })),
  ];
}

/** A load test walks something, and all of it is there. */
export const loadTests: Check = (platform) =>
  Object.entries(platform.loadTests).flatMap(([name, test]) => {
    const { journeys, routes } = test;
    const path = `loadTests.${name}`;
    const known = Object.keys(platform.journeys);
    return [
      ...when(pauseOf(platform, test) === undefined, () => ({
        path: `${path}.pauseSeconds`,
        got: undefined,
        allowed: 'written where goals.requestsPerUser is not: so long a user waits between two requests',
        remedy: 'write one of them',
      })),
      ...limitProblems(platform, path, test),
      ...when(Object.keys(journeys).length + routes.length === 0, () => ({
        path,
        got: 'no journeys and no routes',
        allowed: 'something that users do',
        remedy: 'name journeys with their weights, or routes',
      })),
      ...Object.keys(journeys)
        .filter((journey) => !known.includes(journey))
        .map((journey) => ({
          path: `${path}.journeys.${journey}`,
          got: journey,
          allowed:
            known.length === 0 ? 'a journey of the platform, of which there are none' : `one of ${known.join(', ')}`,
          remedy: didYouMean(journey, known, 'name another journey'),
        })),
      ...routes.flatMap((route, index) =>
        stepProblems(platform, `${path}.routes.${index}`, { ...route, name: 'get', method: 'GET', milliseconds: 3000 }),
      ),
    ];
  });

/** A pipeline comes from one address, which the firewall counts for five minutes. */
function limitProblems({ edge, goals }: Platform, path: string, test: LoadTest): readonly Problem[] {
  const requests = Math.ceil((smoke.users * 300) / (pauseOf({ goals }, test) ?? Infinity));
  return when(edge !== undefined && requests > edge.firewall.requestsPerAddress, () => ({
    path: `${path}.pauseSeconds`,
    got: test.pauseSeconds,
    allowed: `so long that ${smoke.users} users of a pipeline, who come from one address, stay below edge.firewall.requestsPerAddress: they make ${requests} requests in five minutes`,
    remedy: 'raise it, or raise requestsPerAddress',
  }));
}
