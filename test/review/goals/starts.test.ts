import { starting } from '../../../lib/review/goals/figures';
import { imagePart } from '../../../lib/review/goals/starts';

test.each([
  ['by its size', 150, 11, /^services\.order\.imageMiB of the definition, 150 MiB at 14 MiB\/s/],
  [
    'as long as one that was measured, where nobody knows its size',
    undefined,
    29,
    /^its size is not in the definition/,
  ],
])('an image is there %s', (_what, size, seconds, source) => {
  expect(imagePart('order', size)).toEqual({
    part: 'its image',
    seconds,
    source: expect.stringMatching(source),
  });
});

test('an image of unknown size and its place take as long as the measurement from which both are', () => {
  expect(starting.place.value + imagePart('order', undefined).seconds).toBeCloseTo(57, -1);
});
