import fc from 'fast-check';
import { chunks } from '../../lib/aws/chunks';

describe('chunks', () => {
  test.each([
    [[], 3, []],
    [[1, 2, 3], 3, [[1, 2, 3]]],
    [[1, 2, 3, 4], 3, [[1, 2, 3], [4]]],
  ])('of %j, at most %d long, are %j', (items, size, expected) => {
    expect(chunks(items, size)).toEqual(expected);
  });

  test('lose nothing, change no order, and are no longer than they may be', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer({ min: 1, max: 20 }), (items, size) => {
        const parts = chunks(items, size);
        expect(parts.flat()).toEqual(items);
        expect(parts.every((part) => part.length > 0 && part.length <= size)).toBe(true);
      }),
    );
  });
});
