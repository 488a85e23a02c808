import { failoverSeconds } from '../../../lib/platform/sql/failover';
import { testFaults, testVariations } from '../../support/faults';
import { production } from '../../support/platform';

const alone = {
  goals: { recovery: null, databaseFailoverSeconds: 45 },
  ...(production({ sites: { recovery: null } }) as object),
};
const store = (patch: object) => ({ databases: { store: patch } });
const cluster = store({ topology: 'multi-az-cluster', readReplicas: 2, readerScaling: null });
const pair = store({ topology: 'multi-az-instance', readerScaling: null });

test.each([
  ['aws', 'aurora', 60],
  ['aws', 'multi-az-cluster', 35],
  ['aws', 'multi-az-instance', 120],
  ['azure', 'aurora', 120],
  ['azure', 'multi-az-cluster', 120],
] as const)('on %s, topology %s fails over in %d seconds', (cloud, topology, seconds) => {
  expect(failoverSeconds(cloud, topology)).toBe(seconds);
});

describe('failover', () => {
  testFaults([
    {
      when: 'a pair of instances promises what it cannot hold',
      patch: { ...alone, ...pair },
      answers: [
        {
          path: 'databases.store.topology',
          got: 'multi-az-instance',
          allowed: 'a failover within goals.databaseFailoverSeconds, which is 45; on aws this one takes up to 120',
          remedy: 'choose topology multi-az-cluster, or raise the goal to 120',
        },
      ],
    },
    {
      when: 'no topology is as fast',
      patch: { ...alone, goals: { recovery: null, databaseFailoverSeconds: 30 }, ...cluster },
      answers: [
        {
          path: 'databases.store.topology',
          got: 'multi-az-cluster',
          allowed: 'takes up to 35',
          remedy: 'raise the goal to 35, or place the database elsewhere',
        },
      ],
    },
    {
      when: 'the recovery site is slower than promised',
      patch: { goals: { databaseFailoverSeconds: 60 } },
      answers: [
        {
          path: 'databases.store.on',
          got: ['primary', 'recovery'],
          allowed: 'on azure this one takes up to 120',
          remedy: 'raise the goal to 120',
        },
      ],
    },
  ]);
  testVariations([
    { accepts: 'a cluster that is faster than promised', patch: { ...alone, ...cluster } },
    {
      accepts: 'Aurora where a minute is promised',
      patch: { ...alone, goals: { recovery: null, databaseFailoverSeconds: 60 } },
    },
    {
      accepts: 'whatever a stage without protection has',
      patch: { goals: { databaseFailoverSeconds: 1 } },
      stage: 'development',
    },
  ]);
});
