import { required } from '../../lib/platform/required';

test.each([0, '', false, null])('what must be there may be %p', (value) => {
  expect(required('a value', value)).toBe(value);
});

test('fails when what must be there is not', () => {
  expect(() => required('name of primary', undefined)).toThrow('name of primary must be given, got none');
});
