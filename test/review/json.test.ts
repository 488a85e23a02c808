import { entriesOf, isTrue, listOf, numberOf } from '../../lib/review/json';

test('entriesOf walks everything in the order of the document', () => {
  const entries = entriesOf({ A: [{ B: 1 }, 'x'], C: null });
  expect(entries.map(({ key, at }) => [key, at])).toEqual([
    ['', ''],
    ['A', 'A'],
    ['A', 'A[0]'],
    ['B', 'A[0].B'],
    ['A', 'A[1]'],
    ['C', 'C'],
  ]);
});

test('numbers and switches may be text, lists may be one element', () => {
  expect([numberOf('3'), numberOf(3), numberOf('3x'), numberOf(null)]).toEqual([3, 3, undefined, undefined]);
  expect([isTrue(true), isTrue('true'), isTrue('yes'), isTrue(undefined)]).toEqual([true, true, false, false]);
  expect([listOf('a'), listOf(['a', 'b']), listOf(undefined), listOf(null)]).toEqual([['a'], ['a', 'b'], [], []]);
});
