import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../bin/inputs';
import { mapped } from '../../bin/mapped';
import { run, scratch } from '../gates/support/run';

const folder = join(scratch(), 'a folder');
const file = join(folder, 'mistake.ts');
mkdirSync(folder);
writeFileSync(
  file,
  `import { messageOf } from ${JSON.stringify(join(root, 'bin/message'))};

interface Part {
  readonly name?: { readonly short: string };
}

const shortOf = (part: Part): string =>
  part.name!.short;

try {
  shortOf({});
} catch (error) {
  console.log(messageOf(error));
}
`,
);

describe('a mistake of the program itself', () => {
  const preload = ['--require', 'tsx/cjs'];
  test.each([
    ['with maps', preload],
    ['with maps put off', [...preload, '--require', './bin/late-maps.ts']],
  ])('%s is told with the line that somebody wrote', async (_, options) => {
    const { status, stderr, stdout } = await run([process.execPath, ...options, file]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain(`at shortOf (${file}:8:14)`);
    expect(stdout).toMatch(/mistake\.ts:11:3\)?$/m);
  });

  test('is told as it is where a file is no longer there', () => {
    process.setSourceMapsEnabled(false);
    const trace = 'TypeError: no\n    at shortOf (/nowhere/mistake.ts:1:90)';
    try {
      expect(mapped(trace)).toBe(trace);
    } finally {
      process.setSourceMapsEnabled(true);
    }
  });
});
