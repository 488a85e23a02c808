import fc from 'fast-check';
import { poolConnections, rushConnections } from '../../../lib/platform/sql/connections';
import { testFaults, testVariations } from '../../support/faults';

const rush = { minutes: 10, transactionsPerUser: 12, transactionMilliseconds: 280 };
const pooling = { maxConnectionsPercent: 90, borrowTimeoutSeconds: 30 };
const patch = (patched: object) => ({ databases: { store: { pooling: { rush: patched } } } });

test.each([
  [25_000, rush, 140],
  [50_000, rush, 280],
  [25_000, { ...rush, minutes: 5 }, 280],
  [60, { minutes: 1, transactionsPerUser: 1, transactionMilliseconds: 1 }, 1],
] as const)('%d users in %j keep %d connections busy', (concurrentUsers, described, connections) => {
  expect(rushConnections({ pooling: { ...pooling, rush: described } }, { concurrentUsers })).toBe(connections);
});

test('where no rush is described, nothing is reckoned', () => {
  expect(rushConnections({ pooling }, { concurrentUsers: 25_000 })).toBeUndefined();
});

test('as many users keep the more connections busy, the sooner they come', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 240 }),
      fc.integer({ min: 1, max: 1_000_000 }),
      (minutes, concurrentUsers) => {
        const busy = (within: number) =>
          rushConnections({ pooling: { ...pooling, rush: { ...rush, minutes: within } } }, { concurrentUsers }) ?? 0;
        expect(busy(minutes)).toBeGreaterThanOrEqual(busy(minutes + 1));
      },
    ),
  );
});

test('a pool is a share of what its server takes', () => {
  expect(poolConnections({ capacity: { vcpu: 4, memoryGiB: 32 }, pooling })).toBe(2880);
});

describe('rushes', () => {
  testFaults([
    {
      when: 'everybody comes faster than half of the pool can serve',
      patch: patch({ ...rush, minutes: 1 }),
      answers: [
        {
          path: 'databases.store.pooling.rush',
          got: { ...rush, minutes: 1 },
          allowed: 'at most half of the 2880 connections that the pool may hold; 50000 users need 2800',
          remedy: 'raise capacity.memoryGiB',
        },
      ],
    },
  ]);
  testVariations([{ accepts: 'a rush that half of the pool can serve', patch: patch(rush) }]);
});
