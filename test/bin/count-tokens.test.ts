import { Lazy } from 'aws-cdk-lib/core';
import { countTokensAlike, leastToken, tokenCount } from '../../bin/count-tokens';

describe('tokens of an app', () => {
  test.each([
    ['begin where all numbers are as long', 12, leastToken],
    ['go on where they are already', leastToken + 12, leastToken + 12],
  ])('%s', (_, tokenCounter, expected) => {
    const count = { tokenCounter };
    countTokensAlike(count);
    expect(count).toEqual({ tokenCounter: expected });
  });

  test('are numbered by the count that is set', () => {
    countTokensAlike();
    const next = tokenCount().tokenCounter;
    expect(next).toBeGreaterThanOrEqual(leastToken);
    expect(Lazy.string({ produce: () => 'anything' })).toContain(`.${next}]`);
    expect(tokenCount().tokenCounter).toBe(next + 1);
  });
});
