import fc from 'fast-check';
import { accepts, allowedValues } from '../../../lib/review/aws/parameter-values';

const RANGE = { kind: 'integer', min: -1, max: 10 } as const;

describe('accepts', () => {
  test.each([
    [{ kind: 'switch' }, '1', true],
    [{ kind: 'switch' }, 'true', false],
    [RANGE, '-1', true],
    [RANGE, '11', false],
    [RANGE, '1.0', false],
    [RANGE, '1e1', false],
    [RANGE, '{DBInstanceClassMemory/32768}', true],
    [RANGE, 'GREATEST({DBInstanceClassMemory/32768},5)', true],
    [RANGE, '{Memory/2}', false],
    [{ kind: 'number', min: 0, max: 1 }, '0.25', true],
    [{ kind: 'number', min: 0, max: 1 }, 'half', false],
    [{ kind: 'one-of', words: ['a', 'b'] }, 'a', true],
    [{ kind: 'one-of', words: ['a', 'b'] }, 'a,b', false],
    [{ kind: 'list-of', words: ['a', 'b'] }, 'a, b', true],
    [{ kind: 'list-of', words: ['a', 'b'] }, '', false],
    [{ kind: 'text' }, 'anything', true],
    [{ kind: 'text' }, '', false],
  ] as const)('judges %j with %j', (values, text, expected) => {
    expect(accepts(values, text)).toBe(expected);
  });

  test('takes exactly the integers of a range', () => {
    fc.assert(
      fc.property(fc.integer({ min: -100, max: 100 }), (value) => {
        expect(accepts(RANGE, String(value))).toBe(value >= RANGE.min && value <= RANGE.max);
      }),
    );
  });
});

test('allowedValues says what accepts takes', () => {
  expect(allowedValues(RANGE)).toBe('an integer from -1 to 10');
  expect(allowedValues({ kind: 'switch' })).toBe('0 or 1');
  expect(allowedValues({ kind: 'list-of', words: ['a', 'b'] })).toBe('a comma-separated list of a, b');
});
