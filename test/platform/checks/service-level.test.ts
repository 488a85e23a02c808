import { testFaults, testVariations } from '../../support/faults';

const within = (milliseconds: number) => ({ goals: { serviceLevel: { milliseconds } } });

testFaults([
  {
    when: 'calls must be answered in a time by which the gateway of a cluster does not count',
    patch: within(1500),
    answers: [
      {
        path: 'goals.serviceLevel.milliseconds',
        got: 1500,
        allowed: '700, 1000, 2000, 5000, 10000, 30000, 60000: bounds by which the gateway counts',
        remedy: 'promise the nearest of them',
      },
    ],
  },
]);

testVariations([
  { accepts: 'another bound', patch: within(5000) },
  {
    accepts: 'any time where no gateway of a cluster counts',
    patch: {
      ...within(1500),
      stages: { production: { sites: { recovery: { waives: { gateway: { reason: 'x'.repeat(20), minutes: 1 } } } } } },
    },
  },
]);
