import { entriesOf, isTrue, listOf, literalText, numberOf } from '../../../lib/review/aws/json';

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

describe('literalText', () => {
  test.each([
    ['a text', 'x', 'x'],
    ['a join', { 'Fn::Join': ['/', ['a', { Ref: 'B' }, 'c']] }, 'a/${…}/c'],
    ['a join of joins', { 'Fn::Join': ['', ['a', { 'Fn::Join': ['', ['b']] }]] }, 'ab'],
    ['a substitution', { 'Fn::Sub': 'a-${B.Arn}-${!literal}' }, 'a-${…}-${!literal}'],
    ['a substitution with a map', { 'Fn::Sub': ['${X}', { X: 'y' }] }, '${…}'],
    ['a reference', { Ref: 'B' }, undefined],
    ['a number', 3, undefined],
  ])('of %s', (_, value, expected) => {
    expect(literalText(value)).toBe(expected);
  });
});

test('numbers and switches may be text, lists may be one element', () => {
  expect([numberOf('3'), numberOf(3), numberOf('3x'), numberOf(null)]).toEqual([3, 3, undefined, undefined]);
  expect([isTrue(true), isTrue('true'), isTrue('yes'), isTrue(undefined)]).toEqual([true, true, false, false]);
  expect([listOf('a'), listOf(['a', 'b']), listOf(undefined), listOf(null)]).toEqual([['a'], ['a', 'b'], [], []]);
});
