import { fargateMemory } from '../../../lib/platform/checks/services';
import { testFaults, testVariations } from '../../support/faults';

const service = (patch: unknown) => ({ services: { analytics: patch } });

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

describe('a response time of its own', () => {
  const order = (p95Milliseconds: number) => ({ services: { order: { p95Milliseconds } } });
  testFaults([
    {
      when: 'a release that breaks it stays',
      patch: order(500),
      answers: [
        {
          path: 'services.order.release.rollback.p95Milliseconds',
          got: 1000,
          allowed: 'at most services.order.p95Milliseconds, which is 500',
          remedy: 'lower it, so that a release which breaks the promise is taken back',
        },
      ],
    },
  ]);
  testVariations([{ accepts: 'one at which releases are taken back', patch: order(1000) }]);
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

describe('proofs', () => {
  testFaults([
    {
      when: 'a service is to prove what it does not use',
      patch: {
        services: { user: { health: { proves: { always: ['databases', 'searches'], once: ['integrations'] } } } },
      },
      answers: [
        {
          path: 'services.user.health.proves.always',
          got: 'searches',
          allowed: 'what the service uses, and uses.searches names none',
          remedy: 'take searches out',
        },
        {
          path: 'services.user.health.proves.once',
          got: 'integrations',
          allowed: 'what the service uses, and uses.integrations names none',
          remedy: 'take integrations out',
        },
      ],
    },
  ]);
  testVariations([
    {
      accepts: 'a proof of what a service uses',
      patch: { services: { user: { health: { proves: { always: ['caches'] } } } } },
    },
  ]);
});
