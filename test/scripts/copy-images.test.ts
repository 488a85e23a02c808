import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { copyScript } from '../../lib/aws/image-copies';

const SCRIPT = resolve(__dirname, '../../scripts/copy-images.ts');
const TSX = require.resolve('tsx');

function run(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', TSX, SCRIPT, ...args], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

describe('scripts/copy-images.ts', () => {
  test('prints what fills the registry of the stage', () => {
    expect(run('retailflow', 'staging')).toEqual({
      status: 0,
      stdout: copyScript(
        { name: 'retailflow', stageName: 'staging' },
        { account: '444455556666', region: 'ap-southeast-1' },
      ),
      stderr: '',
    });
  });

  test.each([
    ['the platform is unknown', ['shop', 'production'], 'one of retailflow'],
    ['the stage is unknown', ['retailflow', 'nowhere'], 'nowhere'],
    ['the stage is missing', ['retailflow'], 'must be given a platform and a stage, got 1'],
  ])('fails when %s', (_title, args, message) => {
    const { status, stdout, stderr } = run(...args);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain(message);
  });
});
