import { literalText } from '../../../lib/review/aws/literal-text';

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
