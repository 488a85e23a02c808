import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesizeAll } from '../bin/synthesize-all';

/** What `npm run synth` does for RetailFlow's production, into a directory that is taken away. */
async function main(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'mainstay-bench-'));
  const passed = await synthesizeAll([{ platform: 'retailflow', stage: 'production' }], directory);
  rmSync(directory, { recursive: true });
  if (passed) process.exitCode = 0;
}

// Only the end of the last step makes it a success, so that a process which runs out of work has failed.
process.exitCode = 1;
void main();
