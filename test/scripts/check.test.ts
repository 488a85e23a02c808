import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../../bin/inputs';
import { run, scratch } from '../gates/support/run';

/** A repository with the settings of this one, and with these files. */
function repository(files: Readonly<Record<string, string>>): string {
  const directory = realpathSync(scratch());
  const settings = {
    'eslint.config.mjs': `export { default } from '${join(root, 'eslint.config.mjs')}';\n`,
    'tsconfig.json': JSON.stringify({ extends: join(root, 'tsconfig.json'), include: ['lib/**/*'] }),
    'tsconfig.exact.json': JSON.stringify({
      extends: join(root, 'tsconfig.exact.json'),
      include: ['lib/platform/**/*'],
    }),
  };
  for (const [file, text] of Object.entries({ ...settings, ...files })) {
    mkdirSync(dirname(join(directory, file)), { recursive: true });
    writeFileSync(join(directory, file), text);
  }
  mkdirSync(join(directory, 'node_modules/@types'), { recursive: true });
  symlinkSync(join(root, 'node_modules/@types/node'), join(directory, 'node_modules/@types/node'));
  return directory;
}

const check = (cwd: string) =>
  run(
    [process.execPath, '--require', join(root, 'node_modules/tsx/dist/cjs/index.cjs'), join(root, 'scripts/check.ts')],
    {
      cwd,
    },
  );

const optional = `interface Options {\n  readonly name?: string;\n}\nexport const options = (name: string | undefined): Options => ({ name });\n`;

describe('npm run check', () => {
  test('fails with what the compiler finds, what it finds in the model alone, and what the linter finds by types', async () => {
    const files = {
      'lib/aws/options.ts': optional,
      'lib/aws/type.ts': `export const text: string = 1;\n`,
      'lib/platform/options.ts': optional,
      'lib/aws/promise.ts': `export function forget(): void {\n  Promise.resolve(1);\n}\n`,
    };
    const { status, stderr, stdout } = await check(repository(files));
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr.match(/^\S+: error TS\d+/gm)).toEqual([
      'lib/aws/type.ts(1,14): error TS2322',
      'lib/platform/options.ts(4,64): error TS2375',
    ]);
    expect(stderr).toMatch(/lib\/aws\/promise\.ts\n +2:3 .* @typescript-eslint\/no-floating-promises\n/);
    expect(stderr).toContain('1 problem ');
  });
});
