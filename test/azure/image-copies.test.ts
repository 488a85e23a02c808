import { spawnSync } from 'node:child_process';
import { copyScript, copyTag } from '../../lib/azure/image-copies';

const digest = `sha256:${'0123456789ab'.padEnd(64, '0')}`;
const script = copyScript(
  { name: 'shop', stageName: 'production' },
  { name: 'shop', site: 'production', subscription: '11111111-2222-3333-4444-555555555555' },
  { kong: { source: 'docker.io/library/kong', version: '3.9.3', digest } },
);

describe('copyScript', () => {
  test('has the registry import each image by its digest, under a tag that keeps it', () => {
    expect(script.trimEnd().split('\n')).toEqual([
      'set -eu',
      expect.stringMatching(
        /^az acr import --subscription 11111111-2222-3333-4444-555555555555 --name crshopproduction[a-z0-9]{6} --image shop-production\/copies\/kong:copy-0123456789ab --source docker\.io\/library\/kong@sha256:0123456789ab0{52} --force --output none$/,
      ),
    ]);
  });

  test('names a copy by what it is', () => {
    expect(copyTag({ digest: `sha256:${'f'.repeat(64)}` })).toBe('copy-ffffffffffff');
  });

  test('is one that a shell can read', () => {
    expect(spawnSync('sh', ['-n', '-c', script], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
  });
});
