import { goals } from '../../../lib/platform/nouns/goals';

const promised = { availabilityPercent: 99.9, p95Milliseconds: 500, errorPercent: 0.5, concurrentUsers: 5000 };
const pathsOf = (commitments: object): readonly string[] =>
  goals.safeParse({ ...promised, commitments }).error?.issues.map(({ path }) => path.join('.')) ?? [];

test('shares of what is paid for ahead are those of a whole', () => {
  expect(pathsOf({ coveredPercent: 1, usedPercent: 100 })).toEqual([]);
});

test.each([0, 101, 60.5])('fails when %d percent are to be paid for ahead, or used', (percent) => {
  expect(pathsOf({ coveredPercent: percent, usedPercent: percent })).toEqual([
    'commitments.coveredPercent',
    'commitments.usedPercent',
  ]);
});
