import { bare } from '../bare-path';
import { gatewayPort, meshPort } from '../ports';
import { rollback, type Release, type Rollback } from '../nouns/release';
import type { Platform } from '../platform';
import { consumersOf, sitesOf } from '../platform';
import type { Problem } from '../error';
import { sitePath } from '../edge/site';
import { when, type Check } from './check';

const eachService = (platform: Platform) => Object.entries(platform.services);

/** The least number of tasks is not above the greatest. */
export const scaleBounds: Check = (platform) => {
  const scales = [
    ...eachService(platform).map(([name, { scale }]) => ({ path: `services.${name}`, scale })),
    ...(platform.gateway === undefined ? [] : [{ path: 'gateway', scale: platform.gateway.scale }]),
  ];
  return scales.flatMap(({ path, scale }) =>
    when(scale.min > scale.max, () => ({
      path: `${path}.scale.max`,
      got: scale.max,
      allowed: `at least scale.min, which is ${scale.min}`,
      remedy: 'raise the maximum or lower the minimum',
    })),
  );
};

/** Requests can be counted per task only where the gateway sends them. */
export const requestScaling: Check = (platform) =>
  eachService(platform)
    .filter(([, { scale, routes }]) => scale.requestsPerTask !== undefined && routes.length === 0)
    .map(([name, { scale }]) => ({
      path: `services.${name}.scale.requestsPerTask`,
      got: scale.requestsPerTask,
      allowed: 'absent for a service without routes',
      remedy: 'add a route, or scale by cpuPercent or backlogPerTask',
    }));

/** The sizes of a task that Fargate sells: memory in GiB by processors. */
export const fargateMemory: ReadonlyMap<number, readonly number[]> = new Map([
  [0.25, [0.5, 1, 2]],
  [0.5, [1, 2, 3, 4]],
  [1, [2, 3, 4, 5, 6, 7, 8]],
  [2, Array.from({ length: 13 }, (_, index) => index + 4)],
  [4, Array.from({ length: 23 }, (_, index) => index + 8)],
  [8, Array.from({ length: 12 }, (_, index) => 16 + index * 4)],
  [16, Array.from({ length: 12 }, (_, index) => 32 + index * 8)],
]);

/** On ECS a task has one of Fargate's sizes. */
export const taskSizes: Check = (platform) => {
  if (!sitesOf(platform).some((site) => site.runtime === 'ecs')) return [];
  const tasks = [
    ...eachService(platform).map(([name, { capacity }]) => ({ path: `services.${name}.capacity`, capacity })),
    ...(platform.gateway === undefined ? [] : [{ path: 'gateway.capacity', capacity: platform.gateway.capacity }]),
  ];
  return tasks.flatMap(({ path, capacity }) => {
    const memories = fargateMemory.get(capacity.vcpu);
    return when(!memories?.includes(capacity.memoryGiB), () => ({
      path,
      got: capacity,
      allowed:
        memories === undefined
          ? `of ${[...fargateMemory.keys()].join(', ')} vcpu on aws`
          : `of memoryGiB ${memories.join(', ')} with vcpu ${capacity.vcpu} on aws`,
      remedy: 'choose a size that Fargate sells',
    }));
  });
};

/** CloudFormation gives up on a deployment whose steps and bake times add up to more than 33 hours. */
export const maximumReleaseMinutes = 33 * 60;

/** Minutes that a release takes on ECS, which knows two phases of a canary and equal steps otherwise. */
export function ecsReleaseMinutes(release: Release): number {
  switch (release.kind) {
    case 'rolling':
      return 0;
    case 'blue-green':
      return release.bakeMinutes;
    case 'linear':
      return (Math.ceil(100 / release.stepPercent) - 1) * release.stepMinutes + release.bakeMinutes;
    case 'canary':
      return (release.steps[0]?.minutes ?? 0) + release.bakeMinutes;
  }
}

const unchanged = rollback.parse({});
const isDefault = ({ errorPercent, errorsAbove, minimumRequests, p95Milliseconds }: Rollback): boolean =>
  errorPercent === unchanged.errorPercent &&
  errorsAbove === unchanged.errorsAbove &&
  minimumRequests === unchanged.minimumRequests &&
  p95Milliseconds === unchanged.p95Milliseconds;

/** Releases: steps rise, fit the runtime, and there is traffic to move. */
export const releases: Check = (platform) => {
  const onEcs = sitesOf(platform).some((site) => site.runtime === 'ecs');
  return eachService(platform).flatMap(([name, { p95Milliseconds, release, routes }]): readonly Problem[] => {
    const path = `services.${name}.release`;
    const staged = when(release.kind !== 'rolling' && routes.length === 0, () => ({
      path: `${path}.kind`,
      got: release.kind,
      allowed: 'rolling for a service that receives no traffic from the gateway',
      remedy: 'add a route, or release it rolling',
    }));
    const unread = when(release.kind === 'rolling' && routes.length === 0 && !isDefault(release.rollback), () => ({
      path: `${path}.rollback`,
      got: release.rollback,
      allowed: 'absent for a service without routes: nobody counts its requests, so nothing is taken back by them',
      remedy: 'remove it, or add a route',
    }));
    const slow = when(p95Milliseconds !== undefined && release.rollback.p95Milliseconds > p95Milliseconds, () => ({
      path: `${path}.rollback.p95Milliseconds`,
      got: release.rollback.p95Milliseconds,
      allowed: `at most services.${name}.p95Milliseconds, which is ${p95Milliseconds}`,
      remedy: 'lower it, so that a release which breaks the promise is taken back',
    }));
    return [...staged, ...unread, ...slow, ...canarySteps(path, release), ...(onEcs ? ecsBounds(path, release) : [])];
  });
};

function canarySteps(path: string, release: Release): readonly Problem[] {
  if (release.kind !== 'canary') return [];
  return release.steps.flatMap(({ percent }, index) => [
    ...when(index > 0 && percent <= (release.steps[index - 1]?.percent ?? 0), () => ({
      path: `${path}.steps.${index}.percent`,
      got: percent,
      allowed: `more than the step before, which is ${release.steps[index - 1]?.percent}`,
      remedy: 'let each step carry more traffic than the one before',
    })),
    ...when(percent > 99, () => ({
      path: `${path}.steps.${index}.percent`,
      got: percent,
      allowed: '1 to 99, the last step to 100 follows by itself',
      remedy: 'leave the step out',
    })),
  ]);
}

/** While a canary has the smaller part of the requests, it is known by that. */
const comparesStable = (release: Release): boolean =>
  release.kind === 'canary' && release.steps[0] !== undefined && release.steps[0].percent < 50;

function ecsBounds(path: string, release: Release): readonly Problem[] {
  const minutes = ecsReleaseMinutes(release);
  const tooLong = when(minutes > maximumReleaseMinutes, () => ({
    path,
    got: `${minutes} minutes in all`,
    allowed: `at most ${maximumReleaseMinutes} minutes (33 hours) on ECS, above which CloudFormation gives up`,
    remedy: 'shorten the steps or the bake time',
  }));
  const incomparable = when(release.rollback.errorsAbove === 'stable' && !comparesStable(release), () => ({
    path: `${path}.rollback.errorsAbove`,
    got: 'stable',
    allowed:
      'nothing on ECS, unless a canary begins with less than 50%: only then it is known which version is the new one',
    remedy: "use kind 'canary' with a first step below 50%, or count from nothing",
  }));
  if (release.kind !== 'canary') return [...tooLong, ...incomparable];
  const steps = when(release.steps.length > 1 && release.acceptTwoPhases === undefined, () => ({
    path: `${path}.steps`,
    got: `${release.steps.length} steps`,
    allowed: 'one step on ECS, whose canary has two phases, or acceptTwoPhases with a reason',
    remedy: "keep the first step, use linear, run the site with runtime: 'eks', or write acceptTwoPhases: { reason }",
  }));
  const firstStep = when((release.steps[0]?.minutes ?? 0) > 1440, () => ({
    path: `${path}.steps.0.minutes`,
    got: release.steps[0]?.minutes,
    allowed: 'at most 1440 on ECS',
    remedy: 'shorten the first step to a day',
  }));
  return [...tooLong, ...incomparable, ...steps, ...firstStep];
}

/** Ports that the platform itself uses in every task. */
export const reservedPorts: Check = (platform) =>
  eachService(platform)
    .filter(([, { port }]) => port === meshPort || port === gatewayPort)
    .map(([name, { port }]) => ({
      path: `services.${name}.port`,
      got: port,
      allowed: `another than ${gatewayPort} (gateway) and ${meshPort} (service-to-service proxy)`,
      remedy: 'choose a port such as 8080',
    }));

/** A route's path stands once, below the edge's API path. */
export const routes: Check = (platform) => {
  const all = eachService(platform).flatMap(([name, service]) =>
    service.routes.map((route, index) => ({ path: `services.${name}.routes.${index}`, service: name, route })),
  );
  const duplicates = all.flatMap(({ path, route }, index) => {
    const first = all.slice(0, index).find((other) => sharesRequests(other.route, route));
    return when(first !== undefined, () => ({
      path: `${path}.path`,
      got: route.path,
      allowed: `claimed once, and ${first?.path} claims it for ${first?.service}`,
      remedy: 'give each path and method to one route',
    }));
  });
  const apiPath = platform.edge === undefined ? undefined : bare(platform.edge.apiPath);
  const outside = all
    .filter(({ route }) => apiPath !== undefined && route.path !== apiPath && !route.path.startsWith(`${apiPath}/`))
    .filter(({ route, service }) => route.path !== sitePath || platform.edge?.site?.service !== service)
    .map(({ path, route }) => ({
      path: `${path}.path`,
      got: route.path,
      allowed: `${apiPath} or below it, the path that the edge sends to the gateway`,
      remedy: `put it under ${apiPath}, or change edge.apiPath`,
    }));
  const unserved = when(all.length > 0 && platform.gateway === undefined, () => ({
    path: 'gateway',
    got: undefined,
    allowed: 'declared, because services have routes',
    remedy: 'declare a gateway, or remove the routes',
  }));
  return [...duplicates, ...outside, ...unserved];
};

interface Claim {
  readonly path: string;
  readonly methods?: readonly string[] | undefined;
}

const sharesRequests = (a: Claim, b: Claim): boolean =>
  bare(a.path) === bare(b.path) &&
  (a.methods === undefined || b.methods === undefined || a.methods.some((method) => b.methods?.includes(method)));

/** A message must stay hidden for as long as its consumer may work on it. */
export const visibility: Check = (platform) =>
  Object.entries(platform.queues).flatMap(([queue, { visibilitySeconds }]) =>
    consumersOf(platform, queue).flatMap((consumer) => {
      const timeoutSeconds = platform.services[consumer]?.timeoutSeconds ?? 0;
      return when(visibilitySeconds < timeoutSeconds, () => ({
        path: `queues.${queue}.visibilitySeconds`,
        got: visibilitySeconds,
        allowed: `at least ${timeoutSeconds}, the timeoutSeconds of its consumer ${consumer}`,
        remedy: 'raise the visibility or lower the timeout, or a message is worked on twice at once',
      }));
    }),
  );

/** A service can prove only what it uses; where a stage omits a part of the kind, the use has gone with it. */
export const proofs: Check = (platform) =>
  eachService(platform).flatMap(([name, { health, uses }]) => {
    const { always, once } = health.proves ?? { always: [], once: [] };
    return (
      [
        ['always', always],
        ['once', once],
      ] as const
    ).flatMap(([time, nouns]) =>
      nouns
        .filter((noun) => uses[noun].length === 0 && !platform.omitted.some(({ part }) => part.startsWith(`${noun}.`)))
        .map((noun) => ({
          path: `services.${name}.health.proves.${time}`,
          got: noun,
          allowed: `what the service uses, and uses.${noun} names none`,
          remedy: `take ${noun} out, or name in uses.${noun} what must answer`,
        })),
    );
  });

/** Only API Management writes down how long each answer of a route takes. */
export const routeTimes: Check = ({ gateway, services }) =>
  Object.entries(services).flatMap(([name, { routes }]) =>
    routes.flatMap(({ p95Milliseconds }, index) =>
      when(p95Milliseconds !== undefined && gateway?.kind !== 'api-management', () => ({
        path: `services.${name}.routes.${index}.p95Milliseconds`,
        got: p95Milliseconds,
        allowed: 'absent without api-management: behind kong, times are told of a service and not of its routes',
        remedy: `remove it, or promise services.${name}.p95Milliseconds`,
      })),
    ),
  );
