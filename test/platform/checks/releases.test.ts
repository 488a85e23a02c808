import { ecsReleaseMinutes } from '../../../lib/platform/checks/services';
import { release } from '../../../lib/platform/nouns/release';
import { testFaults, testVariations } from '../../support/faults';

const service = (patch: unknown) => ({ services: { analytics: patch } });
const ecsCanary = (percent: number, minutes: number) => ({ kind: 'canary', steps: [{ percent, minutes }] });

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
      when: 'a release is to be taken back by requests that nobody counts',
      patch: { services: { notification: { release: { kind: 'rolling', rollback: { errorPercent: 5 } } } } },
      answers: [
        {
          path: 'services.notification.release.rollback',
          got: { errorPercent: 5, errorsAbove: 'nothing', p95Milliseconds: 1000, minimumRequests: 20 },
          allowed: 'absent for a service without routes',
          remedy: 'remove it, or add a route',
        },
      ],
    },
    ...[
      { kind: 'blue-green' },
      { kind: 'linear', stepPercent: 10, stepMinutes: 5 },
      { kind: 'canary', steps: [{ percent: 50, minutes: 30 }] },
    ].map((release) => ({
      when: `nobody can tell the new version of a release that is ${release.kind}`,
      patch: service({
        release: { bakeMinutes: 5, ...release, rollback: { p95Milliseconds: 1000, errorsAbove: 'stable' } },
      }),
      answers: [
        {
          path: 'services.analytics.release.rollback.errorsAbove',
          got: 'stable',
          allowed: 'nothing on ECS, unless a canary begins with less than 50%',
          remedy: "use kind 'canary' with a first step below 50%",
        },
      ],
    })),
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
          remedy:
            "keep the first step, use linear, run the site with runtime: 'eks', or write acceptTwoPhases: { reason }",
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
