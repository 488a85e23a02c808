import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { copyScript } from '../../lib/aws/image-copies';
import { copyScript as copyScriptOfAzure } from '../../lib/azure/image-copies';
import { images } from '../../lib/kubernetes/images';

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

  test('prints what fills the registry of the site on azure', () => {
    expect(run('retailflow', 'production', '--cloud', 'azure')).toEqual({
      status: 0,
      stdout: copyScriptOfAzure(
        { name: 'retailflow', stageName: 'production' },
        { subscription: '00000000-0000-0000-0000-000000000000' },
        images,
      ),
      stderr: '',
    });
  });

  test.each([
    [
      'the stage has no site on the cloud',
      ['retailflow', 'development', '--cloud', 'azure'],
      'a site on azure, got none',
    ],
    ['the cloud is unknown', ['retailflow', 'production', '--cloud', 'google'], 'must be aws or azure, got google'],
    ['the platform is unknown', ['shop', 'production'], 'one of retailflow'],
    ['the stage is unknown', ['retailflow', 'nowhere'], 'nowhere'],
    ['the stage is missing', ['retailflow'], 'must be given a platform and a stage, got 1'],
  ])('fails when %s', (_title, args, message) => {
    const { status, stdout, stderr } = run(...args);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain(message);
  });
});
