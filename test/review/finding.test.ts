import { ReviewError, distinct, formatFinding } from '../../lib/review/finding';
import type { Finding } from '../../lib/review/finding';

const finding = (path: string, message: string, logicalId = ''): Finding => ({
  rule: 'rule',
  stack: 'stage/Stack',
  path,
  logicalId,
  message,
});

describe('ReviewError', () => {
  test('lists every finding on a line of its own, sorted', () => {
    const error = new ReviewError('cdk.out', [
      finding('stage/Stack/B', 'second', 'B1'),
      finding('stage/Stack/A', 'first'),
    ]);
    expect(error.message).toBe(
      'cdk.out: 2 findings\n  [rule] stage/Stack/A: first\n  [rule] stage/Stack/B (B1): second',
    );
    expect(error.findings.map(({ message }) => message)).toEqual(['first', 'second']);
    expect(error.name).toBe('ReviewError');
  });

  test('counts one finding as one', () => {
    expect(new ReviewError('cdk.out', [finding('a', 'b')]).message).toMatch(/^cdk\.out: 1 finding\n/);
  });
});

test('formatFinding leaves out a logical id that there is not', () => {
  expect(formatFinding(finding('a/b', 'c'))).toBe('[rule] a/b: c');
});

test('what two proofs find is said once, and what differs in a word is said twice', () => {
  const [found, again, other] = ['too much', 'too much', 'more'].map((message) => finding('a/goals/tasks', message));
  expect(distinct([found, again, other].flatMap((each) => each ?? []))).toEqual([found, other]);
});
