import fc from 'fast-check';
import { contains, firstFree, formatRange, overlap, parseRange, sizeOf, type Range } from '../../lib/platform/address';

const range = (least: number, most: number): fc.Arbitrary<Range> =>
  fc.tuple(fc.integer({ min: least, max: most }), fc.nat(2 ** 32 - 1)).map(([prefix, address]) => ({
    prefix,
    first: Math.floor(address / sizeOf(prefix)) * sizeOf(prefix),
  }));

const parsed = (text: string): Range => {
  const found = parseRange(text);
  if (found === undefined) throw new Error(`${text} does not parse`);
  return found;
};

describe('ranges', () => {
  test('read back as they were written', () => {
    fc.assert(fc.property(range(0, 32), (any) => expect(parseRange(formatRange(any))).toEqual(any)));
  });

  test.each([
    ['10.0.0.0/8', 10 * 2 ** 24, 8],
    ['192.168.1.0/24', 0xc0a80100, 24],
    ['255.255.255.255/32', 2 ** 32 - 1, 32],
    ['0.0.0.0/0', 0, 0],
  ])('%s begins at %d', (text, first, prefix) => {
    expect(parseRange(text)).toEqual({ first, prefix });
    expect(formatRange({ first, prefix })).toBe(text);
  });

  test.each([
    '',
    '10.0.0.0',
    '10.0.0.1/8',
    '10.0.0.0/33',
    '10.0.0.0/-1',
    '10.0.0/8',
    '10.0.0.0/8 ',
    '256.0.0.0/8',
    '::/0',
  ])('fails when "%s" is read as one', (text) => expect(parseRange(text)).toBeUndefined());

  test('overlap exactly when one contains the other', () => {
    fc.assert(
      fc.property(range(0, 32), range(0, 32), (a, b) => {
        expect(overlap(a, b)).toBe(contains(a, b) || contains(b, a));
        expect(overlap(a, b)).toBe(overlap(b, a));
      }),
    );
  });

  test.each([
    ['10.0.0.0/16', '10.0.255.0/24', true, true],
    ['10.0.255.0/24', '10.0.0.0/16', true, false],
    ['10.0.0.0/16', '10.1.0.0/16', false, false],
  ])('%s and %s: overlap %s, contains %s', (a, b, overlaps, inside) => {
    expect(overlap(parsed(a), parsed(b))).toBe(overlaps);
    expect(contains(parsed(a), parsed(b))).toBe(inside);
  });
});

describe('the first free range', () => {
  const within = parsed('10.16.0.0/16');
  const inside = fc.tuple(fc.integer({ min: 17, max: 28 }), fc.nat(2 ** 16 - 1)).map(([prefix, offset]) => ({
    prefix,
    first: within.first + Math.floor(offset / sizeOf(prefix)) * sizeOf(prefix),
  }));

  test('is inside, aligned, apart from all that is taken, and the lowest such', () => {
    fc.assert(
      fc.property(fc.array(inside, { maxLength: 12 }), fc.integer({ min: 16, max: 24 }), (taken, prefix) => {
        const candidates = Array.from({ length: 2 ** (prefix - 16) }, (_, index) => ({
          prefix,
          first: within.first + index * sizeOf(prefix),
        }));
        const lowest = candidates.find((candidate) => !taken.some((other) => overlap(candidate, other)));
        expect(firstFree(within, prefix, taken)).toEqual(lowest);
      }),
    );
  });

  test.each([
    ['nothing is taken', '10.16.0.0/16', 24, [], '10.16.0.0/24'],
    ['the lowest is taken', '10.16.0.0/16', 24, ['10.16.0.0/24'], '10.16.1.0/24'],
    ['a small one is in the way of a large one', '10.16.0.0/16', 20, ['10.16.3.0/24'], '10.16.16.0/20'],
    ['a large one hides small ones', '10.16.0.0/16', 24, ['10.16.0.0/17', '10.16.4.0/24'], '10.16.128.0/24'],
    ['there is a gap', '10.16.0.0/16', 24, ['10.16.2.0/24', '10.16.0.0/24'], '10.16.1.0/24'],
  ])('where %s', (_, outer, prefix, taken, expected) => {
    const free = firstFree(parsed(outer), prefix, taken.map(parsed));
    expect(free && formatRange(free)).toBe(expected);
  });

  test.each([
    ['all is taken', '10.16.0.0/16', 24, ['10.16.0.0/16']],
    ['it would be larger than the whole', '10.16.0.0/16', 15, []],
  ])('is nothing where %s', (_, outer, prefix, taken) => {
    expect(firstFree(parsed(outer), prefix, taken.map(parsed))).toBeUndefined();
  });
});
