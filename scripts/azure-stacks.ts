import { readSite } from '../lib/review/azure/read-site';
import type { Stack } from '../lib/review/azure/stack';

/**
 * The stacks of an output in the order in which they are applied: each after those that it reads.
 *
 * @throws Error if stacks wait for each other, or the directory is no output
 */
export function inOrder(directory: string): readonly Stack[] {
  const waiting = [...readSite(directory).stacks];
  const done: Stack[] = [];
  while (waiting.length > 0) {
    const next = waiting.findIndex(({ dependencies }) =>
      dependencies.every((name) => done.some((each) => each.name === name)),
    );
    if (next === -1) {
      const names = waiting.map(({ name }) => name).join(', ');
      throw new Error(
        `${directory} must have stacks that do not wait for each other, got ${names}: synthesize it again`,
      );
    }
    done.push(...waiting.splice(next, 1));
  }
  return done;
}
