// @ts-check
import process from 'node:process';
import { createRunner } from 'jest-light-runner';

// The processes that run tests make platforms, which live for a second each: with room for one among what is new, no threads that collect it
// where both processors are taken, and less compiled of what is called seldom, a fifth of their time is saved.
process.execArgv.push(
  '--min-semi-space-size=64',
  '--max-semi-space-size=128',
  '--no-parallel-scavenge',
  '--interrupt-budget=500000',
);

/**
 * @typedef {{ readonly options: { readonly workerData: unknown }, run(path: string, options: object): Promise<unknown> }} Pool
 * @typedef {{ readonly pool: Pool, readonly run: (test: Test) => Promise<unknown> }} Runs
 * @typedef {{ readonly path: string, readonly context: { readonly config: object } }} Test
 */

/**
 * What a process hears when it asks for its settings. One that is asked by two processes answers both at once, and the one
 * that does not listen yet then waits for ever.
 *
 * @param {unknown} workerData
 */
function channel(workerData) {
  /** @type {(message: object) => void} */
  let answer = () => undefined;
  return {
    /** @param {(message: object) => void} listener */
    onMessage(listener) {
      answer = listener;
    },
    /** @param {unknown} message */
    postMessage(message) {
      if (message === 'jest-light-runner-get-worker-data')
        answer({ type: 'jest-light-runner-worker-data', workerData });
    },
  };
}

/** Runs tests in processes, each of which asks for its settings by a channel of its own. */
export default class Runner extends createRunner({ runtime: 'child_process' }) {
  /**
   * @param {Test} test
   * @returns {Promise<unknown>}
   * @override
   */
  _runTest(test) {
    const { config } = test.context;
    const runners = /** @type {Map<object, Runs>} */ (this._testRunners);
    if (runners.has(config)) return super._runTest(test);
    const first = super._runTest(test);
    const made = runners.get(config);
    if (made !== undefined) {
      const { pool } = made;
      const run = (/** @type {Test} */ { path }) => pool.run(path, { channel: channel(pool.options.workerData) });
      runners.set(config, { pool, run });
    }
    return first;
  }
}
