// @ts-check
import console from 'node:console';
import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout } from 'node:timers';
import after from './after.mjs';

/** A run takes a sixth of this where nothing else runs. Tests have no time limits of their own, so that one which waits for ever ends it. */
const longestRun = 30 * 60_000;

/** Before the processes that run tests start: they load TypeScript, and put what they write under one directory. */
export default function before() {
  const options = [process.env['NODE_OPTIONS'], `--import ${import.meta.resolve('tsx')}`];
  process.env['NODE_OPTIONS'] = options.filter(Boolean).join(' ');
  const directory = mkdtempSync(join(tmpdir(), 'mainstay-test-'));
  // A database server that a test starts is another user's.
  chmodSync(directory, 0o755);
  process.env['MAINSTAY_TEST_DIRECTORY'] = directory;
  // A run that is stopped, by the clock below or by somebody, leaves as little behind as one that ends.
  process.once('exit', after);
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
    process.once(signal, () => process.exit(1));
  setTimeout(() => {
    console.error(
      `tests have run for ${longestRun / 60_000} minutes: one of them waits for something that does not come`,
    );
    process.exit(1);
  }, longestRun).unref();
}
