// @ts-check
import { rmSync } from 'node:fs';
import process from 'node:process';

/** When all tests have run: nothing that they wrote stays. */
export default function after() {
  const directory = process.env['MAINSTAY_TEST_DIRECTORY'];
  if (directory !== undefined) rmSync(directory, { recursive: true, force: true });
}
