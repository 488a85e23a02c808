import { describe, expect, test } from '@jest/globals';
import { ecsReleaseMinutes, fargateMemory } from '../../../lib/platform/checks/services';
import { release } from '../../../lib/platform/nouns/release';
import { testFaults, testVariations } from '../../support/faults';

const service = (patch: unknown) => ({ services: { analytics: patch } });
const ecsCanary = (percent: number, minutes: number) => ({ kind: 'canary', steps: [{ percent, minutes }] });

describe('scale', () => {
  testFaults([
    {
      when: 'the least number of tasks is above the greatest',
      patch: service({ scale: { min: 9 } }),
      answers: [
        {
          path: 'services.analytics.scale.max',
          got: 8,
          allowed: 'at least scale.min, which is 9',
          remedy: 'raise the maximum or lower the minimum',
        },
      ],
    },
    {
      when: `the gateway's least number of tasks is above its greatest`,
      patch: { gateway: { scale: { max: 2 } } },
      answers: [
        { path: 'gateway.scale.max', got: 2, allowed: 'at least scale.min, which is 3', remedy: 'raise the maximum' },
      ],
    },
    {
      when: 'a service may have no task',
      patch: service({ scale: { min: 0 } }),
      answers: [{ path: 'services.analytics.scale.min', got: 0, allowed: 'at least 1', remedy: 'raise it' }],
    },
    {
      when: 'a service without routes is scaled by requests',
      patch: { services: { notification: { scale: { requestsPerTask: 100 } } } },
      answers: [
        {
          path: 'services.notification.scale.requestsPerTask',
          got: 100,
          allowed: 'absent for a service without routes',
          remedy: 'add a route, or scale by cpuPercent or backlogPerTask',
        },
      ],
    },
  ]);
  testVariations([
    { accepts: 'a fixed number of tasks', patch: service({ scale: { min: 8, max: 8 } }) },
    { accepts: 'requests per task behind a route', patch: service({ scale: { requestsPerTask: 100 } }) },
  ]);
});

describe('task sizes', () => {
  testFaults([
    {
      when: 'Fargate does not sell the memory with the processors',
      patch: service({ capacity: { vcpu: 1, memoryGiB: 16 } }),
      answers: [
        {
          path: 'services.analytics.capacity',
          got: { vcpu: 1, memoryGiB: 16 },
          allowed: 'of memoryGiB 2, 3, 4, 5, 6, 7, 8 with vcpu 1 on aws',
          remedy: 'choose a size that Fargate sells',
        },
      ],
    },
    {
      when: 'Fargate does not sell so many processors',
      patch: service({ capacity: { vcpu: 3, memoryGiB: 8 } }),
      answers: [
        {
          path: 'services.analytics.capacity',
          got: { vcpu: 3, memoryGiB: 8 },
          allowed: 'of 0.25, 0.5, 1, 2, 4, 8, 16 vcpu on aws',
          remedy: 'choose a size that Fargate sells',
        },
      ],
    },
    {
      when: 'Fargate does not sell memory in such a step',
      patch: service({ capacity: { vcpu: 8, memoryGiB: 18 } }),
      answers: [
        {
          path: 'services.analytics.capacity',
          got: { vcpu: 8, memoryGiB: 18 },
          allowed: 'of memoryGiB 16, 20, 24',
          remedy: 'choose a size that Fargate sells',
        },
      ],
    },
    {
      when: `Fargate does not sell the gateway's size`,
      patch: { gateway: { capacity: { vcpu: 0.25, memoryGiB: 8 } } },
      answers: [
        {
          path: 'gateway.capacity',
          got: { vcpu: 0.25, memoryGiB: 8 },
          allowed: 'of memoryGiB 0.5, 1, 2 with vcpu 0.25 on aws',
          remedy: 'choose a size that Fargate sells',
        },
      ],
    },
  ]);

  test.each([
    [0.25, 0.5, 2, 3],
    [0.5, 1, 4, 4],
    [1, 2, 8, 7],
    [2, 4, 16, 13],
    [4, 8, 30, 23],
    [8, 16, 60, 12],
    [16, 32, 120, 12],
  ])('sells %s vcpu with %d to %d GiB in %d sizes', (vcpu, least, most, count) => {
    const memories = fargateMemory.get(vcpu) ?? [];
    expect([memories[0], memories.at(-1), memories.length]).toEqual([least, most, count]);
  });
});

describe('releases', () => {
  testFaults([
    {
      when: 'a service that receives no traffic is released in stages',
      patch: { services: { notification: { release: ecsCanary(10, 60) } } },
      answers: [
        {
          path: 'services.notification.release.kind',
          got: 'canary',
          allowed: 'rolling for a service that receives no traffic from the gateway',
          remedy: 'add a route, or release it rolling',
        },
      ],
    },
    {
      when: 'a canary step carries less traffic than the one before',
      patch: {
        services: {
          user: {
            release: {
              steps: [
                { percent: 50, minutes: 60 },
                { percent: 5, minutes: 60 },
              ],
            },
          },
        },
      },
      answers: [
        {
          path: 'services.user.release.steps.1.percent',
          got: 5,
          allowed: 'more than the step before, which is 50',
          remedy: 'let each step carry more traffic than the one before',
        },
      ],
    },
    {
      when: 'a canary step carries as much traffic as the one before',
      patch: {
        services: {
          user: {
            release: {
              steps: [
                { percent: 5, minutes: 60 },
                { percent: 5, minutes: 60 },
              ],
            },
          },
        },
      },
      answers: [
        {
          path: 'services.user.release.steps.1.percent',
          got: 5,
          allowed: 'more than the step before, which is 5',
          remedy: 'let each step carry more',
        },
      ],
    },
    {
      when: 'a canary step carries all traffic',
      patch: service({ release: ecsCanary(100, 60) }),
      answers: [
        {
          path: 'services.analytics.release.steps.0.percent',
          got: 100,
          allowed: '1 to 99',
          remedy: 'leave the step out',
        },
      ],
    },
    {
      when: 'a canary step carries more than all traffic',
      patch: service({ release: ecsCanary(101, 60) }),
      answers: [
        { path: 'services.analytics.release.steps.0.percent', got: 101, allowed: 'at most 100', remedy: 'lower it' },
      ],
    },
    {
      when: 'a canary step carries nothing',
      patch: service({ release: ecsCanary(0, 60) }),
      answers: [
        { path: 'services.analytics.release.steps.0.percent', got: 0, allowed: 'at least 1', remedy: 'raise it' },
      ],
    },
    {
      when: 'a canary has no step',
      patch: service({ release: { kind: 'canary', steps: [] } }),
      answers: [
        {
          path: 'services.analytics.release.steps',
          got: [],
          allowed: 'at least 1 entries',
          remedy: 'add to it',
        },
      ],
    },
    {
      when: 'a canary has several steps on ECS, and nobody accepted that two remain',
      patch: { services: { user: { release: { acceptTwoPhases: null } } } },
      answers: [
        {
          path: 'services.user.release.steps',
          got: '4 steps',
          allowed: 'one step on ECS, whose canary has two phases, or acceptTwoPhases with a reason',
          remedy: 'keep the first step, use linear, or write acceptTwoPhases: { reason }',
        },
      ],
    },
    {
      when: 'two phases are accepted without a reason worth reading',
      patch: { services: { user: { release: { acceptTwoPhases: { reason: 'fine' } } } } },
      answers: [
        {
          path: 'services.user.release.acceptTwoPhases.reason',
          got: 'fine',
          allowed: 'at least 20 characters',
          remedy: 'write more',
        },
      ],
    },
    {
      when: 'a canary step and its bake time together outlast CloudFormation',
      patch: service({ release: { ...ecsCanary(10, 1440), bakeMinutes: 541 } }),
      answers: [
        {
          path: 'services.analytics.release',
          got: '1981 minutes in all',
          allowed: 'at most 1980 minutes (33 hours) on ECS',
          remedy: 'shorten the steps or the bake time',
        },
      ],
    },
    {
      when: 'the first canary step is longer than ECS allows',
      patch: service({ release: ecsCanary(10, 1441) }),
      answers: [
        {
          path: 'services.analytics.release.steps.0.minutes',
          got: 1441,
          allowed: 'at most 1440 on ECS',
          remedy: 'shorten the first step to a day',
        },
      ],
    },
    {
      when: 'linear steps together outlast CloudFormation',
      patch: service({ release: { kind: 'linear', stepPercent: 3, stepMinutes: 60, bakeMinutes: 60 } }),
      answers: [
        {
          path: 'services.analytics.release',
          got: '2040 minutes in all',
          allowed: 'at most 1980 minutes (33 hours) on ECS',
          remedy: 'shorten the steps or the bake time',
        },
      ],
    },
    {
      when: 'linear steps are smaller than ECS makes them',
      patch: service({ release: { kind: 'linear', stepPercent: 2, stepMinutes: 1 } }),
      answers: [{ path: 'services.analytics.release.stepPercent', got: 2, allowed: 'at least 3', remedy: 'raise it' }],
    },
    {
      when: 'a second fleet waits longer than ECS lets it',
      patch: service({ release: { kind: 'blue-green', bakeMinutes: 1441 } }),
      answers: [
        { path: 'services.analytics.release.bakeMinutes', got: 1441, allowed: 'at most 1440', remedy: 'lower it' },
      ],
    },
    {
      when: 'a release has a kind that there is not',
      patch: service({ release: { kind: 'big-bang' } }),
      answers: [
        {
          path: 'services.analytics.release.kind',
          got: 'big-bang',
          allowed: 'one of rolling, blue-green, linear, canary',
          remedy: 'choose one of them',
        },
      ],
    },
  ]);
  testVariations([
    { accepts: 'one canary step', patch: service({ release: ecsCanary(10, 1440) }) },
    { accepts: 'exactly 33 hours', patch: service({ release: { ...ecsCanary(10, 1440), bakeMinutes: 540 } }) },
    {
      accepts: 'any rolling release without routes',
      patch: { services: { notification: { release: { kind: 'rolling' } } } },
    },
  ]);

  test.each([
    [{ kind: 'rolling' }, 0],
    [{ kind: 'blue-green', bakeMinutes: 20 }, 20],
    [{ kind: 'linear', stepPercent: 10, stepMinutes: 5, bakeMinutes: 15 }, 9 * 5 + 15],
    [{ kind: 'linear', stepPercent: 30, stepMinutes: 10, bakeMinutes: 0 }, 3 * 10],
    [{ kind: 'linear', stepPercent: 100, stepMinutes: 10, bakeMinutes: 1 }, 1],
    [{ ...ecsCanary(5, 60), bakeMinutes: 30 }, 90],
  ] as const)('%j takes %d minutes on ECS', (input, minutes) => {
    expect(ecsReleaseMinutes(release.parse(input))).toBe(minutes);
  });
});

describe('ports', () => {
  testFaults([
    ...[15_443, 8000].map((port) => ({
      when: `a service listens on ${port}, which the platform uses`,
      patch: service({ port }),
      answers: [
        {
          path: 'services.analytics.port',
          got: port,
          allowed: 'another than 8000 (gateway) and 15443 (service-to-service proxy)',
          remedy: 'choose a port such as 8080',
        },
      ],
    })),
    {
      when: 'a service listens on a privileged port',
      patch: service({ port: 80 }),
      answers: [{ path: 'services.analytics.port', got: 80, allowed: 'at least 1024', remedy: 'raise it' }],
    },
    {
      when: 'a service listens on a port that there is not',
      patch: service({ port: 65_536 }),
      answers: [{ path: 'services.analytics.port', got: 65_536, allowed: 'at most 65535', remedy: 'lower it' }],
    },
  ]);
});
