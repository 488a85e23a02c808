// @ts-check
import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

/** Before the processes that run tests start: they load TypeScript, and put what they write under one directory. */
export default function before() {
  const options = [process.env['NODE_OPTIONS'], `--import ${import.meta.resolve('tsx')}`];
  process.env['NODE_OPTIONS'] = options.filter(Boolean).join(' ');
  const directory = mkdtempSync(join(tmpdir(), 'mainstay-test-'));
  // A database server that a test starts is another user's.
  chmodSync(directory, 0o755);
  process.env['MAINSTAY_TEST_DIRECTORY'] = directory;
}
