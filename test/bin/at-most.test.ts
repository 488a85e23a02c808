import { setTimeout as wait } from 'node:timers/promises';
import { atMost } from '../../bin/at-most';

/** How many were under way at once, and in which order they began. */
async function done(
  many: number,
  milliseconds: readonly number[],
): Promise<{ most: number; begun: readonly number[] }> {
  const begun: number[] = [];
  let running = 0;
  let most = 0;
  await atMost(many, [...milliseconds.entries()], async ([index, time]) => {
    begun.push(index);
    running += 1;
    most = Math.max(most, running);
    await wait(time);
    running -= 1;
  });
  return { most, begun };
}

test.each([
  [1, 1],
  [2, 2],
  [8, 4],
])('of four, with %i at once at most, %i are under way together, in their order', async (many, most) => {
  expect(await done(many, [9, 3, 3, 3])).toEqual({ most, begun: [0, 1, 2, 3] });
});

test('does nothing with nothing', async () => {
  expect(await done(2, [])).toEqual({ most: 0, begun: [] });
});

test('fails with what fails first', async () => {
  const work = (item: string): Promise<void> => Promise.reject(new Error(`no ${item}`));
  await expect(atMost(1, ['one', 'other'], work)).rejects.toThrow('no one');
});
