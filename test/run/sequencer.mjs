// @ts-check
import sequencer from '@jest/test-sequencer';

/** @typedef {import('@jest/test-result').Test} Test */

// Its types are those of its other form, in which the class is a property.
const TestSequencer = /** @type {typeof import('@jest/test-sequencer').default} */ (/** @type {unknown} */ (sequencer));

/** Tests that start commands take longest by far, which jest sees only in a second run. */
const COMMANDS = /[\\/]test[\\/](gates|scripts|lint)[\\/]/;

/** Runs the longest tests first, so that no process ends with them while the other has nothing left to do. */
export default class Sequencer extends TestSequencer {
  /**
   * @param {Test[]} tests
   * @returns {Promise<Test[]>}
   * @override
   */
  async sort(tests) {
    const sorted = await super.sort(tests);
    return [...sorted.filter(({ path }) => COMMANDS.test(path)), ...sorted.filter(({ path }) => !COMMANDS.test(path))];
  }
}
