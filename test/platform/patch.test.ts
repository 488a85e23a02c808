import fc from 'fast-check';
import { applyPatch } from '../../lib/platform/patch';

/** Any JSON value without `null`, which in a patch means "take away". */
const value = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.array(tie('value'), { maxLength: 3 }),
    tie('object'),
  ),
  object: fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), tie('value'), { maxKeys: 4, noNullPrototype: true }),
})).object;

describe('a patch', () => {
  test.each([
    ['merges objects', { a: { b: 1, c: 2 } }, { a: { c: 3 } }, { a: { b: 1, c: 3 } }],
    ['adds what is not there', {}, { a: { b: 1 } }, { a: { b: 1 } }],
    ['replaces lists whole', { a: [1, 2, 3] }, { a: [4] }, { a: [4] }],
    ['takes away with null', { a: { b: 1, c: 2 } }, { a: { b: null } }, { a: { c: 2 } }],
    ['takes nothing away that is not there', { a: 1 }, { b: null, c: { d: null } }, { a: 1, c: {} }],
    ['ignores undefined', { a: 1 }, { a: undefined }, { a: 1 }],
    ['replaces a value by an object', { a: 1 }, { a: { b: 2 } }, { a: { b: 2 } }],
    ['replaces an object by a value', { a: { b: 2 } }, { a: 1 }, { a: 1 }],
    ['merges what has one kind', { kind: 'x', a: 1 }, { kind: 'x', b: 2 }, { kind: 'x', a: 1, b: 2 }],
    ['merges what does not say its kind again', { kind: 'x', a: 1 }, { b: 2 }, { kind: 'x', a: 1, b: 2 }],
    ['replaces another kind', { kind: 'x', a: 1 }, { kind: 'y', b: 2 }, { kind: 'y', b: 2 }],
    ['replaces another engine', { engine: 'x', a: 1 }, { engine: 'y' }, { engine: 'y' }],
    ['replaces another cloud', { cloud: 'x', a: 1 }, { cloud: 'y' }, { cloud: 'y' }],
  ])('%s', (_, base, patch, expected) => {
    expect(applyPatch(base, patch)).toStrictEqual(expected);
  });

  test('changes nothing twice, and neither the base nor itself', () => {
    fc.assert(
      fc.property(value, value, (base, patch) => {
        const before = JSON.stringify([base, patch]);
        const once = applyPatch(base, patch);
        expect(applyPatch(once, patch)).toStrictEqual(once);
        expect(JSON.stringify([base, patch])).toBe(before);
      }),
    );
  });

  test('of nothing is the base, and onto nothing is the patch', () => {
    fc.assert(
      fc.property(value, (any) => {
        expect(applyPatch(any, {})).toStrictEqual(any);
        expect(applyPatch(undefined, any)).toStrictEqual(any);
      }),
    );
  });
});
