import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../../bin/inputs';

const script = `process.exitCode = require(${JSON.stringify(join(root, 'scripts/command.ts'))}).runCommand(['cat'], { asks: false }).status`;

test('a command that asks nobody does not wait for what nobody says', async () => {
  // Its input stays open, as that of a job that another program started.
  const child = spawn(process.execPath, ['--require', 'tsx/cjs', '-e', script], { cwd: root, stdio: 'pipe' });
  const status = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  child.stdin.end();
  expect(status).toBe(0);
});
