import { testFaults, testVariations } from '../../support/faults';

const sale = { from: '0 6 20 11 *', until: '0 6 1 12 *', timeZone: 'Asia/Singapore', min: 20 };
const order = (scale: unknown, more: object = {}) => ({ services: { order: { scale, ...more } } });
const path = 'services.order.scale';
const fewer = { stages: { staging: { overrides: order({ schedules: { sale: { min: 3 } } }) } } };

describe('schedules', () => {
  testFaults([
    {
      when: 'a time is none',
      patch: order({ schedules: { sale: { ...sale, from: '0 25 * * *' } } }),
      answers: [
        { path: `${path}.schedules.sale.from`, got: '0 25 * * *', allowed: 'with a hour of *', remedy: '0 6 * * 1-5' },
      ],
    },
    {
      when: 'a schedule ends as it begins',
      patch: order({ schedules: { sale: { ...sale, until: sale.from } } }),
      answers: [
        {
          path: `${path}.schedules.sale.until`,
          got: sale.from,
          allowed: `a time after from, which is ${sale.from}`,
          remedy: 'name the time',
        },
      ],
    },
    {
      when: 'a schedule begins on no day of any year',
      patch: order({ schedules: { sale: { ...sale, from: '0 6 31 2 *' } } }),
      answers: [
        {
          path: `${path}.schedules.sale.until`,
          got: sale.until,
          allowed: 'a time after from',
          remedy: 'name the time',
        },
      ],
    },
    ...['Asia/Singapur', 'SGT', '+08:00'].map((timeZone) => ({
      when: `a clock is named ${timeZone}`,
      patch: order({ schedules: { sale: { ...sale, timeZone } } }),
      answers: [
        {
          path: `${path}.schedules.sale.timeZone`,
          got: timeZone,
          allowed: 'of the IANA database',
          remedy: 'correct it',
        },
      ],
    })),
    ...[3, 30].map((min) => ({
      when: `a schedule asks for ${min} tasks`,
      patch: order({ schedules: { sale: { ...sale, min } } }),
      answers: [
        {
          path: `${path}.schedules.sale.min`,
          got: min,
          allowed: 'more than scale.min, which is 3, and less than scale.max, which is 30',
          remedy: 'scale: { schedules: null }',
        },
      ],
    })),
    {
      when: 'two schedules cross',
      patch: order({ schedules: { sale, friday: { ...sale, from: '0 0 25 11 *', until: '0 0 2 12 *' } } }),
      answers: [
        {
          path: `${path}.schedules.sale.from`,
          got: '0 6 20 11 *',
          allowed: 'outside of schedules.friday, from 0 0 25 11 * until 0 0 2 12 *',
          remedy: 'let them follow each other',
        },
      ],
    },
    {
      when: 'two schedules are written by two clocks',
      patch: order({
        schedules: { sale, spring: { ...sale, timeZone: 'UTC', from: '0 6 1 3 *', until: '0 6 2 3 *' } },
      }),
      answers: [
        {
          path: `${path}.schedules.spring.timeZone`,
          got: 'UTC',
          allowed: 'Asia/Singapore, the time zone of schedules.sale',
          remedy: 'by the same clock',
        },
      ],
    },
  ]);
  testVariations([
    { accepts: 'a season', patch: order({ schedules: { sale } }) },
    {
      accepts: 'a morning of working days beside it',
      patch: order({ schedules: { sale, spring: { ...sale, from: '30 5 * 3 1-5', until: '0 10 * 3 1-5' } } }),
    },
    {
      accepts: 'a smaller one in a smaller stage',
      patch: { ...order({ schedules: { sale } }), ...fewer },
      stage: 'staging',
    },
  ]);
});

describe('steps', () => {
  testFaults([
    {
      when: 'a step begins below what is tracked',
      patch: order({ steps: { above: [{ cpuPercent: 60, addPercent: 50 }] } }),
      answers: [
        {
          path: `${path}.steps.above.0.cpuPercent`,
          got: 60,
          allowed: 'above 60, the cpuPercent that is tracked',
          remedy: 'raise it',
        },
      ],
    },
    {
      when: 'steps fall',
      patch: order({
        steps: {
          above: [
            { cpuPercent: 90, addPercent: 50 },
            { cpuPercent: 80, addPercent: 100 },
          ],
        },
      }),
      answers: [
        {
          path: `${path}.steps.above.1.cpuPercent`,
          got: 80,
          allowed: 'above 90, that of the step before',
          remedy: 'put the steps in order',
        },
      ],
    },
  ]);
});

describe('promises', () => {
  testFaults([
    {
      when: 'a start is promised of an image whose size nobody knows',
      patch: order({ growsWithinSeconds: 300 }, { health: { servesWithinSeconds: 90 } }),
      answers: [
        {
          path: 'services.order.imageMiB',
          got: undefined,
          allowed: 'written, because health.servesWithinSeconds and scale.growsWithinSeconds are',
          remedy: 'its registry tells',
        },
      ],
    },
    {
      when: 'a peak is promised of tasks of which nobody knows what they stand',
      patch: order({ requestsPerTask: null }, { peakRequestsPerMinute: 50_000 }),
      answers: [
        { path: `${path}.requestsPerTask`, got: undefined, allowed: 'written, because', remedy: 'remove peakRequests' },
      ],
    },
    {
      when: 'a peak is promised of a gateway of which nobody knows what it stands',
      patch: { gateway: { scale: { requestsPerTask: null } } },
      answers: [
        {
          path: 'gateway.scale.requestsPerTask',
          got: undefined,
          allowed: 'written, because goals.requestsPerUser is',
          remedy: 'remove goals.requestsPerUser',
        },
      ],
    },
    {
      when: 'the time in which the gateway grows is promised',
      patch: { gateway: { scale: { growsWithinSeconds: 300 } } },
      answers: [{ path: 'gateway.scale.growsWithinSeconds', got: 300, allowed: 'absent', remedy: 'remove' }],
    },
  ]);
  testVariations([
    {
      accepts: 'promises with their figures',
      patch: order({ growsWithinSeconds: 300 }, { imageMiB: 120, health: { servesWithinSeconds: 90 } }),
    },
  ]);
});

describe('a usual day', () => {
  testFaults([
    {
      when: 'scaling would keep processors as busy as the day may be',
      patch: order({ cpuPercent: 35 }),
      answers: [
        {
          path: `${path}.cpuPercent`,
          got: 35,
          allowed: 'above goals.steadyCpuPercent, which is 35',
          remedy: 'raise it, or lower the goal',
        },
      ],
    },
  ]);
});
